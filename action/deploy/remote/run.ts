import type { JournalEvent, RunStatus } from './journal.ts'

/** The effects that waiting needs. */
export interface Waiting {
  readonly sleep: (milliseconds: number) => Promise<void>
  /** Milliseconds of a clock that only goes forward. */
  readonly now: () => number
  readonly onEvent: (event: JournalEvent) => void
  /** Takes a line about waiting or re-attaching. */
  readonly progress: (line: string) => void
}

/** How a run ended, as far as it was followed. */
export interface RunResult extends RunStatus {
  readonly events: readonly JournalEvent[]
}
