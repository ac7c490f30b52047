// Bundles both doors into dist/: ncc cannot read TypeScript 7, so tsc has compiled action/ into build/ before.
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import ncc from '@vercel/ncc'

const root = join(dirname(fileURLToPath(import.meta.url)), '..')
const doors = [
  { entry: 'build/main.js', filename: 'index.js' },
  { entry: 'build/cli.js', filename: 'cli.js' },
]

rmSync(join(root, 'dist'), { recursive: true, force: true })
mkdirSync(join(root, 'dist'))
for (const { entry, filename } of doors) {
  const { code, assets } = await ncc(join(root, entry), {
    filename,
    cache: false,
    quiet: true,
    license: filename === 'index.js' ? 'licenses.txt' : '',
  })
  write(filename, code)
  for (const [name, { source }] of Object.entries(assets)) write(name, source)
}

function write(name: string, content: string | Buffer): void {
  const path = join(root, 'dist', name)
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, content)
}
