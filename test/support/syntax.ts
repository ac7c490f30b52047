import { createRequire } from 'node:module'
import { basename, extname } from 'node:path'
import { Language, type Node, Parser } from 'web-tree-sitter'
import { parseDocument } from 'yaml'

const require = createRequire(import.meta.url)

// Not C++, Kotlin and Swift: what their formatters write is beyond these grammars. The contract compiles or parses them.
/** tree-sitter's grammar for a file, by its extension or its name. */
const grammars: Readonly<Record<string, string>> = {
  '.cs': 'c_sharp',
  '.ex': 'elixir',
  '.exs': 'elixir',
  '.go': 'go',
  '.java': 'java',
  '.js': 'javascript',
  '.json': 'json',
  '.mjs': 'javascript',
  '.php': 'php',
  '.py': 'python',
  '.rb': 'ruby',
  '.rs': 'rust',
  '.ru': 'ruby',
  '.toml': 'toml',
  '.ts': 'typescript',
  Gemfile: 'ruby',
  Rakefile: 'ruby',
}

// Grammars lag behind their languages, each in other places: a file is in order when one of them has nothing against it.
const alternatives: Readonly<Record<string, string>> = {
  c_sharp: '@vscode/tree-sitter-wasm/wasm/tree-sitter-c-sharp.wasm',
  rust: '@vscode/tree-sitter-wasm/wasm/tree-sitter-rust.wasm',
}

const parsers = new Map<string, Promise<Parser>>()

/** Where a file is not what its language allows, as `line:column`; nothing for files whose language is unknown. */
export async function syntaxErrors(path: string, text: string): Promise<string[]> {
  if (/\.ya?ml$/.test(path)) return parseDocument(text).errors.map(({ message }) => message)
  const grammar = grammars[extname(path)] ?? grammars[basename(path)]
  if (grammar === undefined) return []
  const errors = await errorsBy(`tree-sitter-wasms/out/tree-sitter-${grammar}.wasm`, text)
  const alternative = alternatives[grammar]
  return errors.length === 0 || alternative === undefined || (await errorsBy(alternative, text)).length > 0 ? errors : []
}

async function errorsBy(file: string, text: string): Promise<string[]> {
  const parser = parsers.get(file) ?? createParser(file)
  parsers.set(file, parser)
  const tree = (await parser).parse(text)
  return tree === null ? ['not parsed'] : errorsIn(tree.rootNode).map(({ startPosition: { row, column } }) => `${row + 1}:${column + 1}`)
}

async function createParser(file: string): Promise<Parser> {
  await Parser.init()
  const parser = new Parser()
  parser.setLanguage(await Language.load(require.resolve(file)))
  return parser
}

function errorsIn(node: Node): Node[] {
  if (!node.hasError) return []
  if (node.isError || node.isMissing) return [node]
  return node.children.flatMap((child) => (child === null ? [] : errorsIn(child)))
}
