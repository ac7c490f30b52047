import { existsSync, readFileSync } from 'node:fs'
import { request } from 'node:http'
import { join } from 'node:path'
import { answerOf } from './docker.ts'
import { dockerConfigFolder } from './registry/credentials.ts'

type Environment = Readonly<Record<string, string | undefined>>

/** What is known about the Engine: asked once. */
export interface Engine {
  /** The mirrors that it asks before Docker Hub; none when there is no Engine. */
  readonly mirrors: () => Promise<readonly string[]>
  /** Whether it keeps images in containerd's store; false when there is no Engine. */
  readonly hasContainerdStore: () => Promise<boolean>
}

/** The part of `GET /info` of the Engine's API that matters here. */
interface Info {
  readonly RegistryConfig?: { readonly Mirrors?: readonly string[] | null } | null
  readonly DriverStatus?: unknown
}

/** Asks the Engine at once: the answer comes while the caller does something else. */
export function openEngine(environment: Environment): Engine {
  // Something else may answer to the name of docker: what cannot be read is not known.
  const info: Promise<Info> = askSocket(environment)
    .catch(() => answerOf(['info', '--format', '{{json .}}'], environment))
    .then((text = 'null') => JSON.parse(text) ?? {})
    .catch(() => ({}))
  return {
    mirrors: async () => ((await info).RegistryConfig?.Mirrors ?? []).map((mirror) => mirror.replace(/\/$/, '')),
    hasContainerdStore: async () => JSON.stringify((await info).DriverStatus ?? null).includes('io.containerd.snapshotter'),
  }
}

// A tenth of the time of `docker info`, which every build would wait for.
function askSocket(environment: Environment): Promise<string> {
  return new Promise((resolve, reject) => {
    const asked = request({ socketPath: localSocket(environment), path: '/info', timeout: 10_000 }, (answer) => {
      let text = ''
      answer.setEncoding('utf8').on('data', (chunk) => (text += chunk))
      answer.on('end', () => (answer.statusCode === 200 ? resolve(text) : reject(new Error(`${answer.statusCode}`)))).on('error', reject)
    })
    asked
      .on('timeout', () => asked.destroy(new Error('no answer')))
      .on('error', reject)
      .end()
  })
}

// Where docker itself finds the Engine; another machine's, or that of a context, only docker reaches.
function localSocket(environment: Environment): string {
  const host = environment.DOCKER_HOST ?? ''
  if (host.startsWith('unix://')) return host.slice('unix://'.length)
  const config = join(dockerConfigFolder(environment), 'config.json')
  const hasContext =
    (environment.DOCKER_CONTEXT ?? '') !== '' || (existsSync(config) && readFileSync(config, 'utf8').includes('"currentContext"'))
  if (host !== '' || hasContext) throw new Error('not on a socket of this machine')
  return '/var/run/docker.sock'
}
