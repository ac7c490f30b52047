import type { Diagnostic } from '../config/diagnostics.ts'

/** One diagnostic as two lines: `file:line:column: severity CODE: message`, then the fix. */
export function formatDiagnostic({ code, severity, message, fix, position }: Diagnostic): string {
  const place = position === undefined ? '' : `${position.file}:${position.line}:${position.column}: `
  return `${place}${severity} ${code}: ${message}\n    ${fix}\n`
}

/** `3 errors, 1 warning`, or '' when there is neither. */
export function countDiagnostics(diagnostics: readonly Diagnostic[]): string {
  const count = (severity: Diagnostic['severity'], name: string) => {
    const number = diagnostics.filter((each) => each.severity === severity).length
    return number === 0 ? [] : [`${number} ${name}${number === 1 ? '' : 's'}`]
  }
  return [...count('error', 'error'), ...count('warning', 'warning')].join(', ')
}

const annotationsPerLevel = 10

/** Those that become annotations: the runner shows ten per level and step, and drops the rest in silence. */
export function annotated(diagnostics: readonly Diagnostic[]): Diagnostic[] {
  const left = { error: annotationsPerLevel, warning: annotationsPerLevel, info: annotationsPerLevel }
  return diagnostics.filter(({ severity }) => left[severity]-- > 0)
}
