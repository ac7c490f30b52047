/** What stands before a variable's name in a stack file: the agent sets them, and none of them is one that a program looks at. */
export const valuePrefix = 'VALUE_'

const name = /^[A-Za-z_][A-Za-z0-9_]*/

/**
 * Rewrites a compose text for `docker stack deploy`, which knows fewer forms: whatever a reference falls back to is decided here, by which
 * variables have a value. What stays is `$$` and `${VALUE_NAME}`; no value is written.
 */
export function plainReferences(text: string, values: ReadonlyMap<string, string>): string {
  let plain = ''
  for (let rest = text; ; ) {
    const at = rest.indexOf('$')
    if (at === -1) return plain + rest
    plain += rest.slice(0, at)
    rest = rest.slice(at + 1)
    const braced = rest.startsWith('{')
    const word = name.exec(braced ? rest.slice(1) : rest)?.[0]
    if (word === undefined) {
      plain += '$$'
      rest = rest.startsWith('$') ? rest.slice(1) : rest
      continue
    }
    if (!braced) {
      plain += referenceTo(word, '', '', values)
      rest = rest.slice(word.length)
      continue
    }
    const end = closingBrace(rest)
    const inner = rest.slice(1 + word.length, end)
    const operator = /^:?[-?+]/.exec(inner)?.[0] ?? ''
    plain += referenceTo(word, operator, inner.slice(operator.length), values)
    rest = rest.slice(end + 1)
  }
}

function referenceTo(word: string, operator: string, operand: string, values: ReadonlyMap<string, string>): string {
  const value = values.get(word)
  const counts = value !== undefined && !(operator.startsWith(':') && value === '')
  if (operator.endsWith('+')) return counts ? plainReferences(operand, values) : ''
  if (operator.endsWith('-') && !counts) return plainReferences(operand, values)
  return value === undefined ? '' : `\${${valuePrefix}${word}}`
}

// A fallback may hold references of its own.
function closingBrace(text: string): number {
  let depth = 0
  for (let index = 0; index < text.length; index++) {
    if (text[index] === '{' && (index === 0 || text[index - 1] === '$')) depth++
    if (text[index] === '}' && --depth === 0) return index
  }
  return text.length
}
