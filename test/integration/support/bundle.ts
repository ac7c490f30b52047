import { spawn, spawnSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import { tool } from '../../support/project.ts'

export interface Finished {
  readonly exitCode: number | null
  readonly stdout: string
  readonly stderr: string
}

/** Runs `node dist/cli.js` as a user does. */
export function cli(root: string, args: readonly string[], options: { node?: string; env?: Record<string, string> } = {}): Finished {
  return run(options.node ?? process.execPath, [join(tool, 'dist/cli.js'), ...args], root, { PATH: process.env.PATH ?? '', ...options.env })
}

export interface ActionRun extends Finished {
  readonly outputs: Record<string, string>
  readonly summary: string
}

/** Runs `dist/index.js` as the runner does: inputs and files by environment variables, nothing else of ours. */
export function action(root: string, inputs: Record<string, string>, env: Record<string, string> = {}): ActionRun {
  using runner = fakeRunner(root, inputs, env)
  return runner.finish(run(process.execPath, [join(tool, 'dist/index.js')], runner.folder, runner.variables))
}

/** The same, for tests whose servers have to answer meanwhile. */
export async function actionAsync(root: string, inputs: Record<string, string>, env: Record<string, string> = {}): Promise<ActionRun> {
  using runner = fakeRunner(root, inputs, env)
  return runner.finish(await runAsync([join(tool, 'dist/index.js')], runner.folder, runner.variables))
}

/** Runs `node dist/cli.js`, for tests whose servers have to answer meanwhile. */
export function cliAsync(root: string, args: readonly string[], env: Record<string, string>): Promise<Finished> {
  return runAsync([join(tool, 'dist/cli.js'), ...args], root, { PATH: process.env.PATH ?? '', ...env })
}

function fakeRunner(root: string, inputs: Record<string, string>, env: Record<string, string>) {
  const folder = mkdtempSync(join(tmpdir(), 'nself-runner-'))
  const file = (name: string) => {
    const path = join(folder, name)
    writeFileSync(path, '')
    return path
  }
  const output = file('output')
  const summary = file('summary')
  const variables: Record<string, string> = {
    PATH: process.env.PATH ?? '',
    HOME: folder,
    RUNNER_TEMP: folder,
    GITHUB_ACTIONS: 'true',
    GITHUB_WORKSPACE: root,
    GITHUB_OUTPUT: output,
    GITHUB_STEP_SUMMARY: summary,
    GITHUB_STATE: file('state'),
    GITHUB_ENV: file('env'),
    GITHUB_PATH: file('path'),
    GITHUB_EVENT_NAME: 'push',
    GITHUB_REPOSITORY: 'acme/shop',
    ...Object.fromEntries(Object.entries(inputs).map(([name, value]) => [`INPUT_${name.toUpperCase()}`, value])),
    ...env,
  }
  return {
    folder,
    variables,
    finish: (finished: Finished): ActionRun => ({
      ...finished,
      outputs: parseOutputs(readFileSync(output, 'utf8')),
      summary: readFileSync(summary, 'utf8'),
    }),
    [Symbol.dispose]: () => rmSync(folder, { recursive: true, force: true }),
  }
}

function runAsync(args: readonly string[], cwd: string, env: Record<string, string>): Promise<Finished> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] })
    const text = { stdout: '', stderr: '' }
    child.stdout.setEncoding('utf8').on('data', (part) => (text.stdout += part))
    child.stderr.setEncoding('utf8').on('data', (part) => (text.stderr += part))
    child.on('error', reject).on('close', (exitCode) => resolve({ exitCode, ...text }))
  })
}

function run(node: string, args: readonly string[], cwd: string, env: Record<string, string>): Finished {
  const { status, stdout, stderr, error } = spawnSync(node, args, { cwd, env, encoding: 'utf8', maxBuffer: 2 ** 28 })
  if (error !== undefined) throw error
  return { exitCode: status, stdout, stderr }
}

// name<<delimiter, lines, delimiter: as @actions/core writes the file.
function parseOutputs(text: string): Record<string, string> {
  return Object.fromEntries(
    [...text.matchAll(/^(.+?)<<(ghadelimiter_\S+)\r?\n([\s\S]*?)\r?\n\2$/gm)].map((match) => [match[1] as string, match[3] as string]),
  )
}

/** Every file below a folder: path → content and modification time. */
export function snapshot(root: string): Map<string, { content: string; mtime: number; mode: number }> {
  const files = readdirSync(root, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())
  return new Map(
    files
      .map(({ parentPath, name }) => join(parentPath, name))
      .sort()
      .map((path) => [
        relative(root, path),
        { content: readFileSync(path, 'latin1'), mtime: statSync(path).mtimeMs, mode: statSync(path).mode },
      ]),
  )
}
