/** One thing that happened on the host. */
export interface JournalEvent {
  /** The host's clock, for people. */
  readonly at: string
  readonly event: string
  /** '' when it concerns no single service. */
  readonly service: string
  readonly detail: string
}

/** How a run on the host stands. `interrupted`: it ended without a word (killed, rebooted); running it again continues. */
export interface RunStatus {
  readonly status: 'running' | 'ok' | 'failed' | 'interrupted'
  readonly detail: string
  /** Of a failed run: whether all that it had changed was taken back. */
  readonly restored?: boolean
}

/** What `follow` sends first; what comes before it is a greeting of the login shell. */
const beginning = /^\{"offset":\d+\}\n/m

/** The text behind the beginning of what `follow` sends; nothing as long as that has not come. */
export function afterBeginning(text: string): string | undefined {
  const found = beginning.exec(text)
  return found === null ? undefined : text.slice(found.index + found[0].length)
}

/** Splits what `follow` has sent into whole journal lines and, when it came to its end, the status. A line that is cut off is not counted. */
export function readJournal(text: string): { events: JournalEvent[]; bytes: number; status: RunStatus | undefined } {
  const events: JournalEvent[] = []
  let bytes = 0
  let status: RunStatus | undefined
  for (const line of text
    .slice(0, text.lastIndexOf('\n') + 1)
    .split('\n')
    .slice(0, -1)) {
    const parsed = parseLine(line)
    if (parsed !== undefined && 'status' in parsed) status = parsed as unknown as RunStatus
    else {
      bytes += Buffer.byteLength(line) + 1
      if (parsed !== undefined) events.push(parsed as unknown as JournalEvent)
    }
  }
  return { events, bytes, status }
}

// A line that a kill left half written is no event, but its bytes count.
function parseLine(line: string): Record<string, unknown> | undefined {
  try {
    return JSON.parse(line) as Record<string, unknown>
  } catch {
    return undefined
  }
}
