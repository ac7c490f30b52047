import { spawn, spawnSync } from 'node:child_process'

export interface ProcessResult {
  readonly exitCode: number
  /** stdout and stderr, as they came. */
  readonly output: string
}

/**
 * Runs docker with arguments that hold no secret. `onLine` gets each line as it comes; the process ends with `signal`. A docker that is
 * not installed is exit code 127 and says so.
 */
export function docker(
  args: readonly string[],
  options: {
    readonly cwd: string
    readonly environment: Readonly<Record<string, string | undefined>>
    readonly input?: string
    readonly onLine?: (line: string) => void
    readonly signal?: AbortSignal
  },
): Promise<ProcessResult> {
  return new Promise((resolve) => {
    const { cwd, environment, input = '', onLine = () => {}, signal } = options
    const child = spawn('docker', [...args], { cwd, env: environment, ...(signal === undefined ? {} : { signal }) })
    let output = ''
    let rest = ''
    const take = (chunk: string) => {
      output += chunk
      const lines = (rest + chunk).split('\n')
      rest = lines.pop() ?? ''
      for (const line of lines) onLine(line)
    }
    child.stdout.setEncoding('utf8').on('data', take)
    child.stderr.setEncoding('utf8').on('data', take)
    child.stdin.on('error', () => {}).end(input)
    child.on('error', (error) => {
      const isMissing = (error as NodeJS.ErrnoException).code === 'ENOENT'
      if (isMissing) resolve({ exitCode: 127, output: 'docker is not installed, or not on the PATH' })
      else output += `${error.message}\n`
    })
    child.on('close', (exitCode) => resolve({ exitCode: exitCode ?? 1, output }))
  })
}

/** The mirrors that the Engine asks before Docker Hub; none when there is no Engine. */
export function engineMirrors(environment: Readonly<Record<string, string | undefined>>): string[] {
  const { status, stdout } = spawnSync('docker', ['info', '--format', '{{json .RegistryConfig.Mirrors}}'], {
    encoding: 'utf8',
    env: environment,
    timeout: 10_000,
  })
  const mirrors: unknown = status === 0 ? JSON.parse(stdout.trim() || 'null') : null
  return Array.isArray(mirrors) ? mirrors.map((mirror) => String(mirror).replace(/\/$/, '')) : []
}

/** Whether the Engine keeps images in containerd's store; false when there is no Engine. */
export function hasContainerdStore(environment: Readonly<Record<string, string | undefined>>): boolean {
  const { stdout } = spawnSync('docker', ['info', '--format', '{{json .DriverStatus}}'], {
    encoding: 'utf8',
    env: environment,
    timeout: 10_000,
  })
  return (stdout ?? '').includes('io.containerd.snapshotter')
}

/** The driver of a buildx builder ('' for the current one): `docker` is the Engine itself. */
export function builderDriver(builder: string, environment: Readonly<Record<string, string | undefined>>): string {
  const args = ['buildx', 'inspect', ...(builder === '' ? [] : [builder])]
  const { stdout } = spawnSync('docker', args, { encoding: 'utf8', env: environment, timeout: 10_000 })
  return /^Driver:\s+(\S+)/m.exec(stdout ?? '')?.[1] ?? 'docker'
}
