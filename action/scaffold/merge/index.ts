import { readJson } from './json.ts'
import { mergeLines } from './lines.ts'
import { firstMarker, type Labels } from './markers.ts'
import type { ReadOutline } from './outline.ts'
import { mergeManifest } from './structured.ts'
import { decode, inStyleOf, plain } from './text.ts'
import { readToml } from './toml.ts'
import { readYaml } from './yaml.ts'

/** Three versions of one file: the pristine text last integrated, the user's file, and the template's new text. */
export interface Versions {
  readonly path: string
  readonly base: Buffer
  readonly ours: Buffer
  readonly theirs: Buffer
}

export type FileMerge =
  | { readonly kind: 'clean'; readonly content: Buffer }
  /** `content` holds markers; `lines` are the places in the user's own file. */
  | { readonly kind: 'conflict'; readonly content: Buffer; readonly lines: readonly number[] }
  /** A file that is no text has no lines to merge. */
  | { readonly kind: 'binary' }
  /** Conflict markers of an earlier merge are still in it. */
  | { readonly kind: 'unresolved'; readonly line: number }

const manifests: readonly (readonly [RegExp, ReadOutline])[] = [
  [/\.jsonc?$/, readJson],
  [/\.toml$/, readToml],
  [/\.ya?ml$/, readYaml],
]

/** Merges a file that the user and the template both changed. The user's line endings and byte order mark stay. */
export function mergeFile({ path, base, ours, theirs }: Versions, labels: Labels): FileMerge {
  const texts = { base: decode(base), ours: decode(ours), theirs: decode(theirs) }
  if (texts.base === undefined || texts.ours === undefined || texts.theirs === undefined) return { kind: 'binary' }
  const sides = { base: texts.base, ours: texts.ours, theirs: texts.theirs }
  const marker = firstMarker(plain(sides.ours))
  if (marker !== undefined) return { kind: 'unresolved', line: marker }
  const byLines = mergeLines(path, sides.base, sides.ours, sides.theirs, labels)
  const read = manifests.find(([pattern]) => pattern.test(path))?.[1]
  const merged = read === undefined ? byLines : mergeManifest(read, sides, byLines, labels)
  const content = inStyleOf(sides.ours, merged.text)
  return merged.conflicts.length === 0 ? { kind: 'clean', content } : { kind: 'conflict', content, lines: merged.conflicts }
}
