import type { BranchState, Pull } from './branch-state.ts'
import { bottomOf } from './clean-merges.ts'
import { type Commit, editsOf } from './commits.ts'

export type Decision =
  | { readonly kind: 'none' }
  /** Someone closed the pull request with these very edits, and left its branch: that is an answer. */
  | { readonly kind: 'declined'; readonly pull: Pull }
  /** People committed to the branch: it is theirs. */
  | { readonly kind: 'people'; readonly pull: Pull | undefined; readonly commits: readonly Commit[] }
  | { readonly kind: 'close'; readonly pull: Pull }
  /** Write the commits (unless the branch has them), then create the pull request or bring `pull` up to date. */
  | { readonly kind: 'write'; readonly push: boolean; readonly pull: Pull | undefined }

/** What to do, given the digest of the edits that the base branch needs (`undefined`: none), the branch, and its pull requests, newest first. */
export function decide(edits: string | undefined, branch: BranchState | undefined, pulls: readonly Pull[]): Decision {
  const pull = pulls.find(({ state }) => state === 'open')
  const commits = branch === undefined || isSpent(branch, pulls) ? [] : commitsOfPeople(branch)
  if (commits.length > 0 && (edits !== undefined || pull !== undefined)) return { kind: 'people', pull, commits }
  if (edits === undefined) return pull === undefined ? { kind: 'none' } : { kind: 'close', pull }
  const isCurrent = branch !== undefined && holds(branch, edits)
  if (pull !== undefined) return { kind: 'write', push: !isCurrent, pull }
  const last = pulls[0]
  if (isCurrent && last !== undefined && !last.isMerged && last.head === branch.head.sha) return { kind: 'declined', pull: last }
  return { kind: 'write', push: !isCurrent, pull: undefined }
}

/** Its work is in the base branch, whatever its commits look like there. */
function isSpent({ head }: BranchState, pulls: readonly Pull[]): boolean {
  return pulls.some((pull) => pull.isMerged && pull.head === head.sha) && pulls.every(({ state }) => state === 'closed')
}

// Ours begin at the base branch, so what lies on top of them is people's. What lies below is the base's, even after it was rewritten.
function commitsOfPeople({ head, ahead }: BranchState): Commit[] {
  return editsOf(head) === undefined ? ahead.filter((commit) => editsOf(commit) === undefined) : []
}

function holds({ head, mergeBase, ahead, isMergedInto = false }: BranchState, edits: string): boolean {
  if (editsOf(head) !== edits || mergeBase === undefined) return false
  return isMergedInto || bottomOf(head, new Map(ahead.map((commit) => [commit.sha, commit]))) === mergeBase
}
