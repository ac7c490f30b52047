import { type AST, parseTOML } from 'toml-eslint-parser'
import { type Entry, hasUniqueKeys, isDependency, type Node, type Outline, type Path, requirementName } from './outline.ts'

/** Reads TOML. Each table is an entry under its header, so that an edit stays inside the section where it was made. */
export function readToml(text: string): Outline | undefined {
  let program: AST.TOMLProgram
  try {
    program = parseTOML(text)
  } catch (error) {
    if (error instanceof SyntaxError) return undefined
    throw error
  }
  const entries = program.body[0].body.map((item) => (item.type === 'TOMLTable' ? readTable(item, text) : readPair(item, [], text)))
  if (!hasUniqueKeys(entries)) return undefined
  const comments = program.comments.map(({ value }) => value)
  return { root: { kind: 'branch', layout: 'lines', entries, start: 0, end: text.length }, comments }
}

function readTable(table: AST.TOMLTable, text: string): Entry {
  const [start, end] = table.range
  const header = text.slice(...table.key.range)
  const entries = table.body.map((pair) => readPair(pair, [header], text))
  // Tables of an array have one header: their name tells them apart.
  const name = entries.find(({ key }) => key === 'name')?.node
  const key = table.kind === 'array' ? `[[${header}]] ${name?.kind === 'leaf' ? name.value : ''}` : `[${header}]`
  const headerEnd = text.indexOf(']', table.key.range[1]) + (table.kind === 'array' ? 2 : 1)
  return { key, node: { kind: 'branch', layout: 'lines', entries, start: headerEnd, end }, start, end }
}

function readPair({ key, value, range: [start, end] }: AST.TOMLKeyValue, path: Path, text: string): Entry {
  const name = key.keys.map((part) => (part.type === 'TOMLBare' ? part.name : part.value)).join('.')
  return { key: name, node: readValue(value, [...path, name], text), start, end }
}

function readValue(value: AST.TOMLContentNode, path: Path, text: string): Node {
  const [start, end] = value.range
  if (value.type === 'TOMLInlineTable') {
    const entries = value.body.map((pair) => readPair(pair, path, text))
    return { kind: 'branch', layout: 'commas', entries, start, end }
  }
  if (value.type === 'TOMLArray' && isDependency(path)) {
    const entries = value.elements.map((item): Entry => {
      const [itemStart, itemEnd] = item.range
      const key = item.type === 'TOMLValue' && typeof item.value === 'string' ? requirementName(item.value) : valueText(item, text)
      return { key, node: { kind: 'leaf', value: valueText(item, text), start: itemStart, end: itemEnd }, start: itemStart, end: itemEnd }
    })
    if (hasUniqueKeys(entries)) return { kind: 'branch', layout: 'commas', entries, start, end }
  }
  return { kind: 'leaf', value: valueText(value, text), start, end }
}

function valueText(node: AST.TOMLContentNode, text: string): string {
  if (node.type === 'TOMLArray') return `[${node.elements.map((item) => valueText(item, text)).join(',')}]`
  if (node.type === 'TOMLInlineTable')
    return `{${node.body.map(({ key, value }) => `${text.slice(...key.range)}:${valueText(value, text)}`).join(',')}}`
  return node.kind === 'string' ? JSON.stringify(node.value) : text.slice(...node.range)
}
