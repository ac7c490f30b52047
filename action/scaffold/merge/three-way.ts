import { type Branch, type Entry, entryOf, isDependency, meaningOf, type Node, type Path } from './outline.ts'
import { newerOf, versionDifference } from './versions.ts'

/** One change of a manifest's text. What is put in comes from the side it belongs to, as that side spells it. */
export type Operation =
  | { readonly kind: 'set'; readonly path: Path; readonly node: Node; readonly from: 'base' | 'theirs' }
  | {
      readonly kind: 'insert'
      readonly path: Path
      readonly entry: Entry
      readonly after: string | undefined
      readonly from: 'base' | 'theirs'
    }
  | { readonly kind: 'delete'; readonly path: Path }

/** What both sides changed: how the user's text would read with the template's answer, and with the old one. */
export interface Disagreement {
  readonly path: Path
  readonly theirs: Operation
  readonly base: Operation
}

export interface ManifestPlan {
  readonly operations: readonly Operation[]
  readonly disagreements: readonly Disagreement[]
}

/** What has to change in the user's manifest so that it holds what the template changed since the base. */
export function planManifest(base: Branch, ours: Branch, theirs: Branch): ManifestPlan {
  const plan = { operations: [] as Operation[], disagreements: [] as Disagreement[] }
  mergeEntries(base, ours, theirs, [], plan)
  return plan
}

type Plan = { operations: Operation[]; disagreements: Disagreement[] }

function mergeEntries(base: Branch | undefined, ours: Branch, theirs: Branch, parent: Path, plan: Plan): void {
  // Keys that are in the user's text by now, in the template's order: a new one goes behind the one it follows there.
  let after: string | undefined
  for (const entry of theirs.entries) {
    const { key } = entry
    const [old, own] = [entryOf(base, key), entryOf(ours, key)]
    const path = [...parent, key]
    if (own !== undefined) mergeNodes(old?.node, own.node, entry.node, path, plan)
    else if (old === undefined) plan.operations.push({ kind: 'insert', path: parent, entry, after, from: 'theirs' })
    else if (!isGoneForGood(old.node, entry.node, path)) {
      const insert = { kind: 'insert', path: parent, after } as const
      plan.disagreements.push({ path, theirs: { ...insert, entry, from: 'theirs' }, base: { ...insert, entry: old, from: 'base' } })
      continue
    } else continue
    after = key
  }
  for (const old of base?.entries ?? []) {
    const own = entryOf(ours, old.key)
    if (own === undefined || entryOf(theirs, old.key) !== undefined) continue
    const path = [...parent, old.key]
    if (meaningOf(own.node) === meaningOf(old.node)) plan.operations.push({ kind: 'delete', path })
    else if (!isBump(old.node, own.node, path))
      plan.disagreements.push({ path, theirs: { kind: 'delete', path }, base: { kind: 'set', path, node: old.node, from: 'base' } })
  }
}

// What the user removed stays removed while the template only leaves it alone, or bumps its version.
function isGoneForGood(old: Node, next: Node, path: Path): boolean {
  return meaningOf(old) === meaningOf(next) || isBump(old, next, path)
}

function mergeNodes(base: Node | undefined, ours: Node, theirs: Node, path: Path, plan: Plan): void {
  if (meaningOf(ours) === meaningOf(theirs) || meaningOf(theirs) === meaningOf(base)) return
  if (ours.kind === 'branch' && theirs.kind === 'branch') {
    mergeEntries(base?.kind === 'branch' ? base : undefined, ours, theirs, path, plan)
    return
  }
  const set: Operation = { kind: 'set', path, node: theirs, from: 'theirs' }
  if (meaningOf(ours) === meaningOf(base)) {
    plan.operations.push(set)
    return
  }
  const isVersion = isDependency(path) && ours.kind === 'leaf' && theirs.kind === 'leaf'
  const newer = isVersion ? newerOf(meaningOf(base), ours.value, theirs.value) : undefined
  if (newer === meaningOf(theirs)) plan.operations.push(set)
  else if (newer === undefined)
    plan.disagreements.push({
      path,
      theirs: set,
      base: base === undefined ? { kind: 'delete', path } : { kind: 'set', path, node: base, from: 'base' },
    })
}

function isBump(a: Node, b: Node, path: Path): boolean {
  return isDependency(path) && a.kind === 'leaf' && b.kind === 'leaf' && versionDifference(a.value, b.value) !== undefined
}
