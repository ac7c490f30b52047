// The rules of BuildKit's matcher (github.com/moby/patternmatcher), to the letter and with its oddities: `|` and `{2}` mean what they
// mean in regular expressions, `**x` matches every path that ends in x. A file more or less in the key would be a wrong image.

/** Whether a pattern means a path; both use `/`. */
export type PathMatcher = (path: string) => boolean

// What Go's filepath.Match accepts: closed classes with at least one character, nothing escaped by the last `\`.
const classItem = String.raw`(?:\\.|[^\\\]-])`
const wellFormed = new RegExp(String.raw`^(?:\\.|\[(?:\^|(?!\^))(?:${classItem}(?:-${classItem})?)+\]|[^\\[])*$`, 'su')

/** Reads one pattern, cleaned and without its `!`. Throws on one that BuildKit refuses, and on `[[:alpha:]]`, which nobody writes. */
export function compilePattern(pattern: string): PathMatcher {
  if (!wellFormed.test(pattern) || pattern.includes('[:')) throw unreadable(pattern)
  const { kind, source } = translate(pattern)
  if (kind === 'exact') return (path) => path === pattern
  if (kind === 'prefix') return (path) => path.startsWith(pattern.slice(0, -2))
  if (kind === 'suffix') return (path) => path.endsWith(pattern.slice(2)) || pattern.slice(2) === `/${path}`
  try {
    const expression = new RegExp(source, 'u')
    return (path) => expression.test(path)
  } catch {
    throw unreadable(pattern)
  }
}

type Kind = 'exact' | 'prefix' | 'suffix' | 'expression'

const tokens = /\*\*\/?|\\.|\{\d+(?:,\d*)?\}|./gsu

/** The kind decides, as there, whether the regular expression is used at all. */
function translate(pattern: string): { kind: Kind; source: string } {
  const expression = expressionWriter(pattern)
  let kind: Kind = 'exact'
  for (const { 0: token, index } of pattern.matchAll(tokens)) {
    if (token.startsWith('**')) {
      const isLast = index + token.length === pattern.length
      expression.add(isLast ? '.*' : '(.*/)?')
      kind = index === 0 ? 'suffix' : isLast && kind === 'exact' ? 'prefix' : 'expression'
    } else {
      expression.addToken(token)
      if (/^[*?[\]\\]/.test(token)) kind = 'expression'
    }
  }
  return { kind, source: `^${expression.source()}$` }
}

/** Writes what Go's regexp would read, in the spelling that JavaScript reads the same way. */
function expressionWriter(pattern: string) {
  let source = ''
  // Wildcards count in classes, too: `[*]` becomes `[[^/]*]`.
  let inClass = false

  function add(text: string): void {
    for (const character of text) {
      if (character === '[' && inClass) source += '\\['
      else if (character === ']' && !inClass) source += '\\]'
      else if (character === '.' && !inClass) source += '[^\\n]'
      else source += character
      if (character === '[' || character === ']') inClass = character === '['
    }
  }

  function addLiteral(text: string): void {
    for (const character of text) source += /[\d,]/.test(character) ? character : `\\${character}`
  }

  // `bin\Debug` is no folder but the class of what is no digit; letters that mean nothing are an error.
  function addEscaped(character: string): void {
    if (/[bBdDfnrtvwW]/.test(character)) source += `\\${character}`
    else if (/[a-z\d]/i.test(character) || character > '\x7f') throw unreadable(pattern)
    else source += `\\u{${(character.codePointAt(0) as number).toString(16)}}`
  }

  function addToken(token: string): void {
    if (token === '*') add('[^/]*')
    else if (token === '?') add('[^/]')
    else if (token.startsWith('\\')) addEscaped(token.slice(1))
    // `{2}` repeats what is before it; other braces are themselves.
    else if (token.length > 1 && !inClass) source += token
    else if (/^[.+()${}]/.test(token)) addLiteral(token)
    else add(token)
  }

  return { source: () => source, add, addToken }
}

function unreadable(pattern: string): Error {
  return new Error(`the ignore pattern ${JSON.stringify(pattern)} cannot be read`)
}
