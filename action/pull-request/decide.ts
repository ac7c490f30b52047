import { type Commit, editsOf } from './commits.ts'

/** The bot's branch as it is. */
export interface BranchState {
  readonly head: Commit
  /** Where it left the base branch; nothing when they have no commit in common. */
  readonly mergeBase: string | undefined
  /** The commits that the base branch does not have, in any order. */
  readonly ahead: readonly Commit[]
}

export interface Pull {
  readonly number: number
  readonly url: string
  readonly title: string
  readonly body: string
  readonly state: 'open' | 'closed'
  readonly isMerged: boolean
  readonly head: string
  /** The login of whoever opened it. */
  readonly author: string
}

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

function holds({ head, mergeBase, ahead }: BranchState, edits: string): boolean {
  if (editsOf(head) !== edits || mergeBase === undefined) return false
  const known = new Map(ahead.map((commit) => [commit.sha, commit]))
  let first = head
  for (;;) {
    const parent = known.get(first.parents[0] ?? '')
    if (parent === undefined || editsOf(parent) === undefined) break
    first = parent
  }
  return first.parents[0] === mergeBase
}
