/** The offset of the first character of the line. */
export function lineStart(text: string, offset: number): number {
  return text.lastIndexOf('\n', offset - 1) + 1
}

/** The offset behind the line's last character, before its line break. */
export function lineEnd(text: string, offset: number): number {
  const end = text.indexOf('\n', offset)
  return end === -1 ? text.length : end
}

/** The line's number, from 1. */
export function lineNumber(text: string, offset: number): number {
  return text.slice(0, offset).split('\n').length
}

export function indentAt(text: string, offset: number): string {
  return /^[ \t]*/.exec(text.slice(lineStart(text, offset), lineEnd(text, offset)))?.[0] ?? ''
}

/** Whether nothing but spaces stands before it on its line. */
export function startsLine(text: string, offset: number): boolean {
  return text.slice(lineStart(text, offset), offset).trim() === ''
}

/** Whether nothing but a comment follows on its line. */
export function endsLine(text: string, offset: number): boolean {
  return /^[ \t]*(?:#.*|\/\/.*)?$/.test(text.slice(offset, lineEnd(text, offset)))
}

export function replaceRange(text: string, start: number, end: number, replacement: string): string {
  return text.slice(0, start) + replacement + text.slice(end)
}

/** Text taken from one file, indented as it has to be at a place of another. The first line is left to the caller. */
export function transplant(snippet: string, from: { text: string; indent: string }, to: { text: string; indent: string }): string {
  const [unit, wanted] = [indentUnit(from.text), indentUnit(to.text)]
  return snippet
    .split('\n')
    .map((line, index) => {
      if (index === 0 || line === '') return line
      const bare = line.trimStart()
      const own = line.slice(0, line.length - bare.length)
      const inner = own.startsWith(from.indent) ? own.slice(from.indent.length) : ''
      return to.indent + inner.replaceAll(unit, wanted) + bare
    })
    .join('\n')
}

/** What one level of a text is indented by; two spaces where nothing is. */
export function indentUnit(text: string): string {
  return /^(?: +|\t)(?=\S)/m.exec(text)?.[0] ?? '  '
}
