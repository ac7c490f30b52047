/** The same stretch of three texts. */
export interface Stretch {
  readonly ours: readonly string[]
  readonly base: readonly string[]
  readonly theirs: readonly string[]
  /** A single line that all three have, and have once. */
  readonly isAnchor: boolean
}

type Place = readonly [base: number, ours: number, theirs: number]

/**
 * Cuts three texts at the lines that each of them has exactly once and in the same order, as a patience diff does. What lies
 * between is short, which matters: the time of diff3 grows with the square of repeated lines.
 */
export function cutAtAnchors(ours: readonly string[], base: readonly string[], theirs: readonly string[]): Stretch[] {
  const stretches: Stretch[] = []
  let [b, o, t] = [0, 0, 0]
  const between = (toB: number, toO: number, toT: number) => {
    if (toB > b || toO > o || toT > t)
      stretches.push({ base: base.slice(b, toB), ours: ours.slice(o, toO), theirs: theirs.slice(t, toT), isAnchor: false })
  }
  for (const [inBase, inOurs, inTheirs] of anchorsOf(ours, base, theirs)) {
    between(inBase, inOurs, inTheirs)
    const line = [base[inBase] as string]
    stretches.push({ base: line, ours: line, theirs: line, isAnchor: true })
    ;[b, o, t] = [inBase + 1, inOurs + 1, inTheirs + 1]
  }
  between(base.length, ours.length, theirs.length)
  return stretches
}

function anchorsOf(ours: readonly string[], base: readonly string[], theirs: readonly string[]): Place[] {
  const [inOurs, inTheirs] = [uniqueLines(ours), uniqueLines(theirs)]
  const common = [...uniqueLines(base)].flatMap(([line, index]): Place[] => {
    const [o, t] = [inOurs.get(line), inTheirs.get(line)]
    return o === undefined || t === undefined ? [] : [[index, o, t]]
  })
  return longestRise(
    longestRise(common, ([, place]) => place),
    ([, , place]) => place,
  )
}

/** Lines that occur once, with their place, in order; by what `keyOf` calls them, without those that it has no name for. */
export function uniqueLines(
  lines: readonly string[],
  keyOf: (line: string, index: number) => string | undefined = (line) => line,
): Map<string, number> {
  const places = new Map<string, number>()
  const repeated = new Set<string>()
  for (const [index, line] of lines.entries()) {
    const key = keyOf(line, index)
    if (key === undefined) continue
    if (places.has(key)) repeated.add(key)
    else places.set(key, index)
  }
  for (const key of repeated) places.delete(key)
  return places
}

/** The longest selection of the items, in their order, by which the value only rises (patience sorting). */
function longestRise<T>(items: readonly T[], rankOf: (item: T) => number): T[] {
  interface Card {
    readonly item: T
    readonly before: Card | undefined
  }
  const piles: Card[] = []
  for (const item of items) {
    let [low, high] = [0, piles.length]
    while (low < high) {
      const middle = (low + high) >> 1
      if (rankOf((piles[middle] as Card).item) < rankOf(item)) low = middle + 1
      else high = middle
    }
    piles[low] = { item, before: piles[low - 1] }
  }
  const rise: T[] = []
  for (let card = piles.at(-1); card !== undefined; card = card.before) rise.push(card.item)
  return rise.reverse()
}
