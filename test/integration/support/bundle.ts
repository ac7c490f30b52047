import { spawnSync } from 'node:child_process'
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
  const runner = mkdtempSync(join(tmpdir(), 'nself-runner-'))
  const file = (name: string) => {
    const path = join(runner, name)
    writeFileSync(path, '')
    return path
  }
  try {
    const output = file('output')
    const summary = file('summary')
    const variables = {
      PATH: process.env.PATH ?? '',
      HOME: runner,
      RUNNER_TEMP: runner,
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
    const finished = run(process.execPath, [join(tool, 'dist/index.js')], runner, variables)
    return { ...finished, outputs: parseOutputs(readFileSync(output, 'utf8')), summary: readFileSync(summary, 'utf8') }
  } finally {
    rmSync(runner, { recursive: true, force: true })
  }
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
