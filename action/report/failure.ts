import { OperationFailure } from '../operation-failure.ts'

const reasons: Readonly<Record<string, string>> = {
  EACCES: 'permission denied; check who owns the path',
  EMFILE: 'too many open files; raise the limit (ulimit -n)',
  ENOENT: 'the place does not exist, or cannot hold files',
  ENOSPC: 'the disk is full; free some space',
  EPERM: 'the operation is not permitted; check who owns the path',
  EROFS: 'the file system is read-only; make it writable',
}

/** What to say when an operation failed for a reason outside the configuration: what was tried, the state of things, what to do next. */
export function explainFailure(error: unknown): string {
  if (error instanceof OperationFailure) return `error: ${error.message}\n`
  const { code, path, syscall, message, stack } = error as NodeJS.ErrnoException
  if (code !== undefined && syscall !== undefined) {
    const reason = reasons[code] ?? code
    return `error: ${syscall} ${path ?? ''} failed: ${reason}.\n    Files that were written are whole, the others are as they were. Run the command again to finish.\n`
  }
  return `error: ${message ?? String(error)}\nThis is a bug in nself-build. Please report it with the lines below.\n${stack ?? ''}\n`
}
