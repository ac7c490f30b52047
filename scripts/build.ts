// Bundles both doors into dist/: ncc cannot read TypeScript 7, so tsc has compiled action/ into build/ before.
// With --check it only compares: exit 1 when dist/ is not what the sources give.
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import ncc from '@vercel/ncc'
import { openTemplates, packedTemplates } from '../action/adapters/templates.ts'

const root = join(dirname(fileURLToPath(import.meta.url)), '..')
const doors = [
  { entry: 'build/main.js', filename: 'index.js' },
  { entry: 'build/cli.js', filename: 'cli.js' },
]

const files = new Map<string, string | Buffer>()
for (const { entry, filename } of doors) {
  const { code, assets } = await ncc(join(root, entry), {
    filename,
    cache: false,
    quiet: true,
    license: filename === 'index.js' ? 'licenses.txt' : '',
  })
  files.set(filename, code)
  for (const [name, { source }] of Object.entries(assets)) files.set(name, source)
}
const { sources } = openTemplates(root, root, '')
const fields = Object.fromEntries([...sources].sort(([a], [b]) => (a < b ? -1 : 1)).map(([id, source]) => [id, source.fields()]))
for (const name of ['agent.sh', 'swarm.sh']) files.set(name, readFileSync(join(root, 'action/deploy/agent', name)))
files.set(basename(packedTemplates), `${JSON.stringify(fields)}\n`)

const dist = join(root, 'dist')
if (process.argv.includes('--check')) check()
else write()

function write(): void {
  rmSync(dist, { recursive: true, force: true })
  for (const [name, content] of files) {
    mkdirSync(dirname(join(dist, name)), { recursive: true })
    writeFileSync(join(dist, name), content)
  }
}

function check(): void {
  const present = existsSync(dist) ? readdirSync(dist) : []
  const stale = [
    ...[...files]
      .filter(([name, content]) => !present.includes(name) || !readFileSync(join(dist, name)).equals(Buffer.from(content)))
      .map(([name]) => name),
    ...present.filter((name) => !files.has(name)),
  ]
  if (stale.length === 0) return
  console.error(`dist/ is not what the sources give: ${stale.sort().join(', ')}. Run npm run build and commit the result.`)
  process.exitCode = 1
}
