import { createHash } from 'node:crypto'
import { lstatSync, readdirSync, readFileSync, readlinkSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import type { ContextEntry } from '../images/content-key.ts'
import { type IgnoreRules, ignoreRules } from '../images/context-files.ts'

/** A build context on disk. */
export interface BuildContext {
  readonly entries: readonly ContextEntry[]
  readonly dockerfile: { readonly path: string; readonly content: string }
}

/**
 * Lists what BuildKit would be sent of a folder, by reading the folder itself: git's index knows neither line-ending filters nor
 * submodules nor files marked unchanged, and would have to be checked against the disk anyway. Sockets, which BuildKit skips, are
 * left out. Throws when the Dockerfile is missing.
 */
export function readBuildContext(folder: string, dockerfile: string): BuildContext {
  const file = join(folder, dockerfile)
  const rules = ignoreRules(readOptional(`${file}.dockerignore`) ?? readOptional(join(folder, '.dockerignore')) ?? '')
  const entries: ContextEntry[] = []
  walk(folder, '', rules, entries)
  return { entries, dockerfile: { path: dockerfile, content: readFileSync(file, 'utf8') } }
}

/** Returns whether anything below was kept: an ignored folder is sent when one of its files comes back by a `!` line. */
function walk(root: string, parent: string, rules: IgnoreRules, entries: ContextEntry[]): boolean {
  let isKept = false
  for (const entry of readdirSync(join(root, parent), { withFileTypes: true })) {
    const path = parent === '' ? entry.name : `${parent}/${entry.name}`
    const isIgnored = rules.ignores(path)
    if (entry.isDirectory()) {
      if (isIgnored && !rules.mayReturn) continue
      const hasKept = walk(root, path, rules, entries)
      if (isIgnored && !hasKept) continue
      entries.push({ path, type: 'folder', mode: lstatSync(join(root, path)).mode & 0o7777, content: '' })
      isKept = true
    } else if (!isIgnored && !entry.isSocket()) {
      entries.push(describe(root, path, entry.isSymbolicLink()))
      isKept = true
    }
  }
  return isKept
}

function describe(root: string, path: string, isLink: boolean): ContextEntry {
  const place = join(root, path)
  if (isLink) return { path, type: 'link', mode: 0, content: readlinkSync(place) }
  const content = createHash('sha256').update(readFileSync(place)).digest('hex')
  return { path, type: 'file', mode: lstatSync(place).mode & 0o7777, content }
}

function readOptional(path: string): string | undefined {
  // Not existsSync alone: a folder of that name is no ignore file.
  return readdirNames(dirname(path)).has(basename(path)) ? readFileSync(path, 'utf8') : undefined
}

function readdirNames(folder: string): Set<string> {
  return new Set(readdirSync(folder, { withFileTypes: true }).flatMap((entry) => (entry.isDirectory() ? [] : [entry.name])))
}
