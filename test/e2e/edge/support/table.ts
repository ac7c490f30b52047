import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { repository } from '../../support/bundle.ts'

const page = join(repository, 'docs/edge.md')

/** Writes the rows of one table of docs/edge.md, between its two marks. */
export function writeTable(section: string, heading: readonly string[], rows: readonly (readonly string[])[]): void {
  const line = (cells: readonly string[]) => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |\n`
  const table = line(heading) + line(heading.map(() => '---')) + rows.map(line).join('')
  const before = readFileSync(page, 'utf8')
  const marks = new RegExp(`(<!-- ${section}: [^>]*-->\n)[\\s\\S]*?(<!-- end -->)`)
  if (!marks.test(before)) throw new Error(`docs/edge.md has no place for ${section}`)
  const after = before.replace(marks, (_, start: string, end: string) => start + table + end)
  if (after !== before) writeFileSync(page, after)
}
