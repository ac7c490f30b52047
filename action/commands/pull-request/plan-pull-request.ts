import { type Diagnostic, hasErrors, sortDiagnostics } from '../../config/diagnostics.ts'
import type { Project } from '../../config/project.ts'
import { isAllowed } from '../../pull-request/allowed.ts'
import { diffTrees, type GitTree, type TreeEdit } from '../../pull-request/git-tree.ts'
import { firstMarker } from '../../scaffold/merge/markers.ts'
import type { Context } from '../context.ts'
import { prepare } from '../project/prepare.ts'
import type { BaseFiles } from './base-files.ts'

/** What `generate` would leave of the base branch, for all environments that were asked for. */
export interface PullRequestPlan {
  /** One per environment, the chosen one first; empty after an error. */
  readonly projects: readonly Project[]
  /** What differs from the base branch, paths relative to the project; each step is a commit. */
  readonly steps: readonly (readonly TreeEdit[])[]
  /** All of them together. */
  readonly edits: readonly TreeEdit[]
  /** Files that would be changed, and may not. */
  readonly refused: readonly string[]
  readonly diagnostics: readonly Diagnostic[]
  readonly secrets: readonly string[]
}

/** Plans the pull request. With conflicts in it, the first step is what merges without, and the second adds the files with markers. */
export async function planPullRequest(context: Context, base: BaseFiles): Promise<PullRequestPlan> {
  const whole = await planFiles(context, base)
  const { projects, diagnostics, secrets } = whole
  if (projects.length === 0) return { projects, steps: [], edits: [], refused: [], diagnostics, secrets }
  const all = diffTrees(base.entries, whole.files)
  const mayChange = ({ path }: TreeEdit) => isAllowed(path, base.prefix)
  const edits = all.filter(mayChange)
  const refused = all.filter((edit) => !mayChange(edit)).map(({ path }) => path)
  const rest = { projects, edits, refused, diagnostics, secrets }
  if (!edits.some(bringsMarkers)) return { ...rest, steps: edits.length === 0 ? [] : [edits] }
  const clean = await planFiles({ ...context, inputs: { ...context.inputs, onConflict: 'keep' } }, base)
  const first = diffTrees(base.entries, clean.files).filter(mayChange)
  const second = diffTrees(clean.files, whole.files).filter(mayChange)
  return { ...rest, steps: [first, second].filter((step) => step.length > 0) }
}

/** Whether an edit writes a conflict into a file. */
export function bringsMarkers({ after }: TreeEdit): boolean {
  return after?.content !== undefined && firstMarker(after.content.toString('utf8')) !== undefined
}

interface PlannedFiles {
  readonly projects: readonly Project[]
  readonly files: GitTree
  readonly diagnostics: readonly Diagnostic[]
  readonly secrets: readonly string[]
}

function planFiles(context: Context, base: BaseFiles): Promise<PlannedFiles> {
  const { inputs, handEdits } = context
  return base.planWith(async (files, tree) => {
    const projects: Project[] = []
    const found = new Map<string, Diagnostic>()
    const secrets = new Set<string>()
    // Each sees what the one before it left, so that all of them share one lock.
    for (const environment of [inputs.environment, ...inputs.environments]) {
      const policy = handEdits === 'overwrite' ? handEdits : 'report'
      const prepared = await prepare({ ...context, handEdits: policy, inputs: { ...inputs, environment } }, files)
      for (const diagnostic of prepared.diagnostics) found.set(JSON.stringify(diagnostic), diagnostic)
      for (const secret of prepared.secrets) secrets.add(secret)
      if (prepared.project === undefined || prepared.changes === undefined) continue
      tree.apply(prepared.changes)
      projects.push(prepared.project)
    }
    const diagnostics = sortDiagnostics([...found.values()])
    return { projects: hasErrors(diagnostics) ? [] : projects, files: tree.files(), diagnostics, secrets: [...secrets] }
  })
}
