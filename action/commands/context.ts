import type { Inputs } from '../inputs.ts'
import type { Scope } from '../scaffold/plan-service.ts'
import type { HandEditPolicy } from '../scaffold/plan-tool-files.ts'

/** Runs `use` with a folder that outlives the run: found under `key`, else under the newest `prefix`, before it, and kept under `key` after it. */
export type KeepFolder = <T>(
  where: { readonly folder: string; readonly key: string; readonly prefix: string },
  progress: (line: string) => void,
  use: () => Promise<T>,
) => Promise<T>

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
  /** How to keep a folder between runs, where the machine does not. */
  readonly keepFolder?: KeepFolder
  /** What of the scaffolds a run is about; everything, when it is absent. */
  readonly scope?: Scope
}
