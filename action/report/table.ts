/** A text table with aligned columns, for terminals. */
export function textTable(header: readonly string[], rows: readonly (readonly string[])[]): string {
  const all = [header, ...rows]
  const widths = header.map((_, column) => Math.max(...all.map((row) => (row[column] ?? '').length)))
  return all
    .map(
      (row) =>
        `${row
          .map((cell, column) => cell.padEnd(widths[column] as number))
          .join('  ')
          .trimEnd()}\n`,
    )
    .join('')
}

/** A Markdown table; cells may hold any text. */
export function markdownTable(header: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.map(escapeCell).join(' | ')} |\n`
  return `${line(header)}|${' --- |'.repeat(header.length)}\n${rows.map(line).join('')}`
}

/** Keeps text from being read as Markdown or HTML. */
export function escapeCell(text: string): string {
  return text
    .replace(/[\\|<>&*_`[\]#]/g, (character) =>
      character === '<' ? '&lt;' : character === '>' ? '&gt;' : character === '&' ? '&amp;' : `\\${character}`,
    )
    .replace(/\r?\n/g, ' ')
}
