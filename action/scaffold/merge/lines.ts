import { diff3MergeRegions, type IRegion } from 'node-diff3'
import { cutAtAnchors, type Stretch } from './anchors.ts'
import { alignVersions, settle } from './line-rules.ts'
import { type Labels, withMarkers } from './markers.ts'
import { equalLines, plain, type Text } from './text.ts'

/** A merged text with `\n` alone. Where both sides changed the same lines it holds markers. */
export interface Merged {
  readonly text: string
  /** Where the conflicts are in the user's own text: the line, from 1, at which each begins. None: the merge is clean. */
  readonly conflicts: readonly number[]
}

/** Merges line by line (diff3). `path` decides which rules of the kind of file settle what looks like a conflict. */
export function mergeLines(path: string, base: Text, ours: Text, theirs: Text, labels: Labels): Merged {
  // In parts: one call takes only so many arguments as a long file has lines.
  const merged: (readonly string[])[] = []
  const conflicts: number[] = []
  let start = 1
  const aligned = alignVersions(path, { ours: ours.lines, base: base.lines, theirs: theirs.lines })
  for (const stretch of cutAtAnchors(aligned.ours, aligned.base, aligned.theirs)) {
    for (const region of regionsOf(stretch)) {
      if (region.stable) {
        merged.push(region.bufferContent)
        continue
      }
      const { aContent, oContent, bContent } = region
      const settled = equalLines(aContent, bContent) ? aContent : settle(path, { ours: aContent, base: oContent, theirs: bContent })
      if (settled === undefined) conflicts.push(start + region.aStart)
      merged.push(settled ?? withMarkers(aContent, oContent, bContent, labels))
    }
    start += stretch.ours.length
  }
  // A conflict at the end needs its last marker on a line of its own.
  const isEnded = conflicts.length > 0 || (ours.isEnded === base.isEnded ? theirs.isEnded : ours.isEnded)
  return { text: plain({ lines: merged.flat(), isEnded }), conflicts }
}

const mostPairs = 20_000

function regionsOf({ ours, base, theirs, isAnchor }: Stretch): IRegion<string>[] {
  const whole = (bufferContent: readonly string[]): IRegion<string>[] => [
    { stable: true, buffer: 'o', bufferStart: 0, bufferLength: bufferContent.length, bufferContent: [...bufferContent] },
  ]
  if (isAnchor || equalLines(theirs, base)) return whole(ours)
  if (equalLines(ours, base)) return whole(theirs)
  if (pairs(base, ours) + pairs(base, theirs) <= mostPairs) return diff3MergeRegions([...ours], [...base], [...theirs])
  // Thousands of lines of which none is unique would take minutes.
  return [
    {
      stable: false,
      ...{ aStart: 0, aLength: ours.length, aContent: [...ours] },
      ...{ oStart: 0, oLength: base.length, oContent: [...base] },
      ...{ bStart: 0, bLength: theirs.length, bContent: [...theirs] },
    },
  ]
}

/** How many pairs of equal lines two texts have: what diff3 has to look at. */
function pairs(a: readonly string[], b: readonly string[]): number {
  const counts = new Map<string, number>()
  for (const line of a) counts.set(line, (counts.get(line) ?? 0) + 1)
  return b.reduce((sum, line) => sum + (counts.get(line) ?? 0), 0)
}
