import { OperationFailure } from '../operation-failure.ts'
import { docker } from './docker.ts'

/**
 * Runs `use` with a buildx builder at `endpoint`, under a name of its own, and removes it afterwards. `ssh://` and `unix://…docker.sock` are
 * Docker hosts, where BuildKit runs in a container; everything else (`tcp://`, `kube-pod://`, …) is a BuildKit that runs already.
 */
export async function withRemoteBuilder<T>(
  endpoint: string,
  options: { readonly cwd: string; readonly environment: Readonly<Record<string, string | undefined>> },
  use: (builder: string) => Promise<T>,
): Promise<T> {
  const name = `nself-${process.pid}`
  const driver = /^ssh:|docker\.sock$/.test(endpoint) ? 'docker-container' : 'remote'
  const created = await docker(['buildx', 'create', '--name', name, '--driver', driver, '--bootstrap', endpoint], options)
  try {
    if (created.exitCode !== 0)
      throw new OperationFailure(
        `No builder at ${endpoint} (driver ${driver}): ${created.output.trim().split('\n').at(-1)}. Is BuildKit reachable from this machine? Try: docker buildx create --driver ${driver} --bootstrap ${endpoint}`,
      )
    return await use(name)
  } finally {
    await docker(['buildx', 'rm', '--force', name], options)
  }
}
