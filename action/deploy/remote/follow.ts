import { agentCommand, runAgent } from './agent.ts'
import { afterBeginning, type JournalEvent, readJournal } from './journal.ts'
import { isPassing } from './remote-error.ts'
import type { RunResult, Waiting } from './run.ts'
import type { Ssh } from './ssh.ts'

/** Which run to follow, and from where in its journal. */
export interface Following {
  readonly agent: string
  readonly root: string
  readonly release: string
  /** Bytes of the journal that are known already. */
  readonly offset: number
  readonly waitSeconds: number
}

// How long one round trip listens before the next one takes over.
const listenSeconds = 60

/**
 * Follows a run to its end. A lost connection is made again where it broke off; a run that outlasts `waitSeconds` is `running`, and goes
 * on by itself.
 */
export async function follow(ssh: Ssh, following: Following, waiting: Waiting): Promise<RunResult> {
  const { agent, root, release, waitSeconds } = following
  const events: JournalEvent[] = []
  const deadline = waiting.now() + waitSeconds * 1000
  let offset = following.offset
  let isLost = false
  for (;;) {
    const left = Math.max(1, Math.ceil((deadline - waiting.now()) / 1000))
    const seconds = Math.min(listenSeconds, left)
    let text = ''
    let hasBegun = false
    const decoder = new TextDecoder()
    const take = (chunk: string) => {
      text += chunk
      if (!hasBegun) {
        const rest = afterBeginning(text)
        if (rest === undefined) return undefined
        text = rest
        hasBegun = true
      }
      const read = readJournal(text)
      offset += read.bytes
      text = text.slice(text.lastIndexOf('\n') + 1)
      for (const event of read.events) {
        events.push(event)
        waiting.onEvent(event)
      }
      return read.status
    }
    try {
      let status: ReturnType<typeof take>
      await runAgent(ssh, agentCommand(agent, root, 'follow', release, String(offset), String(seconds)), {
        timeoutSeconds: seconds + 30,
        onOutput: (chunk) => {
          status = take(decoder.decode(chunk, { stream: true })) ?? status
        },
      })
      isLost = false
      if (status !== undefined && status.status !== 'running') return { ...status, events }
    } catch (error) {
      if (!isPassing(error)) throw error
      if (!isLost) waiting.progress(`${ssh.host}: the connection was lost; the run goes on there. Connecting again…`)
      isLost = true
      await waiting.sleep(3000)
    }
    if (waiting.now() >= deadline) return { status: 'running', detail: '', events }
  }
}
