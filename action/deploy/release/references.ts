/** A variable that a compose text names, and what happens without it. */
export interface ComposeReference {
  readonly name: string
  /** `set`: Compose refuses when it is unset. `filled`: also when it is empty. `no`: it does without. */
  readonly required: 'no' | 'set' | 'filled'
}

const name = /^[A-Za-z_][A-Za-z0-9_]*/
const operator = /^(?::?[-?+])/

/** Every `${NAME…}` of a compose text, also those within the operand of another one. `$$` is a dollar sign. */
export function referencesIn(text: string): ComposeReference[] {
  const found: ComposeReference[] = []
  for (let index = text.indexOf('$'); index !== -1; index = text.indexOf('$', index)) {
    const rest = text.slice(index + 1)
    if (rest.startsWith('$')) {
      index += 2
      continue
    }
    const braced = rest.startsWith('{')
    const word = name.exec(braced ? rest.slice(1) : rest)?.[0]
    index += 1 + (braced ? 1 : 0) + (word?.length ?? 0)
    if (word === undefined) continue
    // The operand is looked at by the same loop: what it names is needed, too.
    const sign = braced ? (operator.exec(text.slice(index))?.[0] ?? '') : ''
    found.push({ name: word, required: sign === '?' ? 'set' : sign === ':?' ? 'filled' : 'no' })
  }
  return found
}

/** The texts of a compose definition: every string in it, at any depth. */
export function textsOf(value: unknown): string[] {
  if (typeof value === 'string') return [value]
  if (value === null || typeof value !== 'object') return []
  return Object.values(value).flatMap(textsOf)
}
