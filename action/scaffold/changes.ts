/** One change of the working tree. `before` is what the plan saw on disk, for its diff. */
export type Change =
  | { readonly kind: 'create'; readonly path: string; readonly content: Buffer; readonly executable: boolean }
  | { readonly kind: 'update'; readonly path: string; readonly content: Buffer; readonly executable: boolean; readonly before: Buffer }
  | { readonly kind: 'delete'; readonly path: string; readonly before: Buffer }
  | { readonly kind: 'move'; readonly path: string; readonly to: string }

/** The user's files as the planner sees them; paths are relative to the project's root, with `/`. */
export interface Tree {
  /** Content of a regular file; `undefined` when nothing is there. Throws a `PathProblem` for links and folders. */
  readonly read: (path: string) => Buffer | undefined
  readonly isExecutable: (path: string) => boolean
  /** `missing`, `empty` or `full`. */
  readonly directory: (path: string) => 'missing' | 'empty' | 'full'
  /** Names of the entries of a folder, sorted; none when it does not exist. */
  readonly list: (path: string) => readonly string[]
}

/** A place that is not what it should be: a symbolic link on the way, or a folder where a file belongs. */
export class PathProblem extends Error {
  readonly path: string
  readonly reason: 'link' | 'not a file'

  constructor(path: string, reason: 'link' | 'not a file') {
    super(`${path}: ${reason}`)
    this.path = path
    this.reason = reason
  }
}
