import type { Diagnostic } from '../config/diagnostics.ts'
import type { Project } from '../config/project.ts'
import { countDiagnostics } from './diagnostics.ts'
import { type ServiceView, serviceColumns, serviceRow } from './services.ts'
import { escapeCell, markdownTable } from './table.ts'
import { topology } from './topology.ts'

export interface SummaryContent {
  readonly title: string
  readonly project: Project | undefined
  readonly services: readonly ServiceView[]
  readonly files: readonly string[]
  readonly diagnostics: readonly Diagnostic[]
  readonly start: string | undefined
}

const filesShown = 50

/** The job summary as Markdown: services, picture, files, findings. Stays far below the runner's 1 MiB. */
export function formatSummary({ title, project, services, files, diagnostics, start }: SummaryContent): string {
  const parts = [`## ${title}\n`]
  if (project !== undefined) {
    parts.push(`Project **${escapeCell(project.name)}**, environment **${escapeCell(project.environment.name)}**.\n`)
    if (services.length > 0)
      parts.push(markdownTable([...serviceColumns], services.map(serviceRow)), `\`\`\`mermaid\n${topology(project)}\`\`\`\n`)
  }
  if (files.length > 0) {
    const more = files.length > filesShown ? `\n…and ${files.length - filesShown} more` : ''
    parts.push(
      `<details><summary>${files.length} files changed</summary>\n\n\`\`\`\n${files.slice(0, filesShown).join('\n')}${more}\n\`\`\`\n</details>\n`,
    )
  }
  if (diagnostics.length > 0) {
    const rows = diagnostics
      .slice(0, 200)
      .map(({ severity, code, message, fix, position }) => [
        severity,
        code,
        position === undefined ? '' : `${position.file}:${position.line}:${position.column}`,
        message,
        fix,
      ])
    parts.push(
      `### Findings${countDiagnostics(diagnostics) === '' ? '' : `: ${countDiagnostics(diagnostics)}`}\n`,
      markdownTable(['', 'code', 'where', 'what', 'fix'], rows),
    )
  }
  if (start !== undefined) parts.push(`Start the stack: \`${start}\`\n`)
  return parts.join('\n')
}
