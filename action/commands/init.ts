import { readdirSync, readFileSync } from 'node:fs'
import { basename, join, relative, resolve } from 'node:path'
import { defaultBranch } from '../adapters/default-branch.ts'
import { applyChanges, openTree } from '../adapters/files.ts'
import { prefixOf } from '../adapters/prefix.ts'
import { type Diagnostic, diagnose } from '../config/diagnostics.ts'
import { createRenderer } from '../render/liquid.ts'
import { starterIn } from '../render/starter.ts'
import type { Change } from '../scaffold/changes.ts'
import { lockPath } from '../scaffold/lock.ts'
import type { Context } from './context.ts'
import { generate } from './generate.ts'
import { prepare } from './project/prepare.ts'
import type { CommandResult } from './result.ts'

/** Lines that keep secrets, certificates and local settings out of git. */
const ignored = ['.env.local', '.env.secrets', 'ssl/', 'deploy/*/ssl/']

/** Env files that say what a project is; those of one machine, secrets and examples do not. */
const settings = /^\.env(?:\.(?!local$|secrets$|.*(?:example|sample|template))[\w-]+)?$/

/**
 * Makes a repository ready: a commented `.env.dev` where there are no env files yet, `.gitignore` lines, the starter workflows. In a subfolder of
 * a repository the workflows go where GitHub looks for them, and name the subfolder. A project whose lines are there already is generated, too,
 * if nothing of it is there yet. Never changes what is there.
 */
export async function init(context: Context): Promise<CommandResult> {
  const { root, tool, outer } = context
  const prefix = prefixOf(root, outer.GITHUB_WORKSPACE)
  const repository = resolve(root, relative(prefix, ''))
  const tree = openTree(repository)
  const changes: Change[] = []
  const diagnostics: Diagnostic[] = []
  const offer = (path: string, content: string) => {
    if (tree.read(path) === undefined) changes.push({ kind: 'create', path, content: Buffer.from(content), executable: false })
    else
      diagnostics.push(
        diagnose('NB514', `${path} is there already, and stays as it is.`, 'Compare it with the documentation if you want more of it.'),
      )
  }
  const env = createRenderer({ env: readFileSync(join(tool, 'templates', 'init', 'env.dev.liquid'), 'utf8') })('env', {
    project: projectName(root),
  })
  const present = tree.read(`${prefix}.env.dev`)
  // Its own, untouched, is still to be looked through.
  const hasSettings = readdirSync(root).some((file) => settings.test(file) && !(file === '.env.dev' && present?.toString() === env))
  if (!hasSettings || present !== undefined) offer(`${prefix}.env.dev`, env)
  const starters = readdirSync(join(tool, 'workflows')).filter((file) => file.endsWith('.yml'))
  const place = { folder: prefix.slice(0, -1), branch: defaultBranch(repository) }
  for (const starter of starters.sort()) {
    const { file, text } = starterIn(place, { file: starter, text: readFileSync(join(tool, 'workflows', starter), 'utf8') })
    offer(`.github/workflows/${file}`, text)
  }
  changes.push(...ignoreLines(`${prefix}.gitignore`, tree.read(`${prefix}.gitignore`)))
  applyChanges(repository, changes)
  const generated = hasSettings ? await generateFirst(context) : undefined
  const files = [...changes.map(({ path }) => path), ...filesOf(generated).map((file) => `${prefix}${file}`)].sort()
  return {
    exitCode: 0,
    diagnostics: [...diagnostics, ...(generated?.diagnostics ?? [])],
    secrets: generated?.secrets ?? [],
    text: `${files.map((file) => `wrote ${file}\n`).join('')}${generated?.text ?? ''}${nextSteps(prefix, hasSettings, generated !== undefined)}`,
    data: { changed: files.length > 0, files },
    summary: `## nself: init\n\n${files.map((file) => `- \`${file}\`\n`).join('')}`,
  }
}

/** The first `generate` of a project; nothing when there are files that it could get in the way of, or when its lines have errors. */
async function generateFirst(context: Context): Promise<CommandResult | undefined> {
  const { changes = [] } = await prepare({ ...context, handEdits: 'report' })
  const isFirst =
    changes.length > 0 && changes.every(({ kind }) => kind === 'create') && openTree(context.root).read(lockPath) === undefined
  return isFirst ? generate(context) : undefined
}

const filesOf = (result: CommandResult | undefined) => (result?.data.files ?? []) as readonly string[]

function nextSteps(prefix: string, hasSettings: boolean, isGenerated: boolean): string {
  const steps = [
    ...(hasSettings ? [] : [`Look through ${prefix}.env.dev: which core services, which services of your own.`]),
    ...(isGenerated ? [] : ['nself-build generate']),
    'Commit everything, and push: the workflows check and build from then on.',
  ]
  return `Next:
${steps.map((step, index) => `  ${index + 1}. ${step}\n`).join('')}For pull requests of the update workflow, allow Actions to create them: Settings > Actions > General.
For deploys, make the environments staging and production with NSELF_HOST, NSELF_KNOWN_HOSTS and NSELF_KEY: docs/workflows.md.
`
}

function ignoreLines(path: string, before: Buffer | undefined): Change[] {
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
      ? { kind: 'create', path, content, executable: false }
      : { kind: 'update', path, content, executable: false, before },
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
