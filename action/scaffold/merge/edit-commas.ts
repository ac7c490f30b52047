import type { Branch, Entry } from './outline.ts'
import { endsLine, indentAt, indentUnit, lineEnd, lineStart, replaceRange, startsLine, transplant } from './positions.ts'
import { Unsafe } from './unsafe.ts'

/** Puts an entry of `source` between the brackets of a branch, in the manner of its neighbours: on a line of its own, or beside them. */
export function insertBetweenCommas(text: string, branch: Branch, after: Entry | undefined, source: string, entry: Entry): string {
  const neighbour = after ?? branch.entries[0]
  const own = source.slice(entry.start, entry.end)
  const from = { text: source, indent: indentAt(source, entry.start) }
  if (neighbour === undefined) return fill(text, branch, own, from)
  const indent = indentAt(text, neighbour.start)
  const snippet = transplant(own, from, { text, indent })
  const isOnOwnLine = startsLine(text, neighbour.start)
  if (after === undefined) {
    const opened = branch.start + 1
    if (!isOnOwnLine) return replaceRange(text, neighbour.start, neighbour.start, `${snippet}, `)
    if (!endsLine(text, opened)) throw new Unsafe()
    const place = lineEnd(text, opened)
    return replaceRange(text, place, place, `\n${indent}${snippet},`)
  }
  const comma = commaAfter(text, after)
  if (comma === undefined) {
    if (after !== branch.entries.at(-1)) throw new Unsafe()
    if (!isOnOwnLine || !endsLine(text, after.end)) return replaceRange(text, after.end, after.end, `, ${snippet}`)
    const place = lineEnd(text, after.end)
    return replaceRange(text, after.end, place, `,${text.slice(after.end, place)}\n${indent}${snippet}`)
  }
  if (!isOnOwnLine || !endsLine(text, comma)) return replaceRange(text, comma, comma, ` ${snippet},`)
  const place = lineEnd(text, comma)
  return replaceRange(text, place, place, `\n${indent}${snippet},`)
}

/** Takes an entry out, with its comma and, where it has one of its own, its line. */
export function deleteBetweenCommas(text: string, branch: Branch, entry: Entry): string {
  const previous = branch.entries[branch.entries.indexOf(entry) - 1]
  const comma = commaAfter(text, entry)
  const isLine = startsLine(text, entry.start) && endsLine(text, comma ?? entry.end)
  const [start, end] = isLine
    ? [lineStart(text, entry.start), lineEnd(text, comma ?? entry.end) + 1]
    : [entry.start, comma === undefined ? entry.end : comma + (/^[ \t]*/.exec(text.slice(comma))?.[0].length ?? 0)]
  const without = replaceRange(text, start, end, '')
  if (comma !== undefined || previous === undefined) return without
  // It was the last one, without a comma: the one before it becomes that.
  const before = commaAfter(text, previous)
  if (before === undefined) throw new Unsafe()
  return isLine ? replaceRange(without, before - 1, before, '') : replaceRange(text, before - 1, entry.end, '')
}

function fill(text: string, branch: Branch, own: string, from: { text: string; indent: string }): string {
  if (text.slice(branch.start + 1, branch.end - 1).trim() !== '') throw new Unsafe()
  const indent = indentAt(text, branch.start)
  // A JSON object is opened up; a list, and a TOML table within a line, are not.
  const isJson = own.startsWith('"') && text[branch.start] === '{'
  const inner = isJson ? `${indent}${indentUnit(text)}` : indent
  const snippet = transplant(own, from, { text, indent: inner })
  return replaceRange(text, branch.start + 1, branch.end - 1, isJson ? `\n${inner}${snippet}\n${indent}` : snippet)
}

/** The offset behind the comma that follows an entry on its line. */
function commaAfter(text: string, { end }: Entry): number | undefined {
  const found = /^[ \t]*,/.exec(text.slice(end, lineEnd(text, end)))
  return found === null ? undefined : end + found[0].length
}
