import type { Diagnostic } from '../config/diagnostics.ts'

const shortest = 6

/**
 * The secrets that a runner is to mask: no short ones, and none that is in `names`, which other jobs need. A runner drops outputs
 * with a masked value, and `development` as a password of development would cost the name of the environment.
 */
export function maskable(secrets: readonly string[], names: readonly string[]): string[] {
  return secrets.filter((secret) => secret.length >= shortest && !names.some((name) => name.includes(secret)))
}

/** Replaces secret values in text for people. Short values stay: hiding `true` or a port would hide half a log and protect nothing. */
export function redact(text: string, secrets: readonly string[]): string {
  let result = text
  // A log shows the lines of a secret one by one. Longest first: a secret may contain another one.
  const parts = [...new Set(secrets.flatMap((secret) => [secret, ...secret.split(/\r?\n/)]))]
  for (const secret of parts.sort((a, b) => b.length - a.length)) if (secret.length >= shortest) result = result.replaceAll(secret, '***')
  return result
}

/** The diagnostics with secret values replaced in what they say. */
export function redactDiagnostics(diagnostics: readonly Diagnostic[], secrets: readonly string[]): Diagnostic[] {
  return diagnostics.map((diagnostic) => ({
    ...diagnostic,
    message: redact(diagnostic.message, secrets),
    fix: redact(diagnostic.fix, secrets),
  }))
}
