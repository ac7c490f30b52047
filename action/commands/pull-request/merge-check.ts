import type { GitHub } from '../../adapters/github/client.ts'
import { type Diagnostic, diagnose } from '../../config/diagnostics.ts'
import { editsOf } from '../../pull-request/commits.ts'
import { ApiProblem } from '../../pull-request/failures.ts'
import type { TreeEdit } from '../../pull-request/git-tree.ts'
import { findMarkers } from '../../scaffold/find-markers.ts'
import { openBaseFiles } from './base-files.ts'
import { bringsMarkers } from './plan-pull-request.ts'
import type { Published } from './publish.ts'

const name = 'nself/merge'

/** Where the project lies, in the repository and on disk. */
interface Place {
  readonly prefix: string
  readonly root: string
}

/**
 * Sets the check `nself/merge` on a new commit of the branch, whosever it is: it fails while a scaffolded file holds conflict
 * markers. Without the permission to, only a failure is worth a word.
 */
export async function setMergeCheck(
  github: GitHub,
  { head, pull, isPeoples, verified }: Pick<Published, 'head' | 'pull' | 'isPeoples' | 'verified'>,
  edits: readonly TreeEdit[],
  place: Place,
): Promise<Diagnostic[]> {
  if (head === undefined) return []
  // People's, or made by GitHub when someone brought the branch up to date.
  const isOthers = verified === undefined && editsOf(head) === undefined
  if (verified === undefined && !(isOthers && (isPeoples || pull?.state === 'open'))) return []
  let files: string[] = []
  try {
    if (isOthers && (await github.hasCheck(name, head.sha))) return []
    files = isOthers ? await conflictsAt(github, head.tree, place) : edits.filter(bringsMarkers).map(({ path }) => path)
    const isGood = files.length === 0
    await github.createCheck({
      name,
      sha: head.sha,
      conclusion: isGood ? 'success' : 'failure',
      title: isGood ? 'No conflicts' : `Conflicts in ${files.length === 1 ? '1 file' : `${files.length} files`}`,
      summary: isGood
        ? 'No scaffolded file holds conflict markers.'
        : `Choose between both sides and delete the markers:\n\n${files.map((file) => `* \`${file}\``).join('\n')}`,
    })
    return []
  } catch (error) {
    if (!(error instanceof ApiProblem)) throw error
    if (files.length === 0) return []
    const message = `The check ${name} could not be set (${error.status ?? 'no answer'}), though there are conflicts in ${files.join(', ')}.`
    return [diagnose('NB713', message, 'Give the job `checks: write`, so that the pull request shows it.')]
  }
}

function conflictsAt(github: GitHub, tree: string, { prefix, root }: Place): Promise<string[]> {
  return github.tree(tree).then((whole) =>
    openBaseFiles(whole, prefix, root, github, '').planWith(async ({ tree: files }) => {
      const found = findMarkers(files, (_, { state }) => state === 'conflict')
      return found.map(({ position }) => prefix + (position?.file ?? ''))
    }),
  )
}
