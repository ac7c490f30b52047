import { execFile, spawn } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { cleanUpAfter } from './clean-up.ts'

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
  const { cwd, environment, input = '', onLine = () => {}, signal } = options
  const child = spawn('docker', [...args], { cwd, env: environment, ...(signal === undefined ? {} : { signal }) })
  const result = new Promise<ProcessResult>((resolve) => {
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
  return cleanUpAfter(
    () => void child.kill(),
    () => result,
  )
}

/** The driver of a buildx builder ('' for the current one): `docker` is the Engine itself. */
export async function builderDriver(
  builder: string,
  environment: Readonly<Record<string, string | undefined>>,
  configFolder: string,
): Promise<string> {
  if (builder === '' && !hasChosenBuilder(environment, configFolder)) return 'docker'
  const text = await answerOf(['buildx', 'inspect', ...(builder === '' ? [] : [builder])], environment)
  return /^Driver:\s+(\S+)/m.exec(text ?? '')?.[1] ?? 'docker'
}

// Where buildx remembers `docker buildx use`; a name that is empty is the Engine's own. To ask buildx costs as much as a small build.
function hasChosenBuilder({ BUILDX_BUILDER, BUILDX_CONFIG }: Readonly<Record<string, string | undefined>>, configFolder: string): boolean {
  if ((BUILDX_BUILDER ?? '') !== '') return true
  const current = join(BUILDX_CONFIG ?? join(configFolder, 'buildx'), 'current')
  return existsSync(current) && !readFileSync(current, 'utf8').includes('"Name":""')
}

/** What a docker command says on stdout; nothing when it fails. */
export function answerOf(args: readonly string[], environment: Readonly<Record<string, string | undefined>>): Promise<string | undefined> {
  return new Promise((resolve) => {
    execFile('docker', args, { env: environment, timeout: 10_000 }, (error, stdout) => resolve(error === null ? stdout : undefined))
  })
}
