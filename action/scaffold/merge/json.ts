import { type Node as JsonNode, type ParseError, parseTree, visit } from 'jsonc-parser'
import { type Entry, hasUniqueKeys, isDependency, type Node, type Outline, type Path, requirementName } from './outline.ts'

class Unreadable extends Error {}

/** Reads JSON, with comments and trailing commas as tsconfig.json may have them. */
export function readJson(text: string): Outline | undefined {
  const errors: ParseError[] = []
  const tree = parseTree(text, errors, { allowTrailingComma: true })
  if (tree?.type !== 'object' || errors.length > 0) return undefined
  const comments: string[] = []
  visit(text, { onComment: (offset, length) => comments.push(text.slice(offset, offset + length)) }, { allowTrailingComma: true })
  try {
    const root = read(tree, [])
    return root.kind === 'branch' ? { root, comments } : undefined
  } catch (error) {
    if (error instanceof Unreadable) return undefined
    throw error
  }
}

function read(node: JsonNode, path: Path): Node {
  const { offset: start, length, children = [] } = node
  const end = start + length
  if (node.type === 'object') {
    const entries = children.map((property): Entry => {
      const [name, value] = property.children ?? []
      if (name === undefined || value === undefined) throw new Unreadable()
      const key = String(name.value)
      return { key, node: read(value, [...path, key]), start: property.offset, end: property.offset + property.length }
    })
    if (!hasUniqueKeys(entries)) throw new Unreadable()
    return { kind: 'branch', layout: 'commas', entries, start, end }
  }
  if (node.type === 'array' && isDependency(path) && children.every(({ type }) => type === 'string')) {
    const entries = children.map((item): Entry => {
      const leaf = read(item, path)
      return { key: requirementName(item.value), node: leaf, start: leaf.start, end: leaf.end }
    })
    if (hasUniqueKeys(entries)) return { kind: 'branch', layout: 'commas', entries, start, end }
  }
  return { kind: 'leaf', value: valueText(node), start, end }
}

function valueText({ type, value, children = [] }: JsonNode): string {
  if (type === 'array') return `[${children.map(valueText).join(',')}]`
  if (type === 'object')
    return `{${children.map(({ children: [name, item] = [] }) => `${JSON.stringify(name?.value)}:${item && valueText(item)}`).join(',')}}`
  return JSON.stringify(value)
}
