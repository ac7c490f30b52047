import { spawnSync } from 'node:child_process'
import { OperationFailure } from '../operation-failure.ts'
import { cleanUpAfter } from './clean-up.ts'
import { docker } from './docker.ts'

/** A builder to make for one run. */
export interface BuilderKind {
  readonly driver: 'docker-container' | 'remote'
  /** Of the Docker host, or of a BuildKit; '' is the current Docker host. */
  readonly endpoint: string
}

/** What runs at an address: `ssh://` and `…docker.sock` are Docker hosts, everything else (`tcp://`, `kube-pod://`, …) is a BuildKit. */
export function builderAt(endpoint: string): BuilderKind {
  return { driver: /^ssh:|docker\.sock$/.test(endpoint) ? 'docker-container' : 'remote', endpoint }
}

/** Runs `use` with a new buildx builder and removes it afterwards. Rejects with OperationFailure when it cannot be made. */
export async function withBuilder<T>(
  { driver, endpoint }: BuilderKind,
  options: { readonly cwd: string; readonly environment: Readonly<Record<string, string | undefined>> },
  use: (builder: string) => Promise<T>,
): Promise<T> {
  const name = `nself-${process.pid}`
  const create = ['buildx', 'create', '--driver', driver, '--bootstrap']
  // A registry on this machine's loopback address is one for its builder, too.
  if (driver === 'docker-container') create.push('--driver-opt', 'network=host')
  const address = endpoint === '' ? [] : [endpoint]
  const remove = () => void spawnSync('docker', ['buildx', 'rm', '--force', name], { cwd: options.cwd, env: options.environment })
  return cleanUpAfter(remove, async () => {
    const created = await docker([...create, '--name', name, ...address], options)
    if (created.exitCode !== 0)
      throw new OperationFailure(
        `No builder could be made${endpoint === '' ? '' : ` at ${endpoint}`}: ${created.output.trim().split('\n').at(-1)}\n    Nothing was built. To see more: docker ${[...create, ...address].join(' ')}`,
      )
    return use(name)
  })
}
