import { deleteBetweenCommas, insertBetweenCommas } from './edit-commas.ts'
import { type Branch, type Entry, entryOf, type Node, type Path } from './outline.ts'
import { endsLine, indentAt, lineEnd, lineStart, replaceRange, startsLine, transplant } from './positions.ts'
import type { Operation } from './three-way.ts'
import { Unsafe } from './unsafe.ts'

/** Carries out one operation on a text, leaving everything else as it stands. `sources` are the texts that new parts come from. */
export function edit(text: string, root: Branch, operation: Operation, sources: Readonly<Record<'base' | 'theirs', string>>): string {
  if (operation.kind === 'set') {
    const node = entryAt(root, operation.path).entry.node
    return replaceRange(text, node.start, node.end, valueFrom(sources[operation.from], operation.node, text, node.start))
  }
  if (operation.kind === 'delete') {
    const { branch, entry } = entryAt(root, operation.path)
    return branch.layout === 'commas' ? deleteBetweenCommas(text, branch, entry) : deleteLines(text, entry)
  }
  const branch = branchAt(root, operation.path)
  const source = sources[operation.from]
  const after = operation.after === undefined ? undefined : entryOf(branch, operation.after)
  return branch.layout === 'commas'
    ? insertBetweenCommas(text, branch, after, source, operation.entry)
    : insertLines(text, branch, after, source, operation.entry)
}

function branchAt(root: Branch, path: Path): Branch {
  return path.reduce((branch: Branch, key) => {
    const node = entryOf(branch, key)?.node
    if (node?.kind !== 'branch') throw new Unsafe()
    return node
  }, root)
}

function entryAt(root: Branch, path: Path): { branch: Branch; entry: Entry } {
  const branch = branchAt(root, path.slice(0, -1))
  const entry = entryOf(branch, path.at(-1) ?? '')
  if (entry === undefined) throw new Unsafe()
  return { branch, entry }
}

function valueFrom(source: string, node: Node, text: string, place: number): string {
  if (node.start === node.end) throw new Unsafe()
  const from = { text: source, indent: indentAt(source, node.start) }
  return transplant(source.slice(node.start, node.end), from, { text, indent: indentAt(text, place) })
}

// Whole lines, with the comments above them.
function insertLines(text: string, branch: Branch, after: Entry | undefined, source: string, entry: Entry): string {
  const neighbour = after ?? branch.entries[0]
  if (neighbour === undefined) throw new Unsafe()
  let start = lineStart(source, entry.start)
  while (start > 0 && /^[ \t]*#/.test(source.slice(lineStart(source, start - 1), start))) start = lineStart(source, start - 1)
  const isApart = start > 1 && source[start - 2] === '\n'
  const indent = indentAt(text, neighbour.start)
  const snippet = source.slice(start, lineEnd(source, lastOffset(source, entry))).trimStart()
  const block = indent + transplant(snippet, { text: source, indent: indentAt(source, entry.start) }, { text, indent })
  if (after === undefined) {
    const place = lineStart(text, neighbour.start)
    return replaceRange(text, place, place, `${block}\n`)
  }
  const place = lineEnd(text, lastOffset(text, after))
  return replaceRange(text, place, place, `\n${isApart ? '\n' : ''}${block}`)
}

function deleteLines(text: string, entry: Entry): string {
  const end = lastOffset(text, entry)
  if (!/^\s*(?:- )?$/.test(text.slice(lineStart(text, entry.start), entry.start)) || !endsLine(text, end)) throw new Unsafe()
  const start = lineStart(text, entry.start)
  const next = lineEnd(text, end) + 1
  // What stood apart before and behind shall not leave two blank lines.
  const isApart = start > 1 && text[start - 2] === '\n' && text[next] === '\n'
  return replaceRange(text, start, isApart ? next + 1 : next, '')
}

// A YAML block text ends with its line break, which belongs to the line.
function lastOffset(text: string, { start, end }: Entry): number {
  return end > start && text[end - 1] === '\n' && !startsLine(text, end - 1) ? end - 1 : end
}
