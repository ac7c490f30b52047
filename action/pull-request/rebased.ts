import type { BranchState } from './branch-state.ts'
import { type CommitReader, withoutCleanMerges } from './clean-merges.ts'
import { type Commit, claimsOf } from './commits.ts'
import { diffTrees, digestOf } from './git-tree.ts'

/**
 * The branch with commits of ours that were moved onto a newer base branch, as GitHub's button "Update with rebase" does: while they bring
 * the very edits that we wrote, they are no work of people's.
 */
export async function withRebased(branch: BranchState, read: CommitReader): Promise<BranchState> {
  const claims = claimsOf(branch.head)
  if (claims === undefined || claims.tree === branch.head.tree) return branch
  const bottom = bottomOfClaims(branch)
  if (bottom === undefined) return branch
  const before = await read.tree((await read.commit(bottom)).tree)
  if (digestOf(diffTrees(before, await read.tree(branch.head.tree))) !== claims.edits) return branch
  const asWritten = (commit: Commit) => ({ ...commit, tree: claimsOf(commit)?.tree ?? commit.tree })
  return { ...branch, head: asWritten(branch.head), ahead: branch.ahead.map(asWritten) }
}

/** The branch without what GitHub's buttons do that bring it up to date with its base: no work of people's. */
export async function withoutUpdates(branch: BranchState, read: CommitReader): Promise<BranchState> {
  return withRebased(await withoutCleanMerges(branch, read), read)
}

/** The commit below those that all call themselves ours; nothing when there is another among them. */
function bottomOfClaims({ head, ahead }: BranchState): string | undefined {
  const left = new Map(ahead.map((commit) => [commit.sha, commit]))
  let [current, bottom]: [Commit | undefined, string | undefined] = [head, undefined]
  while (current !== undefined) {
    if (claimsOf(current) === undefined || current.parents.length !== 1) return undefined
    left.delete(current.sha)
    bottom = current.parents[0] as string
    current = left.get(bottom)
  }
  return left.size === 0 ? bottom : undefined
}
