/** One input: a key of `with:` and a flag of the command. */
export interface InputDefinition {
  readonly type: 'text' | 'boolean' | readonly string[]
  readonly default: string
  /** Of the action alone: an expression that the runner fills in. */
  readonly actionDefault?: string
  readonly description: string
  /** Says what is wrong with a value, or nothing. Empty values are not asked about. */
  readonly check?: (value: string) => string | undefined
  /** A terminal's command reads it from `secretVariable` too: what is on a command line is in the process list. */
  readonly secret?: true
}

export type InputDefinitions = Readonly<Record<string, InputDefinition>>

/** Where the command finds a secret input that is not among its flags: `registry-password` → `NSELF_REGISTRY_PASSWORD`. */
export const secretVariable = (name: string): string => `NSELF_${name.toUpperCase().replaceAll('-', '_')}`

/** Checked values by name: trimmed, defaults filled in. `raw` is the text as it was given, for values whose spaces count. */
export interface InputValues<Name extends string> {
  readonly text: (name: Name) => string
  readonly raw: (name: Name) => string
  readonly isTrue: (name: Name) => boolean
}

/** A check for a folder or file inside the project. */
export const insideProject = (value: string): string | undefined =>
  value.startsWith('/') || value.split('/').includes('..') || value.includes('\0')
    ? 'must be a folder inside the project, relative to it'
    : undefined

/** Items separated by commas or lines. */
export const listOf = (value: string): string[] =>
  value
    .split(/[\n,]/)
    .map((item) => item.trim())
    .filter((item) => item !== '')

/** Lines of `NAME=value`; nothing when one is something else. */
export function pairsOf(value: string, pair = /^\s*([A-Za-z_][\w.-]*)=(.*)$/): Record<string, string> | undefined {
  const pairs = value
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => pair.exec(line)?.slice(1))
  return pairs.includes(undefined) ? undefined : Object.fromEntries(pairs as [string, string][])
}
