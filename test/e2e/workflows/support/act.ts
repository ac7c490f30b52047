import { spawn } from 'node:child_process'
import { cpSync, existsSync, globSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { homedir, tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { text } from 'node:stream/consumers'
import { tool } from '../../../support/project.ts'
import { envFile } from '../../support/env.ts'
import { run } from '../../support/run.ts'

const version = '0.2.87'

/** The runner: https://github.com/nektos/act, which is a Go module. Built once per machine where it is not installed. */
async function findAct(): Promise<string> {
  const installed = await run('sh', ['-c', 'command -v act || true'])
  if (installed.trim() !== '') return installed.trim()
  const binary = join(homedir(), '.cache', 'nself-build-tests', `act-${version}`, 'act')
  if (!existsSync(binary)) {
    mkdirSync(dirname(binary), { recursive: true })
    await run('env', [`GOBIN=${dirname(binary)}`, 'go', 'install', `github.com/nektos/act@v${version}`])
  }
  return binary
}

/** What a user sets up in GitHub, and what happens there. */
export interface Event {
  readonly event: 'push' | 'pull_request' | 'schedule' | 'workflow_dispatch'
  /** The file in `.github/workflows`. */
  readonly workflow: string
  readonly inputs?: Readonly<Record<string, string>>
  readonly secrets?: Readonly<Record<string, string>>
  readonly variables?: Readonly<Record<string, string>>
  readonly environment?: Readonly<Record<string, string>>
}

export interface WorkflowRun {
  readonly exitCode: number | null
  readonly log: string
  /** The jobs that ran, by their names, sorted. */
  readonly jobs: readonly string[]
  /** The last value of each output of a step. */
  readonly outputs: Readonly<Record<string, string>>
}

/** Runs workflows of a repository on this machine, with this checkout as `nself/build-action@v1`. */
export interface Runner extends Disposable {
  run(root: string, event: Event): Promise<WorkflowRun>
}

// Several lines on one: act reads `\n` in double quotes.
const quotedAll = (values: Readonly<Record<string, string>>) =>
  Object.fromEntries(Object.entries(values).map(([name, value]) => [name, JSON.stringify(value)]))

/** Labels of machines that workflows ask for; all of them are this one. */
const labels = ['ubuntu-24.04', 'ubuntu-latest', 'ubuntu-24.04-arm', 'my-runner']

/** An action of others', in whose place the token of the tests is handed out. */
const appToken = `outputs: { token: { value: token } }
runs: { using: composite, steps: [{ run: 'true', shell: bash }] }
`

export async function startRunner(): Promise<Runner> {
  const act = await findAct()
  const folder = mkdtempSync(join(tmpdir(), 'nself-act-'))
  // Only what a checkout of the action needs: the runner copies it for every step.
  const action = join(folder, 'action')
  for (const path of ['action.yml', 'dist', 'templates', 'workflows', '.github'])
    cpSync(join(tool, path), join(action, path), { recursive: true })
  // This runner knows neither `$/` nor `queue`.
  for (const file of globSync('.github/workflows/*.yml', { cwd: action })) {
    const text = readFileSync(join(action, file), 'utf8')
    const known = text.replaceAll(/^ *queue: .*\n/gm, '')
    writeFileSync(join(action, file), known.replaceAll(/uses: \$\/(\S+)/g, 'uses: nself/build-action/$1@v1'))
  }
  const app = join(folder, 'app-token')
  mkdirSync(app)
  writeFileSync(join(app, 'action.yml'), appToken)
  const repositories = { 'nself/build-action@v1': action, 'actions/create-github-app-token@v3': app }
  return {
    run: async (root, { event, workflow, inputs = {}, secrets = {}, variables = {}, environment = {} }) => {
      writeFileSync(join(folder, 'secrets'), envFile(quotedAll({ GITHUB_TOKEN: 'token', ...secrets })), { mode: 0o600 })
      writeFileSync(join(folder, 'variables'), envFile(quotedAll(variables)))
      const child = spawn(
        act,
        [
          event,
          ...['--directory', root, '--workflows', join(root, '.github/workflows', workflow)],
          // On this machine itself: without containers, and without images for them.
          ...labels.flatMap((label) => ['--platform', `${label}=-self-hosted`]),
          ...Object.entries(repositories).flatMap(([name, path]) => ['--local-repository', `${name}=${path}`]),
          ...['--action-cache-path', join(folder, 'cache'), '--no-cache-server'],
          ...['--secret-file', join(folder, 'secrets'), '--var-file', join(folder, 'variables'), '--env-file', '/dev/null'],
          ...Object.entries(inputs).flatMap(([name, value]) => ['--input', `${name}=${value}`]),
          ...Object.entries(environment).flatMap(([name, value]) => ['--env', `${name}=${value}`]),
        ],
        { env: { ...process.env, PATH: `${dirname(process.execPath)}:${process.env.PATH}` }, stdio: ['ignore', 'pipe', 'pipe'] },
      )
      const [out, errors, exitCode] = await Promise.all([
        text(child.stdout),
        text(child.stderr),
        new Promise<number | null>((resolve) => child.on('close', resolve)),
      ])
      const log = out + errors
      // `[nself/nself build/build one-1 ] 🏁  Job succeeded`; a name may end in `(linux/arm64)`.
      const jobs = [...log.matchAll(/^\[.*\/((?:[^/()]|\([^)]*\))*?)(?:-\d+)?\s*\] .*Job (?:succeeded|failed)/gm)].map(
        ([, job = '']) => job,
      )
      const outputs = Object.fromEntries(
        [...log.matchAll(/::set-output:: ([\w-]+)=(.*)$/gm)].map(([, name = '', value = '']): [string, string] => [name, value]),
      )
      return { exitCode, log, jobs: jobs.sort(), outputs }
    },
    [Symbol.dispose]: () => rmSync(folder, { recursive: true, force: true }),
  }
}
