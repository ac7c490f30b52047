import type { EnvEntry } from './env-file.ts'
import type { Variables } from './variables.ts'

/** The value of a variable, or why there is none. */
export type Resolved = { readonly value: string } | { readonly problem: string } | undefined

const reference = /\\\$|\$\$|\$\{([A-Za-z_][A-Za-z0-9_]*)(?:(:?[-?+])([^{}]*))?\}|\$([A-Za-z_][A-Za-z0-9_]*)/g
const longest = 2 ** 20
const deepest = 20

/**
 * The value that a container or a build gets: that of the env files, as Compose reads them (`$$` and `\$` are a dollar sign), else that of
 * the process environment as it is. Secrets are allowed, so the text must go nowhere else. A bare `$NAME` is a reference only where an env
 * file sets NAME; otherwise it is part of a password.
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
  const problems: string[] = []
  const value = entry.value.replace(reference, (text, braced?: string, sign = '', operand = '', bare?: string) => {
    if (text === '$$' || text === '\\$') return '$'
    if (bare !== undefined && !variables.entries.has(bare)) return text
    // After the first problem nothing else is looked up: a few variables that name each other twice would take for ever.
    if (problems.length > 0) return ''
    const found = substitute({ name: (braced ?? bare) as string, sign, operand }, entry.key, variables, path)
    if ('problem' in found) problems.push(found.problem)
    return 'value' in found ? found.value : ''
  })
  const [problem] = problems
  if (problem !== undefined) return { problem }
  return value.length > longest ? { problem: `${entry.key} becomes longer than 1 MiB` } : { value }
}

function substitute(
  { name, sign, operand }: { readonly name: string; readonly sign: string; readonly operand: string },
  key: string,
  variables: Variables,
  path: readonly string[],
): NonNullable<Resolved> {
  if (path.includes(name) || path.length > deepest) return { problem: `${[...path, name].join(' → ')} refers to itself` }
  const resolved = resolveValue(name, variables, path)
  if (resolved !== undefined && 'problem' in resolved) return resolved
  const isSet = resolved !== undefined && (!sign.startsWith(':') || resolved.value !== '')
  if (sign.endsWith('+')) return { value: isSet ? operand : '' }
  if (isSet) return resolved
  return sign.endsWith('-') ? { value: operand } : { problem: `${key} refers to ${name}, which is not set` }
}
