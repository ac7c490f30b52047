import { edit } from './edit.ts'
import { type Merged, mergeLines } from './lines.ts'
import { type Labels, withMarkers, withOwnSides } from './markers.ts'
import { type Branch, entryOf, meaningOf, type Outline, type Path, type ReadOutline } from './outline.ts'
import { lineNumber } from './positions.ts'
import { decode, plain, type Text } from './text.ts'
import { type Operation, planManifest } from './three-way.ts'
import { Unsafe } from './unsafe.ts'
import { holdsOwn, isComplete, isFaithful, type Sides } from './verify.ts'

type Texts = Readonly<Record<keyof Sides, Text>>

/**
 * Merges a manifest by key. The merge by lines is taken where it is clean and holds every change of both sides, since it carries
 * comments, too; else the template's changes are made in the user's text one by one. Where that is not safe, the lines decide.
 */
export function mergeManifest(read: ReadOutline, texts: Texts, byLines: Merged, labels: Labels): Merged {
  return mergeByKey(read, texts, byLines, labels) ?? (isBroken(read, texts, byLines) ? wholeConflict(texts, labels) : byLines)
}

// Lines that fit together can still make a manifest that nobody can read, or that says something else than both sides: one key twice,
// a comma too few. The same where there are conflicts, once the user has chosen the own side of each.
function isBroken(read: ReadOutline, texts: Texts, { text }: Merged): boolean {
  const [base, ours, theirs] = [read(plain(texts.base)), read(plain(texts.ours)), read(plain(texts.theirs))]
  if (ours === undefined) return false
  const merged = read(withOwnSides(text))
  if (merged === undefined) return true
  if (base === undefined || theirs === undefined) return false
  const sides = { base, ours, theirs }
  return !holdsOwn(sides, merged) || !isFaithful(sides, merged)
}

function wholeConflict({ base, ours, theirs }: Texts, labels: Labels): Merged {
  return { text: plain({ lines: withMarkers(ours.lines, base.lines, theirs.lines, labels), isEnded: true }), conflicts: [1] }
}

function mergeByKey(read: ReadOutline, texts: Texts, byLines: Merged, labels: Labels): Merged | undefined {
  const source = { base: plain(texts.base), ours: plain(texts.ours), theirs: plain(texts.theirs) }
  const [base, ours, theirs] = [read(source.base), read(source.ours), read(source.theirs)]
  if (base === undefined || ours === undefined || theirs === undefined) return undefined
  const sides = { base, ours, theirs }
  const { operations, disagreements } = planManifest(base.root, ours.root, theirs.root)
  if (byLines.conflicts.length === 0) {
    const merged = read(byLines.text)
    if (merged !== undefined && (disagreements.length > 0 ? isFaithful(sides, merged) : isComplete(sides, merged))) return byLines
  }
  try {
    const agreed = withComments(read, sides, source, editAll(read, source.ours, operations, source))
    const outline = read(agreed)
    if (outline === undefined) return undefined
    if (disagreements.length === 0) return isComplete(sides, outline) ? { text: agreed, conflicts: [] } : undefined
    const left = planManifest(base.root, outline.root, theirs.root)
    if (left.operations.length > 0 || left.disagreements.length !== disagreements.length || !isFaithful(sides, outline)) return undefined
    // Three versions of the user's own text that differ in nothing but what the sides disagree about: short conflicts, in their format.
    const [old, next] = (['base', 'theirs'] as const).map((side) =>
      editAll(
        read,
        agreed,
        disagreements.map((disagreement) => disagreement[side]),
        source,
      ),
    )
    const marked = mergeLines('', asText(old), asText(agreed), asText(next), labels)
    if (marked.conflicts.length === 0 || meaningOf(read(withOwnSides(marked.text))?.root) !== meaningOf(outline.root)) return undefined
    return { text: marked.text, conflicts: disagreements.map(({ path }) => lineNumber(source.ours, offsetOf(ours.root, path))) }
  } catch (error) {
    if (error instanceof Unsafe) return undefined
    throw error
  }
}

// The text is read again after each edit, so that offsets are never stale.
function editAll(read: ReadOutline, text: string, operations: readonly Operation[], source: { base: string; theirs: string }): string {
  return operations.reduce((edited, operation) => {
    const outline = read(edited)
    if (outline === undefined) throw new Unsafe()
    return edit(edited, outline.root, operation, source)
  }, text)
}

/**
 * Edits by key carry no comments. Those that the template added are merged by lines, now that all values agree: the base is brought to
 * the template's values, so that nothing but comments is left to differ.
 */
function withComments(read: ReadOutline, sides: Sides, source: { base: string; theirs: string }, agreed: string): string {
  if (!lacksComment(sides, read(agreed))) return agreed
  const { operations } = planManifest(sides.base.root, sides.base.root, sides.theirs.root)
  const base = editAll(read, source.base, operations, source)
  const { text, conflicts } = mergeLines('', asText(base), asText(agreed), asText(source.theirs), { theirs: '' })
  if (conflicts.length > 0 || lacksComment(sides, read(text))) throw new Unsafe()
  return text
}

function lacksComment({ base, ours, theirs }: Sides, merged: Outline | undefined): boolean {
  return [...ours.comments, ...theirs.comments].some((comment) => !base.comments.includes(comment) && !merged?.comments.includes(comment))
}

function asText(text: string | undefined): Text {
  const decoded = decode(Buffer.from(text ?? ''))
  if (decoded === undefined) throw new Unsafe()
  return decoded
}

/** Where a path begins, or the innermost part of it that is there. */
function offsetOf(root: Branch, path: Path): number {
  let [branch, offset]: [Branch | undefined, number] = [root, root.start]
  for (const key of path) {
    const entry = entryOf(branch, key)
    if (entry === undefined) break
    offset = entry.start
    branch = entry.node.kind === 'branch' ? entry.node : undefined
  }
  return offset
}
