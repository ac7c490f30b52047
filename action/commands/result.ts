import type { Diagnostic } from '../config/diagnostics.ts'

/** 0 done · 1 the operation failed · 2 invalid configuration or usage · 3 `check` found drift. */
export type ExitCode = 0 | 1 | 2 | 3

/** What a command hands back to its door, which alone prints, annotates and exits. */
export interface CommandResult {
  readonly exitCode: ExitCode
  readonly diagnostics: readonly Diagnostic[]
  /** For people, without diagnostics. */
  readonly text: string
  /** For machines: `--json`, and the action's outputs by the names in `outputs.ts`. */
  readonly data: Readonly<Record<string, unknown>>
  /** Markdown for the job summary. */
  readonly summary: string
  /** Values that no log may show. */
  readonly secrets: readonly string[]
}
