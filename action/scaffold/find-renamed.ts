import type { Service } from '../config/project.ts'
import type { Change, Tree } from './changes.ts'
import { isPristine } from './decide-file.ts'
import type { LockedService } from './lock.ts'

/** A service that had another name. */
export interface Renamed {
  readonly from: string
  /** Where its files are: the old place, or the new one when the user has moved them. */
  readonly directory: string
  /** What moves them. */
  readonly moves: readonly Change[]
}

/**
 * Same slot and template, new name, and its files in one of the two directories, with nothing in the other: the service was renamed.
 * One that was without a line for a while is another matter: its slot was free.
 */
export function findRenamed(
  { name, slot, template }: Service,
  remaining: ReadonlyMap<string, LockedService>,
  named: ReadonlySet<string>,
  tree: Tree,
): Renamed | undefined {
  if (remaining.has(name)) return undefined
  const to = `services/${name}`
  const now = tree.directory(to)
  for (const [from, locked] of remaining) {
    if (locked.slot !== slot || locked.template !== template.id || locked.orphaned || named.has(from)) continue
    const path = `services/${from}`
    const before = tree.directory(path)
    if (now === 'missing' && before === 'full') return { from, directory: path, moves: [{ kind: 'move', path, to }] }
    if (now === 'full' && before === 'missing' && isMostlyIn(to, locked, tree)) return { from, directory: to, moves: [] }
  }
  return undefined
}

// Someone else's code in a directory of that name would hold few of the template's files to the byte.
function isMostlyIn(directory: string, { files }: LockedService, tree: Tree): boolean {
  const all = Object.entries(files)
  const pristine = all.filter(([path, file]) => {
    const ours = tree.read(`${directory}/${path}`)
    return ours !== undefined && isPristine(ours, file)
  })
  return pristine.length * 2 > all.length
}
