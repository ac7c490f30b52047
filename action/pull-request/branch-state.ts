import type { Commit } from './commits.ts'

/** The bot's branch as it is. */
export interface BranchState {
  readonly head: Commit
  /** Where it left the base branch; nothing when they have no commit in common. */
  readonly mergeBase: string | undefined
  /** The commits that the base branch does not have, in any order. */
  readonly ahead: readonly Commit[]
  /** Whether the base branch was merged into it, with nothing else; `head` then is the commit below. */
  readonly isMergedInto?: boolean
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
