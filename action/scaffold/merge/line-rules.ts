import { uniqueLines } from './anchors.ts'
import { equalLines } from './text.ts'
import { dependencyEntry, fromEntry, newerFrom, newerOf } from './versions.ts'

const dockerfile = /(?:^|\/)(?:[^/]*\.)?Dockerfile(?:\.[^/]*)?$/i
const dependencyList =
  /(?:^|\/)(?:go\.mod|requirements[^/]*\.txt|Gemfile|[^/]+\.gemspec|mix\.exs|pom\.xml|[^/]+\.(?:cs|fs)proj|Directory\.Packages\.props|build\.gradle(?:\.kts)?|libs\.versions\.toml|Package\.swift)$/
// Of these every line with a number is a dependency; the others are code, or hold ports and limits, too.
const plainList = /(?:^|\/)(?:go\.mod|requirements[^/]*\.txt)$/
const versionLine = /\d\.\d|version|release|toolchain|jdk|\bgem\b/i
const setOfLines = /(?:^|\/)(?:\.(?:git|docker)ignore|go\.mod|requirements[^/]*\.txt)$/

/** Three versions of a text, or of a place in it, as lines. */
export type Sides = Readonly<Record<'ours' | 'base' | 'theirs', readonly string[]>>

/**
 * Decides the versions first: where both sides have an entry once, in a Dockerfile's `FROM` or a list of dependencies, each of the three
 * texts gets the line that wins. What is left to compare then differs in other things alone.
 */
export function alignVersions(path: string, sides: Sides): Sides {
  const entryOf = entryOfLine(path)
  if (entryOf === undefined) return sides
  const newer = dockerfile.test(path) ? newerFrom : newerOf
  const aligned = { ours: [...sides.ours], base: [...sides.base], theirs: [...sides.theirs] }
  const [inBase, inOurs, inTheirs] = [sides.base, sides.ours, sides.theirs].map((lines) => uniqueLines(lines, entryOf(lines)))
  for (const [entry, b] of inBase ?? []) {
    const [o, t] = [inOurs?.get(entry), inTheirs?.get(entry)]
    if (o === undefined || t === undefined) continue
    const [base, ours, theirs] = [withoutComma(sides.base[b]), withoutComma(sides.ours[o]), withoutComma(sides.theirs[t])]
    const winner = ours === base ? theirs : theirs === base ? ours : newer(base, ours, theirs)
    if (winner === undefined) continue
    aligned.base[b] = winner + (sides.base[b] as string).slice(base.length)
    aligned.ours[o] = winner + (sides.ours[o] as string).slice(ours.length)
    aligned.theirs[t] = winner + (sides.theirs[t] as string).slice(theirs.length)
  }
  return aligned
}

// Whoever adds behind the last entry of a list gives that one a comma.
function withoutComma(line = ''): string {
  return line.replace(/,\s*$/, '')
}

type EntryOf = (line: string, index: number) => string | undefined

/** How lines of a file are named as entries with a version; nothing for a file that has none. */
function entryOfLine(path: string): ((lines: readonly string[]) => EntryOf) | undefined {
  if (dockerfile.test(path)) return () => fromEntry
  if (plainList.test(path)) return () => dependencyEntry
  if (!dependencyList.test(path)) return undefined
  return (lines) => (line, index) => {
    const entry = versionLine.test(line) ? dependencyEntry(withoutComma(line)) : undefined
    return entry === undefined ? undefined : artifactAbove(lines, index) + entry
  }
}

// In pom.xml all versions look alike: whose one is says the line above it.
function artifactAbove(lines: readonly string[], index: number): string {
  return lines.slice(0, index).findLast((line) => line.includes('<artifactId>')) ?? ''
}

/**
 * Settles a clash that only looks like one, in files of which every line is an entry of its own (a Dockerfile, a list of
 * dependencies or of ignored paths). Returns the merged lines, or nothing where a person has to decide.
 */
export function settle(path: string, clash: Sides): readonly string[] | undefined {
  if (!dockerfile.test(path) && !dependencyList.test(path) && !setOfLines.test(path)) return undefined
  return besideEachOther(clash) ?? (setOfLines.test(path) ? both(clash) : undefined)
}

// One side changed lines, the other added some before or after them: both apply.
function besideEachOther({ ours, base, theirs }: Sides): string[] | undefined {
  if (base.length === 0) return undefined
  for (const [added, changed] of [
    [ours, theirs],
    [theirs, ours],
  ] as const) {
    if (changed.length !== base.length || added.length <= base.length) continue
    const extra = added.length - base.length
    if (equalLines(added.slice(0, base.length), base)) return [...changed, ...added.slice(base.length)]
    if (equalLines(added.slice(extra), base)) return [...added.slice(0, extra), ...changed]
  }
  return undefined
}

// Both added entries in one place of a file in which order hardly matters; each is there once.
function both({ ours, base, theirs }: Sides): string[] | undefined {
  return base.length === 0 ? [...ours, ...theirs.filter((line) => !ours.includes(line))] : undefined
}
