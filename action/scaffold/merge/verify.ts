import { entryOf, meaningOf, type Node, type Outline } from './outline.ts'
import { planManifest } from './three-way.ts'

/** The three versions of a manifest, read. */
export interface Sides {
  readonly base: Outline
  readonly ours: Outline
  readonly theirs: Outline
}

/** Whether neither side has a change that the merged text lacks, and the merged text has none that neither side made. */
export function isComplete(sides: Sides, merged: Outline): boolean {
  const holdsAll = [sides.theirs, sides.ours].every((side) => {
    const { operations, disagreements } = planManifest(sides.base.root, merged.root, side.root)
    return operations.length === 0 && disagreements.length === 0
  })
  return holdsAll && isFaithful(sides, merged)
}

/** Whether the merged text holds what the user added, changed and removed, as far as the template has no answer of its own. */
export function holdsOwn({ base, ours }: Sides, merged: Outline): boolean {
  return planManifest(base.root, merged.root, ours.root).operations.length === 0
}

/**
 * Whether the merged text says nothing that neither side says. A line in the wrong place does: a key of TOML that came to lie below the
 * header of another table, say.
 */
export function isFaithful({ ours, theirs }: Pick<Sides, 'ours' | 'theirs'>, merged: Outline): boolean {
  return saysNothingElse(ours.root, theirs.root, merged.root)
}

function saysNothingElse(ours: Node, theirs: Node, merged: Node): boolean {
  const isOneOf = (...sides: Node[]) => sides.some((side) => meaningOf(side) === meaningOf(merged))
  if (meaningOf(ours) === meaningOf(theirs)) return isOneOf(ours)
  // A list to which both added lines holds both.
  if (ours.kind === 'leaf' && theirs.kind === 'leaf' && merged.kind === 'leaf') return true
  if (ours.kind === 'leaf' || theirs.kind === 'leaf' || merged.kind === 'leaf') return isOneOf(ours, theirs)
  const keys = new Set([ours, theirs, merged].flatMap(({ entries }) => entries.map(({ key }) => key)))
  return [...keys].every((key) => {
    const [own, next, now] = [ours, theirs, merged].map((branch) => entryOf(branch, key)?.node)
    if (own !== undefined && next !== undefined) return now !== undefined && saysNothingElse(own, next, now)
    return now === undefined || meaningOf(now) === meaningOf(own ?? next)
  })
}
