import { createHash } from 'node:crypto'
import type { Diagnostic } from '../config/diagnostics.ts'
import { escapeCell, markdownTable } from '../report/table.ts'
import { baseFolder } from '../scaffold/lock.ts'
import { conflictsIn } from './conflicts.ts'
import type { GitEntry, TreeEdit } from './git-tree.ts'
import type { ServiceNews } from './service-news.ts'

/** What the body of a pull request tells. */
export interface Report {
  /** The user's own text, put first. */
  readonly intro: string
  readonly base: string
  /** The project's folder in the repository: '' or with a final `/`. */
  readonly prefix: string
  readonly services: readonly ServiceNews[]
  /** Environment → what changes there. */
  readonly effects: ReadonlyMap<string, readonly string[]>
  readonly edits: readonly TreeEdit[]
  readonly diagnostics: readonly Diagnostic[]
}

/** What a later run has to know. */
export interface State {
  /** Digest of the edits that the body describes. */
  readonly edits: string
  /** Hash of the title that was set last. */
  readonly title: string
}

/** GitHub takes 65,536 characters; text of people's may stand around ours. */
const longest = 60_000

const begin = '<!-- nself-build -->'
const end = /<!-- \/nself-build (\{[^>]*\}) -->/

/** Our part of the body: as much of the report as fits, and the state, hidden. `hide` takes secrets out of text. */
export function composeBody(report: Report, state: State, hide: (text: string) => string): string {
  const marker = `<!-- /nself-build ${JSON.stringify({ v: 1, ...state })} -->`
  // What others wrote, a side of a conflict say, may hold marks of its own.
  const frame = (text: string) => `${begin}\n${hide(text).replace(/<!--(?= *\/?nself-build)/g, '<! --')}\n${marker}`
  for (const detail of details) {
    const body = frame(reportText(report, detail))
    if (body.length <= longest) return body
  }
  return frame(
    `This changes ${report.edits.length} files of \`${report.base}\`. The report is too long for this place: the log of the run has it.`,
  )
}

/** The body with our part renewed, and everything that people wrote around it; `undefined` when they took our part out. */
export function renewBody(current: string, ours: string): string | undefined {
  const text = current.replaceAll('\r\n', '\n')
  const start = text.indexOf(begin)
  const stop = end.exec(text)
  if (start === -1 || stop === null || stop.index < start) return undefined
  return text.slice(0, start) + ours + text.slice(stop.index + stop[0].length)
}

/** The state in a body; nothing when there is none that can be read. */
export function stateOf(body: string): State | undefined {
  try {
    const { v, edits, title } = JSON.parse(end.exec(body)?.[1] ?? '')
    return v === 1 && typeof edits === 'string' && typeof title === 'string' ? { edits, title } : undefined
  } catch {
    return undefined
  }
}

export function titleHash(title: string): string {
  return createHash('sha256').update(title.trim()).digest('hex').slice(0, 16)
}

/** How much is told, from everything to the least: the number of rows per table, of conflicts with their text, of files. */
interface Detail {
  readonly rows: number
  readonly conflicts: number
  readonly files: number
}

const details: readonly Detail[] = [
  { rows: 500, conflicts: 50, files: 1000 },
  { rows: 500, conflicts: 50, files: 100 },
  { rows: 200, conflicts: 10, files: 50 },
  { rows: 100, conflicts: 0, files: 20 },
  { rows: 20, conflicts: 0, files: 0 },
]

function reportText(report: Report, { rows, conflicts, files }: Detail): string {
  const { intro, base, services, effects, edits, diagnostics, prefix } = report
  const sections = [
    intro,
    `\`nself-build\` made this from the \`CS_N\` lines and templates: what \`${base}\` lacks of the files that they stand for.`,
    services.length === 0 ? '' : `### Services\n\n${table(['service', 'what', 'line', 'files'], services.map(serviceCells), rows)}`,
    effectsText(effects, rows),
    conflictsText(edits, prefix, conflicts),
    findingsText(diagnostics, rows),
    filesText(edits, prefix, files),
    'Commits of yours on this branch are safe: from then on `nself-build` leaves it alone. To decline, close this and keep its branch.',
  ]
  return sections.filter((section) => section !== '').join('\n\n')
}

function serviceCells({ name, reason, line, files }: ServiceNews): string[] {
  return [name, reason, line, String(files)]
}

function effectsText(effects: Report['effects'], rows: number): string {
  const changed = [...effects].filter(([, lines]) => lines.length > 0)
  if (changed.length === 0) return ''
  const lists = changed.map(
    ([environment, lines]) =>
      `**${escapeCell(environment)}**\n\n${some(
        lines.map((line) => `* ${escapeCell(line)}`),
        rows,
        'lines',
      )}`,
  )
  return `### What runs and answers\n\n${lists.join('\n\n')}`
}

function conflictsText(edits: readonly TreeEdit[], prefix: string, shown: number): string {
  const found = edits.flatMap(({ path, after }) =>
    after?.content === undefined ? [] : conflictsIn(after.content.toString('utf8')).map((conflict) => ({ path, ...conflict })),
  )
  if (found.length === 0) return ''
  const blocks = found.slice(0, shown).map(({ path, line, ours, theirs, label }) => {
    const places = `**${escapeCell(prefix + path)}**, line ${line}`
    return `${places}: yours\n\n${fence(ours)}\n\n${escapeCell(label)}:\n\n${fence(theirs)}`
  })
  const paths = [...new Set(found.map(({ path }) => prefix + path))]
  return `### Conflicts: ${found.length}

You and the template changed the same lines. The last commit has both, between markers: choose in this branch, with an editor or on this page, and delete the markers. Until then the check \`nself/merge\` fails and nothing is built from these files.

${
  shown === 0
    ? some(
        paths.map((path) => `* ${escapeCell(path)}`),
        20,
        'files',
      )
    : some(blocks, shown, 'conflicts', found.length)
}`
}

function findingsText(diagnostics: readonly Diagnostic[], rows: number): string {
  if (diagnostics.length === 0) return ''
  const cells = diagnostics.map(({ severity, code, message, fix, position }) => [
    severity,
    code,
    position === undefined ? '' : `${position.file}:${position.line}`,
    message,
    fix,
  ])
  return `### Findings\n\n${table(['', 'code', 'where', 'what', 'fix'], cells, rows)}`
}

function filesText(edits: readonly TreeEdit[], prefix: string, shown: number): string {
  if (shown === 0) return `${edits.length} files change.`
  const visible = edits.filter(({ path }) => !path.startsWith(`${baseFolder}/`))
  const copies = edits.length - visible.length
  const lines = visible.map(({ path, before, after }) => `${verb(before, after)} ${prefix}${path}`)
  const rest = copies === 0 ? '' : `\nand ${copies} pristine copies in ${prefix}${baseFolder}`
  return `<details><summary>${visible.length} files</summary>\n\n${fence(some(lines, shown, 'files') + rest)}\n</details>`
}

function verb(before: GitEntry | undefined, after: GitEntry | undefined): string {
  if (before === undefined) return 'new    '
  if (after === undefined) return 'gone   '
  return before.sha === after.sha ? 'mode   ' : 'changed'
}

function table(header: readonly string[], rows: readonly (readonly string[])[], shown: number): string {
  const more = rows.length > shown ? `\n…and ${rows.length - shown} more` : ''
  return `${markdownTable(header, rows.slice(0, shown)).trimEnd()}${more}`
}

function some(lines: readonly string[], shown: number, what: string, all = lines.length): string {
  return [...lines.slice(0, shown), ...(all > shown ? [`…and ${all - shown} more ${what}`] : [])].join('\n')
}

// Longer than any fence inside.
function fence(text: string): string {
  const longestRun = Math.max(2, ...[...text.matchAll(/`+/g)].map(([run]) => run.length))
  const ticks = '`'.repeat(longestRun + 1)
  return `${ticks}\n${text}\n${ticks}`
}
