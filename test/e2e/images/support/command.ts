import { spawn } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { bundle } from '../../support/bundle.ts'
import type { ImageData } from './project.ts'

export interface CommandRun {
  readonly exitCode: number | null
  /** Of `--json`; empty when the command ended before it. */
  readonly data: ImageData
  readonly stdout: string
  readonly stderr: string
  /** The argument lists of the processes that ran meanwhile, this command's own left out. */
  readonly argumentLists: ReadonlySet<string>
}

/** Runs the bundle as a user does, and watches the processes of the machine. */
export async function runCommandLine(
  root: string,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<CommandRun> {
  const child = spawn(process.execPath, [bundle, ...args, '--json', '--working-directory', root], { env: { ...process.env, ...env } })
  const output = { stdout: '', stderr: '' }
  child.stdout.setEncoding('utf8').on('data', (text) => (output.stdout += text))
  child.stderr.setEncoding('utf8').on('data', (text) => (output.stderr += text))
  const argumentLists = new Set<string>()
  const timer = setInterval(() => sampleArguments(argumentLists), 20)
  const exitCode = await new Promise<number | null>((resolve) => child.on('close', resolve))
  clearInterval(timer)
  const data = (output.stdout === '' ? {} : JSON.parse(output.stdout)) as ImageData
  return { exitCode, data, ...output, argumentLists }
}

// A process that has just been forked still shows the list of its parent: the command's own is known by the bundle.
function sampleArguments(lists: Set<string>): void {
  for (const pid of readdirSync('/proc')) {
    if (!/^\d+$/.test(pid)) continue
    try {
      const list = readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ')
      if (!list.includes(bundle)) lists.add(list)
    } catch {
      // It has ended meanwhile.
    }
  }
}
