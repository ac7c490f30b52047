import { createHash } from 'node:crypto'
import { compare } from '../config/diagnostics.ts'

/** A file, link or submodule of a git tree. `content` is there when it is new: nobody has to be asked for it. */
export interface GitEntry {
  readonly mode: string
  readonly sha: string
  readonly content?: Buffer
}

/** The entries of a tree by their whole path; folders have none of their own. */
export type GitTree = ReadonlyMap<string, GitEntry>

/** One path that differs between two trees; a side is absent where the path is. */
export interface TreeEdit {
  readonly path: string
  readonly before: GitEntry | undefined
  readonly after: GitEntry | undefined
}

/** The name that git gives to a file's content. */
export function blobSha(content: Buffer): string {
  return createHash('sha1').update(`blob ${content.length}\0`).update(content).digest('hex')
}

/** What turns one tree into the other, sorted by path. */
export function diffTrees(before: GitTree, after: GitTree): TreeEdit[] {
  return [...new Set([...before.keys(), ...after.keys()])]
    .filter((path) => !isSame(before.get(path), after.get(path)))
    .sort(compare)
    .map((path) => ({ path, before: before.get(path), after: after.get(path) }))
}

function isSame(a: GitEntry | undefined, b: GitEntry | undefined): boolean {
  return a?.sha === b?.sha && a?.mode === b?.mode
}

/**
 * Names a set of edits: equal for equal edits of equal files, whatever else the base branch holds. A branch that carries it needs no
 * new commit.
 */
export function digestOf(edits: readonly TreeEdit[]): string {
  const side = (entry: GitEntry | undefined) => (entry === undefined ? '-' : `${entry.mode} ${entry.sha}`)
  const lines = edits.map(({ path, before, after }) => `${side(before)} ${side(after)} ${path}\0`)
  return createHash('sha256').update(lines.join('')).digest('hex')
}

/** The part of a tree below a folder (''; or with a final `/`), with paths seen from there. */
export function below(tree: GitTree, folder: string): GitTree {
  if (folder === '') return tree
  return new Map([...tree].flatMap(([path, entry]) => (path.startsWith(folder) ? [[path.slice(folder.length), entry] as const] : [])))
}
