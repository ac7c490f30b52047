import type { Change, Tree } from './changes.ts'
import { basePath, type Lock } from './lock.ts'
import { hashOf } from './render-scaffold.ts'

/** The pristine text with this hash; nothing when it is missing or was changed. */
export function readBase(tree: Tree, hash: string): Buffer | undefined {
  const content = tree.read(basePath(hash))
  if (content === undefined || hashOf(content) === hash) return content
  // A checkout may have turned the line endings around.
  const turned = Buffer.from(content.toString('utf8').replaceAll('\r\n', '\n'))
  return hashOf(turned) === hash ? turned : undefined
}

/** Writes the bases that the new lock refers to, and removes those that only the old one did. */
export function baseChanges(before: Lock, after: Lock, fresh: ReadonlyMap<string, Buffer>, tree: Tree): Change[] {
  const needed = basesOf(after)
  const created = [...fresh].flatMap(([hash, content]): Change[] => {
    const path = basePath(hash)
    return needed.has(hash) && readBase(tree, hash) === undefined ? [write(path, content, tree.read(path))] : []
  })
  const released = [...basesOf(before)].flatMap((hash): Change[] => {
    const path = basePath(hash)
    const content = needed.has(hash) ? undefined : tree.read(path)
    return content === undefined ? [] : [{ kind: 'delete', path, before: content }]
  })
  return [...created, ...released]
}

function write(path: string, content: Buffer, before: Buffer | undefined): Change {
  return before === undefined
    ? { kind: 'create', path, content, executable: false }
    : { kind: 'update', path, content, executable: false, before }
}

function basesOf({ services }: Lock): Set<string> {
  return new Set(Object.values(services).flatMap(({ files }) => Object.values(files).map(({ base }) => base)))
}
