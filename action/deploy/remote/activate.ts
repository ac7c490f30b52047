import { agentCommand, lockedExit, readAnswer, runAgent } from './agent.ts'
import { follow } from './follow.ts'
import type { LockOwner } from './probe.ts'
import { isPassing, RemoteError } from './remote-error.ts'
import type { RunResult, Waiting } from './run.ts'
import type { Ssh, SshResult } from './ssh.ts'

/** A run on the host: which release, and how. */
export interface Activation {
  readonly agent: string
  readonly root: string
  readonly release: string
  /** `prepare` checks the host and gets the images, and changes nothing that serves. */
  readonly action: 'prepare' | 'activate' | 'rollback'
  /** Said to whoever finds the lock taken: who, run URL, … No secrets. */
  readonly owner: Readonly<Record<string, string>>
  /** `observe=30`, `restart-edge=true`, … as the contract lists them. */
  readonly options: Readonly<Record<string, string>>
  /** A Docker configuration with the registry's login, only for this run; '' for none. */
  readonly dockerConfig: string
  /** How long to wait for another run to end; 0 gives up at once. */
  readonly lockWaitSeconds: number
  /** How long to follow the run; it goes on without us afterwards. */
  readonly waitSeconds: number
}

/**
 * Starts a run and follows it to its end, through lost connections. When the same run is at work already, because an earlier one was left or
 * the connection broke off just then, that one is followed. NB857 when another one holds the lock for too long.
 */
export async function activate(ssh: Ssh, activation: Activation, waiting: Waiting): Promise<RunResult> {
  const { agent, root, release, waitSeconds } = activation
  const followFrom = (offset: number) => follow(ssh, { agent, root, release, offset, waitSeconds }, waiting)
  const deadline = waiting.now() + activation.lockWaitSeconds * 1000
  for (let isFirst = true; ; isFirst = false) {
    const { exitCode, stdout } = await begin(ssh, activation, waiting)
    if (exitCode !== lockedExit) return followFrom(readAnswer<{ offset: number }>(ssh, stdout).offset)
    const holder = stdout.trim() === '' ? null : readAnswer<LockOwner>(ssh, stdout)
    if (holder !== null && isSame(holder, activation)) {
      waiting.progress(`${ssh.host}: the same run is at work already, and is followed: ${describeOwner(holder)}`)
      return followFrom(holder.offset)
    }
    if (waiting.now() >= deadline) throw locked(ssh, holder)
    if (isFirst) waiting.progress(`${ssh.host}: waiting for the lock: ${describeOwner(holder)}`)
    await waiting.sleep(3000)
  }
}

// How often a start is tried through a connection that is lost just then: whether it has arrived is not known, and does no harm twice.
const startAttempts = 5

async function begin(ssh: Ssh, activation: Activation, { sleep, progress }: Waiting): Promise<SshResult> {
  const { agent, root, release, action, owner, dockerConfig } = activation
  const encoded = Buffer.from(JSON.stringify(owner)).toString('base64')
  const command = agentCommand(agent, root, 'start', release, action, encoded, ...optionWords(activation))
  for (let attempt = 1; ; attempt++) {
    try {
      // The line end says that it is whole.
      return await runAgent(ssh, command, { stdin: Buffer.from(`${dockerConfig}\n`), timeoutSeconds: 60 })
    } catch (error) {
      if (!isPassing(error) || attempt === startAttempts) throw error
      progress(`${ssh.host}: the connection was lost. Connecting again…`)
      await sleep(3000)
    }
  }
}

function optionWords({ options }: Activation): string[] {
  return Object.entries(options).map(([name, value]) => `${name}=${value}`)
}

function isSame(holder: LockOwner, activation: Activation): boolean {
  const { release, action } = activation
  return holder.release === release && holder.action === action && holder.options?.join(' ') === optionWords(activation).join(' ')
}

function locked(ssh: Ssh, holder: LockOwner | null): RemoteError {
  return new RemoteError(
    'NB857',
    `${ssh.host}: another run is at work: ${describeOwner(holder)}.`,
    'Wait for it to end, or set lock-wait. The lock frees itself when its holder ends, however it ends; there is nothing to remove by hand.',
  )
}

/** Who holds the lock, for people. */
export function describeOwner(holder: LockOwner | null): string {
  if (holder === null) return 'it has only just begun'
  const said = Object.entries(holder.owner).map(([name, value]) => `${name} ${value}`)
  return [`${holder.action} of release ${holder.release}`, `since ${holder.since}`, `process ${holder.pid}`, ...said].join(', ')
}
