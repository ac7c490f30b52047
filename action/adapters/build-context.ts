import { createHash } from 'node:crypto'
import { closeSync, constants, lstatSync, openSync, readdirSync, readFileSync, readlinkSync, readSync } from 'node:fs'
import { join, posix } from 'node:path'
import type { ContextEntry } from '../images/content-key.ts'
import { type IgnoreRules, ignoreRules, type Verdict } from '../images/context-files.ts'

const mostHops = 40
// Node reads no file over 2 GiB in one go, and half of that is a lot of memory.
const mostAtOnce = 64 * 1024 ** 2

/** A build context on disk. */
export interface BuildContext {
  readonly entries: readonly ContextEntry[]
  readonly dockerfile: { readonly path: string; readonly content: string }
}

/**
 * Lists what BuildKit would be sent of a folder, by reading the folder itself: git's index knows neither line-ending filters nor
 * submodules nor files marked unchanged, and would have to be checked against the disk anyway. A socket becomes an empty file, as in
 * BuildKit. Throws when the Dockerfile is missing.
 */
export function readBuildContext(folder: string, dockerfile: string): BuildContext {
  const rules = ignoreRules(readOptional(folder, `${dockerfile}.dockerignore`) ?? readOptional(folder, '.dockerignore') ?? '')
  const entries: ContextEntry[] = []
  walk(folder, '', undefined, rules, entries)
  return { entries, dockerfile: { path: dockerfile, content: readFileSync(join(folder, dockerfile), 'utf8') } }
}

/** Returns whether anything below was kept: an ignored folder is sent when one of its files comes back by a `!` line. */
function walk(root: string, parent: string, above: Verdict | undefined, rules: IgnoreRules, entries: ContextEntry[]): boolean {
  let isKept = false
  // Not `join`: with a call per file, it would be seen in how long a run takes.
  for (const entry of readdirSync(`${root}/${parent}`, { withFileTypes: true })) {
    const path = parent === '' ? entry.name : `${parent}/${entry.name}`
    const verdict = rules.judge(path, above)
    const { isIgnored } = verdict
    if (entry.isDirectory()) {
      if (isIgnored && !rules.mayReturn) continue
      const hasKept = walk(root, path, verdict, rules, entries)
      if (isIgnored && !hasKept) continue
      entries.push({ path, type: 'folder', mode: lstatSync(`${root}/${path}`).mode & 0o7777, content: '' })
      isKept = true
    } else if (!isIgnored) {
      entries.push(describe(root, path))
      isKept = true
    }
  }
  return isKept
}

function describe(root: string, path: string): ContextEntry {
  const place = `${root}/${path}`
  const stats = lstatSync(place)
  const mode = stats.mode & 0o7777
  if (stats.isSymbolicLink()) return { path, type: 'link', mode: 0, content: readlinkSync(place) }
  if (stats.isFile()) return { path, type: 'file', mode, content: hashFile(place, stats.size) }
  if (stats.isSocket()) return { path, type: 'file', mode, content: createHash('sha256').digest('hex') }
  // A pipe or a device: sent as what it is. To read it could take for ever.
  return { path, type: 'special', mode, content: `${stats.mode & constants.S_IFMT}:${stats.rdev}` }
}

function hashFile(place: string, size: number): string {
  const hash = createHash('sha256')
  if (size <= mostAtOnce) return hash.update(readFileSync(place)).digest('hex')
  const part = Buffer.allocUnsafe(mostAtOnce)
  const file = openSync(place, 'r')
  try {
    for (let read = readSync(file, part); read > 0; read = readSync(file, part)) hash.update(part.subarray(0, read))
  } finally {
    closeSync(file)
  }
  return hash.digest('hex')
}

// BuildKit follows a link as if the context were the whole disk.
function readOptional(root: string, path: string, hops = 0): string | undefined {
  const place = join(root, path)
  const stats = lstatSync(place, { throwIfNoEntry: false })
  if (stats?.isSymbolicLink() && hops < mostHops)
    return readOptional(root, posix.resolve('/', posix.dirname(path), readlinkSync(place)), hops + 1)
  return stats?.isFile() ? readFileSync(place, 'utf8') : undefined
}
