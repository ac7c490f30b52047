import { type Diagnostic, diagnose } from '../config/diagnostics.ts'
import type { RenderedFile } from '../render/file.ts'
import { provenanceOf } from '../render/header.ts'
import type { Change, Tree } from './changes.ts'

/** What to do about a generated file that was edited by hand: `stop` (a terminal), `report` and rewrite (CI), `overwrite` (--force). */
export type HandEditPolicy = 'stop' | 'report' | 'overwrite'

export interface ToolFilePlan {
  readonly changes: readonly Change[]
  readonly diagnostics: readonly Diagnostic[]
  /** What rewriting takes from files that were edited by hand. */
  readonly edits: readonly Change[]
}

/**
 * Plans the tool-owned files: rewritten where they differ, and deleted where an earlier run wrote them and this one
 * would not. A file that someone else wrote is never touched without `overwrite`. `folders` are the places to look for leftovers.
 */
export function planToolFiles(
  rendered: readonly RenderedFile[],
  folders: readonly string[],
  tree: Tree,
  policy: HandEditPolicy,
): ToolFilePlan {
  const changes: Change[] = []
  const diagnostics: Diagnostic[] = []
  const edits: Change[] = []
  const wanted = new Set(rendered.map(({ path }) => path))
  for (const { path, content, executable } of rendered) {
    const after = Buffer.from(content)
    const before = tree.read(path)
    if (before === undefined) {
      changes.push({ kind: 'create', path, content: after, executable })
      continue
    }
    if (sameText(before, content)) {
      if (executable && !tree.isExecutable(path)) changes.push({ kind: 'update', path, content: after, executable, before })
      continue
    }
    const provenance = provenanceOf(before.toString('utf8'))
    if (provenance === 'foreign' && policy !== 'overwrite') {
      diagnostics.push(foreign(path))
      continue
    }
    const update: Change = { kind: 'update', path, content: after, executable, before }
    changes.push(update)
    if (provenance === 'intact') continue
    edits.push(update)
    if (policy !== 'overwrite') diagnostics.push(edited(path, policy, 'is rewritten'))
  }
  for (const path of folders
    .flatMap((folder) => tree.list(folder).map((name) => `${folder}/${name}`))
    .filter((each) => !wanted.has(each))) {
    const leftover = planLeftover(path, tree, policy)
    if (leftover === undefined) continue
    if ('code' in leftover) diagnostics.push(leftover)
    else changes.push(leftover)
  }
  return { changes, diagnostics, edits }
}

/** Names the generated files at the project's root that were edited by hand, without knowing what they should be. */
export function findEditedFiles(tree: Tree, policy: HandEditPolicy): Diagnostic[] {
  const folders = ['nginx/conf.d', 'nginx/includes', 'nginx/sites', 'postgres/init']
  const paths = [
    'docker-compose.yml',
    'docker-compose.custom.yml',
    'nginx/nginx.conf',
    ...folders.flatMap((folder) => tree.list(folder).map((name) => `${folder}/${name}`)),
  ]
  return paths
    .filter((path) => /\.(conf|sql|yml)$/.test(path))
    .filter((path) => {
      const text = tree.read(path)?.toString('utf8')
      return text !== undefined && provenanceOf(text) === 'edited'
    })
    .map((path) => edited(path, policy, 'would be rewritten'))
}

function planLeftover(path: string, tree: Tree, policy: HandEditPolicy): Change | Diagnostic | undefined {
  if (!/\.(conf|sql|yml|sh|tsv)$/.test(path)) return undefined
  const before = tree.read(path)
  if (before === undefined) return undefined
  const provenance = provenanceOf(before.toString('utf8'))
  if (provenance === 'foreign') return undefined
  if (provenance === 'edited' && policy !== 'overwrite') return edited(path, policy, 'is no longer generated, and kept because of the edit')
  return { kind: 'delete', path, before }
}

// A checkout may turn line endings around; that is not an edit.
function sameText(before: Buffer, content: string): boolean {
  const text = before.toString('utf8')
  return text === content || text.replaceAll('\r\n', '\n') === content
}

function edited(path: string, policy: HandEditPolicy, consequence: string): Diagnostic {
  return diagnose(
    'NB501',
    `${path} was edited by hand; it ${consequence}.`,
    policy === 'stop'
      ? 'Move the edit to the place that the file’s header names, then run with --force.'
      : 'Move the edit to the place that the file’s header names.',
    { file: path, line: 1, column: 1 },
    policy === 'stop' ? 'error' : 'warning',
  )
}

function foreign(path: string): Diagnostic {
  return diagnose(
    'NB502',
    `${path} exists and was not written by nself-build.`,
    'Move it away (git mv), or run with --force to replace it.',
    { file: path, line: 1, column: 1 },
  )
}
