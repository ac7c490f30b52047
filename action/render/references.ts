import type { Part } from '../config/project.ts'

/** Escapes text so that Compose's interpolation leaves it as it is. */
export function literal(text: string): string {
  return text.replaceAll('$', '$$$$')
}

/** A variable that the stack cannot start without; the message reaches the user when it is missing. */
export function required(name: string, message: string): string {
  return `\${${name}:?${message}}`
}

/** A secret for use inside a URL: its percent-encoded form where the user or a deploy provides one. */
export function inUrl(name: string, inner: string): string {
  return `\${${name}_URLENCODED:-${inner}}`
}

/** The compose text of a `CS_N_ENV` value: literals escaped, references kept; a bare `${VAR}` must be set (empty is allowed). */
export function composeValue(parts: readonly Part[], source: string): string {
  return parts
    .map((part) => {
      if ('literal' in part) return literal(part.literal)
      if (part.operator === '') return `\${${part.name}?${source} refers to it}`
      return `\${${part.name}${part.operator}${literal(part.operand)}}`
    })
    .join('')
}
