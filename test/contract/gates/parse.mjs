// Parses every file of one kind below the working directory: node parse.mjs <grammar> <extension>
import { readdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'

const require = createRequire('/opt/grammars/package.json')
const { Language, Parser } = require('web-tree-sitter')
const [grammar, extension] = process.argv.slice(2)

await Parser.init()
const parser = new Parser()
parser.setLanguage(await Language.load(`/opt/grammars/node_modules/${grammar}`))

let errors = 0
const files = readdirSync('.', { recursive: true }).filter((path) => path.endsWith(extension))
if (files.length === 0) throw new Error(`no ${extension} file here`)
for (const file of files) {
  const walk = (node) => {
    if (node.isError || node.isMissing) {
      errors++
      console.error(`${file}:${node.startPosition.row + 1}: ${node.isMissing ? 'missing' : 'unexpected'} ${node.text.slice(0, 60)}`)
    } else if (node.hasError) for (const child of node.children) walk(child)
  }
  walk(parser.parse(readFileSync(file, 'utf8')).rootNode)
}
process.exitCode = errors === 0 ? 0 : 1
