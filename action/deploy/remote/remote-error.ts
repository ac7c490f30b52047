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

/** Whether the connection ended under a command: what the command did on the host is not known, and asking again may tell. */
export function isConnectionLost(error: unknown): boolean {
  return error instanceof RemoteError && error.diagnostic.code === 'NB856'
}
