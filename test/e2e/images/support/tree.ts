import { createHash } from 'node:crypto'
import { chmodSync, lstatSync, mkdirSync, readdirSync, readFileSync, readlinkSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { ContextEntry } from '../../../../action/images/content-key.ts'

/** What a folder holds, by path: a file with its bytes, a folder, or a link. */
export type Tree = Readonly<Record<string, TreeEntry>>
export type TreeEntry =
  | { readonly type: 'file'; readonly content: string; readonly mode: number }
  | { readonly type: 'folder'; readonly mode: number }
  | { readonly type: 'link'; readonly target: string }

/** Makes the folder hold exactly this tree. */
export function writeTree(root: string, tree: Tree): void {
  rmSync(root, { recursive: true, force: true })
  mkdirSync(root, { recursive: true })
  for (const [path, entry] of Object.entries(tree)) {
    const place = join(root, path)
    mkdirSync(dirname(place), { recursive: true })
    if (entry.type === 'link') symlinkSync(entry.target, place)
    else if (entry.type === 'folder') mkdirSync(place, { recursive: true })
    else writeFileSync(place, entry.content)
    if (entry.type !== 'link') chmodSync(place, entry.mode)
  }
}

/** What is on disk below a folder: sorted lines of type, mode, path and content. */
export function listTree(root: string, folder = ''): string[] {
  const lines = readdirSync(join(root, folder)).flatMap((name) => {
    const path = folder === '' ? name : `${folder}/${name}`
    const stats = lstatSync(join(root, path))
    if (stats.isSymbolicLink()) return [line('link', 0, path, readlinkSync(join(root, path)))]
    if (stats.isDirectory()) return [line('folder', stats.mode & 0o7777, path, ''), ...listTree(root, path)]
    const content = createHash('sha256')
      .update(readFileSync(join(root, path)))
      .digest('hex')
    return [line('file', stats.mode & 0o7777, path, content)]
  })
  return lines.sort()
}

/** A context as the tool reads it, in the lines of `listTree`. */
export function showEntries(entries: readonly ContextEntry[]): string[] {
  return entries.map(({ type, mode, path, content }) => line(type, mode, path, content)).sort()
}

function line(type: string, mode: number, path: string, content: string): string {
  return `${type} ${mode.toString(8)} ${JSON.stringify(path)} ${content}`
}
