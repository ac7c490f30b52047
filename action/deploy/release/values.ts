import type { EnvEntry } from '../../config/env-file.ts'
import type { Variables } from '../../config/variables.ts'

/** The value of a variable for the host, or why there is none. */
export type Resolved = { readonly value: string } | { readonly problem: string } | undefined

const reference = /\\\$|\$\$|\$\{([A-Za-z_][A-Za-z0-9_]*)(?:(:?[-?+])([^{}]*))?\}|\$([A-Za-z_][A-Za-z0-9_]*)/g
const longest = 2 ** 20

/**
 * The value that a variable has on the host: that of the env files, as Compose reads them there (`$$` and `\$` are a dollar sign), else that
 * of the process environment as it is. Secrets are allowed: the text goes into the release's `.env` and nowhere else. A bare `$NAME` is a
 * reference only where an env file sets NAME; otherwise it is part of a password.
 */
export function resolveValue(name: string, variables: Variables, path: readonly string[] = []): Resolved {
  const entry = variables.entries.get(name)
  if (entry !== undefined) return expandEntry(entry, variables, [...path, name])
  const outer = Object.hasOwn(variables.outer, name) ? variables.outer[name] : undefined
  return outer === undefined ? undefined : { value: outer }
}

/** The value of one line of an env file, with its references resolved. */
export function expandEntry(entry: EnvEntry, variables: Variables, path: readonly string[]): Resolved {
  if (entry.quote === 'single' || !entry.value.includes('$')) return { value: entry.value }
  let problem: string | undefined
  const value = entry.value.replace(
    reference,
    (text, name: string | undefined, sign: string | undefined, operand: string | undefined, bare: string | undefined) => {
      if (text === '$$' || text === '\\$') return '$'
      const wanted = (name ?? bare) as string
      if (bare !== undefined && !variables.entries.has(bare)) return text
      if (path.includes(wanted) || path.length > 100) problem ??= `${[...path, wanted].join(' → ')} refers to itself`
      if (problem !== undefined) return ''
      const resolved = resolveValue(wanted, variables, path)
      if (resolved !== undefined && 'problem' in resolved) problem = resolved.problem
      const found = resolved !== undefined && 'value' in resolved ? resolved.value : undefined
      const isSet = found !== undefined && (!(sign ?? '').startsWith(':') || found !== '')
      if (sign?.endsWith('+')) return isSet ? (operand ?? '') : ''
      if (isSet) return found
      if (sign?.endsWith('-')) return operand ?? ''
      problem ??= `${entry.key} refers to ${wanted}, which is not set`
      return ''
    },
  )
  if (problem !== undefined) return { problem }
  return value.length > longest ? { problem: `${entry.key} becomes longer than 1 MiB` } : { value }
}
