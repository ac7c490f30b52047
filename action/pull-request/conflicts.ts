/** One conflict that was written with markers. */
export interface Conflict {
  readonly line: number
  readonly ours: string
  readonly theirs: string
  /** `template express-ts 1.2.0` */
  readonly label: string
}

const block = /^<{7} yours\r?\n([\s\S]*?)^\|{7} base\r?\n[\s\S]*?^={7}\r?\n([\s\S]*?)^>{7} (template \S+ \S+)\r?$/gm
const longestSide = 2000

/** The conflicts in a text, each side shortened where it is long. */
export function conflictsIn(text: string): Conflict[] {
  return [...text.matchAll(block)].map(({ index, 1: ours = '', 2: theirs = '', 3: label = '' }) => ({
    line: text.slice(0, index).split('\n').length,
    ours: shorten(ours),
    theirs: shorten(theirs),
    label,
  }))
}

function shorten(side: string): string {
  const text = side.replaceAll('\r\n', '\n').trimEnd()
  return text.length > longestSide ? `${text.slice(0, longestSide)}\n…` : text
}
