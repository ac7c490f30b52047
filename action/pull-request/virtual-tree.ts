import { compare } from '../config/diagnostics.ts'
import { type Change, PathProblem, type Tree } from '../scaffold/changes.ts'
import { blobSha, type GitEntry, type GitTree } from './git-tree.ts'

/** A branch's files in memory: read by the planner, changed by its plan. */
export interface VirtualTree {
  readonly tree: Tree
  readonly apply: (changes: readonly Change[]) => void
  /** The files as they are now. */
  readonly files: () => GitTree
}

/** Finds the content of a file of the branch; nothing when it has yet to be fetched. */
export type ContentOf = (path: string, entry: GitEntry) => Buffer | undefined

const isFile = ({ mode }: GitEntry) => mode === '100644' || mode === '100755'

/** Opens a tree of git for the planner, with the rules of the one on disk: no links, no files where folders belong. */
export function virtualTree(base: GitTree, contentOf: ContentOf): VirtualTree {
  const files = new Map(base)
  const folders = new Map<string, Set<string>>()
  const place = (path: string): void => {
    for (let name = path; name !== ''; ) {
      const slash = name.lastIndexOf('/')
      const folder = slash === -1 ? '' : name.slice(0, slash)
      const names = folders.get(folder) ?? new Set()
      if (names.has(name)) return
      folders.set(folder, names.add(name))
      name = folder
    }
  }
  const remove = (path: string): void => {
    files.delete(path)
    for (let name = path; name !== ''; ) {
      const slash = name.lastIndexOf('/')
      const folder = slash === -1 ? '' : name.slice(0, slash)
      const names = folders.get(folder)
      names?.delete(name)
      if (names === undefined || names.size > 0) return
      folders.delete(folder)
      name = folder
    }
  }
  for (const path of files.keys()) place(path)

  const problemAt = (path: string) => {
    const entry = files.get(path)
    if (entry !== undefined) throw new PathProblem(path, entry.mode === '120000' ? 'link' : 'not a file')
  }
  const verifyParents = (path: string): void => {
    for (let slash = path.indexOf('/'); slash !== -1; slash = path.indexOf('/', slash + 1)) problemAt(path.slice(0, slash))
  }
  const entryOf = (path: string): GitEntry | undefined => {
    verifyParents(path)
    const entry = files.get(path)
    if (entry !== undefined && !isFile(entry)) problemAt(path)
    if (folders.has(path)) throw new PathProblem(path, 'not a file')
    return entry
  }
  const childrenOf = (path: string): ReadonlySet<string> | undefined => {
    verifyParents(path)
    problemAt(path)
    return folders.get(path)
  }
  return {
    tree: {
      read: (path) => {
        const entry = entryOf(path)
        return entry === undefined ? undefined : (entry.content ?? contentOf(path, entry))
      },
      isExecutable: (path) => entryOf(path)?.mode === '100755',
      // git knows no empty folders.
      directory: (path) => (childrenOf(path) === undefined ? 'missing' : 'full'),
      list: (path) => [...(childrenOf(path) ?? [])].map((child) => child.slice(path.length + 1)).sort(compare),
    },
    apply: (changes) => {
      for (const change of changes) {
        if (change.kind === 'delete') remove(change.path)
        else if (change.kind === 'move') {
          for (const [path, entry] of [...files].filter(([path]) => path.startsWith(`${change.path}/`))) {
            remove(path)
            const to = change.to + path.slice(change.path.length)
            files.set(to, entry)
            place(to)
          }
        } else {
          const { path, content, executable } = change
          files.set(path, { mode: executable ? '100755' : '100644', sha: blobSha(content), content })
          place(path)
        }
      }
    },
    files: () => new Map(files),
  }
}
