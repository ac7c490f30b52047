import { createHash } from 'node:crypto'
import { RemoteError } from './remote-error.ts'
import { shellCommand } from './shell-command.ts'
import type { RunOptions, Ssh, SshResult } from './ssh.ts'

/** The exit code of an agent that found the lock taken. */
export const lockedExit = 75

/** The name under which this version of the agent is installed. */
export function agentName(agent: string): string {
  return `agent-${createHash('sha256').update(agent).digest('hex').slice(0, 12)}.sh`
}

/** A command line for the installed agent. */
export function agentCommand(agent: string, root: string, ...words: string[]): string {
  const [verb = '', ...rest] = words
  return shellCommand(['sh', `${root}/state/${agentName(agent)}`, verb, root, ...rest])
}

/** Runs the agent. Anything but success or "locked" is NB858 with the agent's own words, which say what to do. */
export async function runAgent(ssh: Ssh, command: string, options: RunOptions): Promise<SshResult> {
  const result = await ssh.run(command, options)
  if (result.exitCode === 0 || result.exitCode === lockedExit) return result
  const [message = '', ...fix] = (result.stderr || result.stdout).trim().split('\n')
  throw new RemoteError(
    'NB858',
    `${ssh.host}: ${message || `the command ended with code ${result.exitCode}`}`,
    fix.join('\n') || 'Nothing was changed by this step. Repair what the message names, and run the command again.',
  )
}

/** Reads the agent's JSON answer. A login shell that prints a greeting first is no problem; anything else is NB859. */
export function readAnswer<T>(ssh: Ssh, text: string): T {
  try {
    return JSON.parse(text.slice(Math.max(0, text.search(/^\{/m)))) as T
  } catch {
    throw new RemoteError(
      'NB859',
      `${ssh.host} answered something that is not the agent: ${JSON.stringify(text.slice(0, 200))}.`,
      'Does the account run another program at login (a forced command, a menu, a script that ends with exit)? It must be able to run sh.',
    )
  }
}
