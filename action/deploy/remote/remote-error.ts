import type { Code } from '../../config/codes.ts'
import { type Diagnostic, diagnose } from '../../config/diagnostics.ts'

/** Something on the way to the host, or on it, failed: what was tried, and what to do next. */
export class RemoteError extends Error {
  readonly diagnostic: Diagnostic

  constructor(code: Code, message: string, fix: string) {
    super(message)
    this.diagnostic = diagnose(code, message, fix)
  }
}

/** Whether the host was out of reach for a while: what goes on there is not known, and asking again may tell. */
export function isPassing(error: unknown): boolean {
  return error instanceof RemoteError && (error.diagnostic.code === 'NB852' || error.diagnostic.code === 'NB856')
}
