import { type Code, codes, type Severity } from './codes.ts'

/** A place in a file. Lines and columns count from 1; columns count UTF-16 units, as editors and annotations do. */
export interface Position {
  readonly file: string
  readonly line: number
  readonly column: number
}

/** One finding about the user's project: what is wrong, where, and what to write instead. */
export interface Diagnostic {
  readonly code: Code
  readonly severity: Severity
  readonly message: string
  readonly fix: string
  readonly position?: Position
}

/** Builds a diagnostic with its code's own severity; `severity` overrides it where a rule depends on the environment. */
export function diagnose(
  code: Code,
  message: string,
  fix: string,
  position?: Position,
  severity: Severity = codes[code].severity,
): Diagnostic {
  return position === undefined ? { code, severity, message, fix } : { code, severity, message, fix, position }
}

export function hasErrors(diagnostics: readonly Diagnostic[]): boolean {
  return diagnostics.some((diagnostic) => diagnostic.severity === 'error')
}

const rank: Record<Severity, number> = { error: 0, warning: 1, info: 2 }

/** Sorts by file, line, column, severity and code, so that equal input always reads the same. */
export function sortDiagnostics(diagnostics: readonly Diagnostic[]): Diagnostic[] {
  return [...diagnostics].sort(
    (a, b) =>
      compare(a.position?.file ?? '', b.position?.file ?? '') ||
      (a.position?.line ?? 0) - (b.position?.line ?? 0) ||
      (a.position?.column ?? 0) - (b.position?.column ?? 0) ||
      rank[a.severity] - rank[b.severity] ||
      compare(a.code, b.code) ||
      compare(a.message, b.message),
  )
}

/** Orders strings by code unit: the same on every machine, whatever its locale. */
export function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}

const shownLength = 60

/** Quotes user text for a message: one line, control characters escaped, long text shortened. */
export function quote(text: string): string {
  const short = text.length > shownLength ? `${text.slice(0, shownLength)}…` : text
  return JSON.stringify(short)
}
