import type { BranchState } from './branch-state.ts'
import { type Commit, editsOf } from './commits.ts'
import { diffTrees, type GitTree } from './git-tree.ts'

/** Reads what a commit holds. */
export interface CommitReader {
  readonly commit: (sha: string) => Promise<Commit>
  readonly tree: (sha: string) => Promise<GitTree>
}

/**
 * The branch without merges of the base branch that brought nothing of their own, as GitHub's button "Update branch" makes them: they
 * are no work of people's. One that resolved a conflict, or sneaked in an edit, stays.
 */
export async function withoutCleanMerges(branch: BranchState, read: CommitReader): Promise<BranchState> {
  const ahead = new Map(branch.ahead.map((commit) => [commit.sha, commit]))
  let { head } = branch
  const merges: Commit[] = []
  while (editsOf(head) === undefined) {
    const [first = '', second = ''] = head.parents
    const below = ahead.get(first)
    // Merged from somewhere else than the base branch: its commits are people's.
    if (head.parents.length !== 2 || below === undefined || ahead.has(second)) return branch
    merges.push(head)
    head = below
  }
  if (merges.length === 0) return branch
  const ours = await editsBetween(await read.commit(bottomOf(head, ahead)), head, read)
  for (const merge of merges) {
    const brought = await editsBetween(await read.commit(merge.parents[1] ?? ''), merge, read)
    if (brought !== ours) return branch
  }
  const gone = new Set(merges.map(({ sha }) => sha))
  return { ...branch, head, isMergedInto: true, ahead: branch.ahead.filter(({ sha }) => !gone.has(sha)) }
}

/** Where a chain of our commits begins: the commit of the base branch below it. */
export function bottomOf(head: Commit, ahead: ReadonlyMap<string, Commit>): string {
  const parent = head.parents[0] ?? ''
  const below = ahead.get(parent)
  return below === undefined || editsOf(below) === undefined ? parent : bottomOf(below, ahead)
}

async function editsBetween(before: Commit, after: Commit, { tree }: CommitReader): Promise<string> {
  const edits = diffTrees(await tree(before.tree), await tree(after.tree))
  return JSON.stringify(edits.map(({ path, after: now }) => [path, now?.mode, now?.sha]))
}
