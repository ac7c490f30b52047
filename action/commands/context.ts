import type { Inputs } from '../inputs.ts'
import type { Scope } from '../scaffold/plan-service.ts'
import type { HandEditPolicy } from '../scaffold/plan-tool-files.ts'

/** What a command gets from its door. */
export interface Context {
  readonly inputs: Inputs
  /** The project's root. */
  readonly root: string
  /** The tool's own folder. */
  readonly tool: string
  /** Answers `${VAR}` references that no env file sets. */
  readonly outer: Readonly<Record<string, string | undefined>>
  /** Takes a line about what is going on, for a reader who waits. */
  readonly progress: (line: string) => void
  readonly handEdits: HandEditPolicy
  /** What of the scaffolds a run is about; everything, when it is absent. */
  readonly scope?: Scope
}
