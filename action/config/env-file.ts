import { parse as parseDotenv } from 'dotenv'
import { type Diagnostic, diagnose, type Position } from './diagnostics.ts'

/** How a value was quoted: single quotes keep `${…}` as literal text. */
export type Quote = 'none' | 'single' | 'double'

/** One `KEY=value` of an env file, with the positions of its key and of its value's first character. */
export interface EnvEntry {
  readonly key: string
  readonly value: string
  /** The value as it is written, without the quotes around it. */
  readonly source: string
  readonly quote: Quote
  readonly position: Position
  readonly valuePosition: Position
}

export interface EnvFile {
  readonly file: string
  readonly entries: readonly EnvEntry[]
}

interface Line {
  readonly text: string
  readonly start: number
  readonly number: number
}

/** Per severity: nobody reads more, and a file of another kind has a hundred thousand. */
const mostFindings = 1000

const assignment = /^([ \t]*(?:export[ \t]+)?)([A-Za-z_][A-Za-z0-9_]*)[ \t]*=[ \t]*/
const blank = /^[ \t]*(?:#.*)?$/
const trailing = /^[ \t]*(?:#.*)?$/
// Tab is the one control character a value may hold; a quoted value may span lines.
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
const control = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\ufffe\uffff]/

/**
 * Parses dotenv text: `export`, quotes, quoted values over several lines, ` #` comments, CRLF, a byte order mark.
 * Nothing is expanded and nothing is executed. A comment needs white space before its `#`, as in Docker Compose,
 * which reads the same files (the `dotenv` package alone would cut `a#b`). Never throws: each bad line is one diagnostic.
 */
export function parseEnvFile(file: string, source: string): { env: EnvFile; diagnostics: Diagnostic[] } {
  const text = source.startsWith('\uFEFF') ? source.slice(1) : source
  const lines = splitLines(text)
  const entries: EnvEntry[] = []
  const diagnostics: Diagnostic[] = []

  for (let index = 0; index < lines.length; index++) {
    const line = lines[index] as Line
    if (blank.test(line.text)) continue
    const match = assignment.exec(line.text)
    if (match === null) {
      diagnostics.push(notAnAssignment(file, line))
      continue
    }
    const head = match[0].length
    const key = match[2] as string
    const position = { file, line: line.number, column: (match[1] as string).length + 1 }
    const mark = line.text[head]
    if (mark !== '"' && mark !== "'") {
      const raw = line.text.slice(head)
      const value = withoutComment(raw, /[ \t]$/.test(match[0]))
      const column = head + raw.length - raw.trimStart().length + 1
      entries.push({ key, value, source: value, quote: 'none', position, valuePosition: { file, line: line.number, column } })
      continue
    }
    const open = line.start + head
    const close = closingQuote(text, open, mark)
    const quotePosition = { file, line: line.number, column: head + 1 }
    if (close === -1) {
      diagnostics.push(
        diagnose('NB102', `The value of ${key} starts with ${mark} and is never closed.`, `Add the closing ${mark}.`, quotePosition),
      )
      continue
    }
    while (index + 1 < lines.length && (lines[index + 1] as Line).start <= close) index++
    const last = lines[index] as Line
    const rest = last.text.slice(close + 1 - last.start)
    if (!trailing.test(rest)) {
      const column = close + 2 - last.start + rest.length - rest.trimStart().length
      diagnostics.push(
        diagnose(
          'NB103',
          // The text is not shown: it may be the rest of a secret.
          `Text follows the closing quote of ${key}.`,
          'Put the whole value in quotes, or start the comment with " #".',
          { file, line: last.number, column },
        ),
      )
      continue
    }
    entries.push({
      key,
      value: unquote(text.slice(open, close + 1), mark),
      source: text.slice(open + 1, close),
      quote: mark === '"' ? 'double' : 'single',
      position,
      valuePosition: { file, line: line.number, column: head + 2 },
    })
  }
  const all = [...diagnostics, ...checkValues(entries)]
  const errors = all.filter(({ severity }) => severity === 'error')
  const others = all.filter(({ severity }) => severity !== 'error')
  return { env: { file, entries }, diagnostics: [...errors.slice(0, mostFindings), ...others.slice(0, mostFindings)] }
}

/** The position of the character at `offset` (UTF-16 units) of an entry's value. */
export function positionAt(entry: EnvEntry, offset: number): Position {
  const before = entry.source.slice(0, sourceOffset(entry, offset))
  const newline = before.lastIndexOf('\n')
  if (newline === -1) return { ...entry.valuePosition, column: entry.valuePosition.column + before.length }
  const line = entry.valuePosition.line + before.split('\n').length - 1
  return { file: entry.valuePosition.file, line, column: before.length - newline }
}

// Inside quotes, an escape or a CRLF is two characters in the file and one in the value.
function sourceOffset({ source, quote }: EnvEntry, offset: number): number {
  if (quote === 'none') return offset
  let result = offset
  for (const { index } of source.matchAll(quote === 'double' ? /\\[nr"]|\r\n/g : /\r\n/g)) {
    if (index >= result) break
    result++
  }
  return result
}

function splitLines(text: string): Line[] {
  const lines: Line[] = []
  let start = 0
  for (let number = 1; start <= text.length; number++) {
    const newline = text.indexOf('\n', start)
    const end = newline === -1 ? text.length : newline
    const bare = text.slice(start, text[end - 1] === '\r' && end > start ? end - 1 : end)
    lines.push({ text: bare, start, number })
    start = end + 1
  }
  return lines
}

function closingQuote(text: string, open: number, mark: string): number {
  for (let index = open + 1; index < text.length; index++) {
    if (mark === '"' && text[index] === '\\') index++
    else if (text[index] === mark) return index
  }
  return -1
}

function unquote(token: string, mark: string): string {
  if (mark === "'") return token.slice(1, -1).replaceAll('\r\n', '\n')
  // dotenv expands \n and \r inside double quotes and leaves \" as it is; Compose reads \" as a quote.
  return (parseDotenv(`V=${token}`).V ?? '').replaceAll('\\"', '"')
}

function withoutComment(text: string, afterSpace: boolean): string {
  if (afterSpace && text.startsWith('#')) return ''
  const comment = /[ \t]#/.exec(text)
  return (comment === null ? text : text.slice(0, comment.index)).trim()
}

function notAnAssignment(file: string, line: Line): Diagnostic {
  const column = line.text.length - line.text.trimStart().length + 1
  const yaml = /^\s*([A-Za-z_]\w*)\s*:\s+(.*)$/.exec(line.text)
  const name = /^\s*export\s+([A-Za-z_]\w*)\s*$/.exec(line.text)
  // The line itself is not shown: it may be the rest of a secret.
  const fix =
    yaml !== null
      ? `Write ${yaml[1]}=… with an equals sign.`
      : name !== null
        ? `Write ${name[1]}=value.`
        : 'Write KEY=value, or start the line with #.'
  return diagnose('NB101', 'This line is not KEY=value: a key has letters, digits and _, and does not start with a digit.', fix, {
    file,
    line: line.number,
    column,
  })
}

function checkValues(entries: readonly EnvEntry[]): Diagnostic[] {
  const diagnostics: Diagnostic[] = []
  const first = new Map<string, EnvEntry>()
  for (const entry of entries) {
    const found = control.exec(entry.value)
    if (found !== null)
      diagnostics.push(
        diagnose(
          'NB104',
          `The value of ${entry.key} holds a control character.`,
          'Remove it, or keep the text in a file.',
          positionAt(entry, found.index),
        ),
      )
    const earlier = first.get(entry.key)
    if (earlier !== undefined)
      diagnostics.push(
        diagnose(
          'NB108',
          `${entry.key} is set again: this line wins over line ${earlier.position.line}.`,
          'Keep one line, or move the other into the file of its environment (.env.staging, .env.prod).',
          entry.position,
        ),
      )
    first.set(entry.key, entry)
  }
  return diagnostics
}
