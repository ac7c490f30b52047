import { createRequire } from 'node:module'
import { basename, extname } from 'node:path'
import { Language, type Node, Parser } from 'web-tree-sitter'
import { parseDocument } from 'yaml'

const require = createRequire(import.meta.url)

// Not C++: macros that open a block, as in every test framework, are beyond a grammar. Its compiler reads it.
/** tree-sitter's grammar for a file, by its extension or its name. */
const grammars: Readonly<Record<string, string>> = {
  '.cs': 'c_sharp',
  '.ex': 'elixir',
  '.exs': 'elixir',
  '.go': 'go',
  '.java': 'java',
  '.js': 'javascript',
  '.json': 'json',
  '.kt': 'kotlin',
  '.mjs': 'javascript',
  '.php': 'php',
  '.py': 'python',
  '.rb': 'ruby',
  '.rs': 'rust',
  '.ru': 'ruby',
  '.swift': 'swift',
  '.toml': 'toml',
  '.ts': 'typescript',
  Gemfile: 'ruby',
  Rakefile: 'ruby',
}

let parsers: Map<string, Parser> | undefined

/** Where a file is not what its language allows, as `line:column`; nothing for files whose language is unknown. */
export async function syntaxErrors(path: string, text: string): Promise<string[]> {
  if (/\.ya?ml$/.test(path)) return parseDocument(text).errors.map(({ message }) => message)
  const grammar = grammars[extname(path)] ?? grammars[basename(path)]
  if (grammar === undefined) return []
  const tree = (await parserOf(grammar)).parse(text)
  return tree === null ? ['not parsed'] : errorsIn(tree.rootNode).map(({ startPosition: { row, column } }) => `${row + 1}:${column + 1}`)
}

async function parserOf(grammar: string): Promise<Parser> {
  if (parsers === undefined) {
    await Parser.init()
    parsers = new Map()
  }
  const known = parsers.get(grammar)
  if (known !== undefined) return known
  const parser = new Parser()
  parser.setLanguage(await Language.load(require.resolve(`tree-sitter-wasms/out/tree-sitter-${grammar}.wasm`)))
  parsers.set(grammar, parser)
  return parser
}

function errorsIn(node: Node): Node[] {
  if (!node.hasError) return []
  if (node.isError || node.isMissing) return [node]
  return node.children.flatMap((child) => (child === null ? [] : errorsIn(child)))
}
