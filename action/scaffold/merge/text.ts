/** A text as it is merged: lines without what ends them, and how its author writes a file. */
export interface Text {
  readonly lines: readonly string[]
  /** Whether the last line is ended; that of an empty file is. */
  readonly isEnded: boolean
  /** What ends every line. In a file of mixed endings it is `\n`, and a line keeps its `\r`. */
  readonly ending: '\n' | '\r\n'
  readonly hasMark: boolean
}

const mark = '\uFEFF'

/** Reads a file as text; nothing when it is binary: a NUL byte, or not UTF-8. */
export function decode(content: Buffer): Text | undefined {
  if (content.includes(0)) return undefined
  let text: string
  try {
    text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(content)
  } catch {
    return undefined
  }
  const hasMark = text.startsWith(mark)
  const body = hasMark ? text.slice(1) : text
  const ending = body.includes('\r\n') && !/(?<!\r)\n/.test(body) ? '\r\n' : '\n'
  const lines = body === '' ? [] : body.split(ending)
  const isEnded = lines.length === 0 || lines.at(-1) === ''
  return { lines: isEnded ? lines.slice(0, -1) : lines, isEnded, ending, hasMark }
}

/** The text with `\n` alone. */
export function plain({ lines, isEnded }: Pick<Text, 'lines' | 'isEnded'>): string {
  return lines.join('\n') + (isEnded && lines.length > 0 ? '\n' : '')
}

/** Bytes of a text with `\n` alone, with the line endings and the byte order mark of `style`. */
export function inStyleOf(style: Text, text: string): Buffer {
  return Buffer.from((style.hasMark ? mark : '') + (style.ending === '\n' ? text : text.replaceAll('\n', '\r\n')))
}

export function equalLines(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((line, index) => line === b[index])
}

/** Whether two files hold the same lines, whatever ends them: a checkout may turn line endings around. */
export function sameLines(a: Buffer, b: Buffer): boolean {
  const [left, right] = [decode(a), decode(b)]
  return left !== undefined && right !== undefined && plain(left) === plain(right)
}
