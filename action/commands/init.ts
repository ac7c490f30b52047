import { readdirSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { applyChanges, openTree } from '../adapters/files.ts'
import { type Diagnostic, diagnose } from '../config/diagnostics.ts'
import { createRenderer } from '../render/liquid.ts'
import type { Change } from '../scaffold/changes.ts'
import type { Context } from './context.ts'
import type { CommandResult } from './result.ts'

/** Lines that keep secrets, certificates and local settings out of git. */
const ignored = ['.env.local', '.env.secrets', 'ssl/', 'deploy/*/ssl/']

/** Makes an empty repository ready: a commented `.env.dev`, `.gitignore` lines, the starter workflows. Never changes what is there. */
export function init(context: Context): CommandResult {
  const { root, tool } = context
  const tree = openTree(root)
  const changes: Change[] = []
  const diagnostics: Diagnostic[] = []
  const offer = (path: string, content: string) => {
    if (tree.read(path) === undefined) changes.push({ kind: 'create', path, content: Buffer.from(content), executable: false })
    else
      diagnostics.push(
        diagnose('NB514', `${path} is there already, and stays as it is.`, 'Compare it with the documentation if you want more of it.'),
      )
  }
  const starter = readFileSync(join(tool, 'templates', 'init', 'env.dev.liquid'), 'utf8')
  offer('.env.dev', createRenderer({ starter })('starter', { project: projectName(root) }))
  const starters = readdirSync(join(tool, 'workflows')).filter((file) => file.endsWith('.yml'))
  for (const file of starters.sort()) offer(`.github/workflows/${file}`, readFileSync(join(tool, 'workflows', file), 'utf8'))
  changes.push(...ignoreLines(tree.read('.gitignore')))
  applyChanges(root, changes)
  const files = changes.map(({ path }) => path).sort()
  return {
    exitCode: 0,
    diagnostics,
    secrets: [],
    text: `${files.map((file) => `wrote ${file}\n`).join('')}Next: look through .env.dev, then run nself-build generate\n`,
    data: { changed: files.length > 0, files },
    summary: `## nself: init\n\n${files.map((file) => `- \`${file}\`\n`).join('')}`,
  }
}

function ignoreLines(before: Buffer | undefined): Change[] {
  const text = before?.toString('utf8') ?? ''
  const present = new Set(text.split(/\r?\n/).map((line) => line.trim().replace(/^\//, '')))
  const missing = ignored.filter((line) => !present.has(line))
  if (missing.length === 0) return []
  const gap = text === '' ? '' : text.endsWith('\n') ? '\n' : '\n\n'
  const content = Buffer.concat([
    before ?? Buffer.alloc(0),
    Buffer.from(`${gap}# nself: secrets, certificates and local settings\n${missing.join('\n')}\n`),
  ])
  return [
    before === undefined
      ? { kind: 'create', path: '.gitignore', content, executable: false }
      : { kind: 'update', path: '.gitignore', content, executable: false, before },
  ]
}

function projectName(root: string): string {
  const name = basename(root)
    .toLowerCase()
    .replace(/[^a-z0-9_-]+/g, '-')
    .replace(/^[-_]+|[-_]+$/g, '')
    .slice(0, 40)
  return name === '' ? 'myapp' : name
}
