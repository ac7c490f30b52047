import { type Document, isCollection, isMap, isScalar, isSeq, parseDocument, type Node as YamlNode } from 'yaml'
import { type Entry, hasUniqueKeys, isDependency, type Node, type Outline, type Path, requirementName } from './outline.ts'

/** Reads one YAML document whose root is a map. */
export function readYaml(text: string): Outline | undefined {
  const document = parseDocument(text)
  if (document.errors.length > 0 || !isMap(document.contents)) return undefined
  if (!isResolved(document)) return undefined
  const root = read(document.contents, [], text)
  // Approximate: a `#` in a text counts, too. It is asked whether any of them was lost.
  const comments = [...text.matchAll(/(?<=^|\s)#.*$/gm)].map(([comment]) => comment)
  return root.kind === 'branch' ? { root, comments } : undefined
}

// An alias whose anchor is gone is no error of the syntax.
function isResolved(document: Document): boolean {
  try {
    document.toJS()
    return true
  } catch (error) {
    if (error instanceof ReferenceError) return false
    throw error
  }
}

function read(node: YamlNode, path: Path, text: string): Node {
  const [start, after] = rangeOf(node)
  // A block of YAML ends behind its last line break, which belongs to the line.
  const end = isCollection(node) ? start + text.slice(start, after).trimEnd().length : after
  const entries = isMap(node) ? readPairs(node.items, path, text) : isSeq(node) && isDependency(path) ? readItems(node.items) : undefined
  if (entries !== undefined && hasUniqueKeys(entries))
    return { kind: 'branch', layout: isCollection(node) && node.flow ? 'commas' : 'lines', entries, start, end }
  return {
    kind: 'leaf',
    value: JSON.stringify([node.tag, isScalar(node) || isCollection(node) ? node.toJSON() : text.slice(start, end)]),
    start,
    end,
  }
}

function readPairs(pairs: readonly { key: unknown; value: unknown }[], path: Path, text: string): Entry[] | undefined {
  const entries: Entry[] = []
  for (const { key, value } of pairs) {
    // A key without a value, or one that is no plain name: the map is taken as a whole.
    if (!isScalar(key) || !isNode(value)) return undefined
    const name = String(key.value)
    const [start] = rangeOf(key)
    entries.push({ key: name, node: read(value, [...path, name], text), start, end: rangeOf(value)[1] })
  }
  return entries
}

function readItems(items: readonly unknown[]): Entry[] | undefined {
  const entries: Entry[] = []
  for (const item of items) {
    if (!isScalar(item) || typeof item.value !== 'string') return undefined
    const [start, end] = rangeOf(item)
    entries.push({ key: requirementName(item.value), node: { kind: 'leaf', value: JSON.stringify(item.value), start, end }, start, end })
  }
  return entries
}

function isNode(value: unknown): value is YamlNode {
  return typeof value === 'object' && value !== null && 'range' in value
}

function rangeOf({ range }: YamlNode): [number, number] {
  return [range?.[0] ?? 0, range?.[1] ?? 0]
}
