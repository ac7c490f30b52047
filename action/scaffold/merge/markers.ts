/** What the three sides of a conflict are called where a person reads them. */
export interface Labels {
  /** `template express-ts 1.2.0` */
  readonly theirs: string
}

export const oursLabel = 'yours'
const baseLabel = 'base'

/** One conflict with its three sides, as `git` writes it with `merge.conflictStyle=diff3`. */
export function withMarkers(ours: readonly string[], base: readonly string[], theirs: readonly string[], labels: Labels): string[] {
  return [`<<<<<<< ${oursLabel}`, ...ours, `||||||| ${baseLabel}`, ...base, '=======', ...theirs, `>>>>>>> ${labels.theirs}`]
}

/** The text with each of our conflicts settled in favour of the user. */
export function withOwnSides(text: string): string {
  return text.replace(/^<{7} yours\n([\s\S]*?)^\|{7} base\n[\s\S]*?^>{7} template \S+ \S+\n/gm, '$1')
}

/** The first line, from 1, on which a conflict that we wrote begins or ends; nothing when there is none. */
export function firstMarker(text: string): number | undefined {
  const found = /^(?:<{7} yours|\|{7} base|>{7} template \S+ \S+)\r?$/m.exec(text)
  return found === null ? undefined : text.slice(0, found.index).split('\n').length
}
