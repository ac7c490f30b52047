import { isUtf8 } from 'node:buffer'
import type { GitEntry, TreeEdit } from './git-tree.ts'

/** One entry of a tree to be made. */
export interface NewEntry {
  readonly path: string
  readonly mode: string
  readonly content?: string
  readonly sha?: string | null
}

/** What one request may carry; GitHub's own limit is not written down, and larger ones have failed. */
const mostEntries = 1000
const mostBytes = 4 * 1024 ** 2

/** The requests that make a tree out of its base, in order, and the contents that are no text and have to be written first. */
export interface TreeRequests {
  readonly blobs: readonly GitEntry[]
  readonly requests: readonly (readonly NewEntry[])[]
}

/**
 * Splits edits (paths from the repository's root) into few requests. Text goes along in place; what is written once is named by its
 * hash from then on, as is what the base has already.
 */
export function treeRequests(edits: readonly TreeEdit[], known: ReadonlySet<string>): TreeRequests {
  const blobs = new Map<string, GitEntry>()
  const inPlace: NewEntry[] = []
  const byName: NewEntry[] = []
  const sent = new Set(known)
  for (const { path, before, after } of edits) {
    if (after === undefined) byName.push({ path, mode: before?.mode ?? '100644', sha: null })
    else if (after.content === undefined || sent.has(after.sha)) byName.push({ path, mode: after.mode, sha: after.sha })
    else if (!isText(after.content)) {
      blobs.set(after.sha, after)
      byName.push({ path, mode: after.mode, sha: after.sha })
    } else {
      sent.add(after.sha)
      inPlace.push({ path, mode: after.mode, content: after.content.toString('utf8') })
    }
  }
  return { blobs: [...blobs.values()], requests: chunks([...inPlace, ...byName], inPlace.length) }
}

// A NUL in JSON has come back changed from more than one server.
function isText(content: Buffer): boolean {
  return isUtf8(content) && !content.includes(0)
}

/** The first `split` entries write contents, and those after them may need them: they begin a request of their own. */
function chunks(entries: readonly NewEntry[], split: number): NewEntry[][] {
  const all: NewEntry[][] = []
  let bytes = 0
  for (const [index, entry] of entries.entries()) {
    const size = Buffer.byteLength(entry.content ?? '') + entry.path.length + 100
    const last = all.at(-1)
    const isNew = last === undefined || last.length === mostEntries || bytes + size > mostBytes || (index === split && split > 0)
    if (isNew) {
      all.push([entry])
      bytes = size
    } else {
      last.push(entry)
      bytes += size
    }
  }
  return all
}
