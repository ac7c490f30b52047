import type { People } from '../../adapters/github/client.ts'
import type { Head } from '../../pull-request/commits.ts'
import type { GitTree, TreeEdit } from '../../pull-request/git-tree.ts'

/** One pull request as it should be. */
export interface Wanted {
  readonly base: Head
  readonly baseName: string
  /** All that the base branch has. */
  readonly tree: GitTree
  readonly branch: string
  /** Paths from the repository's root; each step is a commit, none when nothing is to be changed. */
  readonly steps: readonly (readonly TreeEdit[])[]
  readonly edits: readonly TreeEdit[]
  readonly title: string
  readonly body: string
  readonly message: string
  readonly signoff: string | undefined
  readonly draft: boolean
  readonly people: People
}
