import { applyChanges } from '../adapters/files.ts'
import { startCommand } from '../render/wrapper.ts'
import { changedPaths, diffsOf } from '../report/changes.ts'
import { redact } from '../report/redact.ts'
import { projectData, viewServices } from '../report/services.ts'
import { formatSummary } from '../report/summary.ts'
import type { Context } from './context.ts'
import { prepare } from './project/prepare.ts'
import type { CommandResult } from './result.ts'

/** Scaffolds new services and writes compose, nginx and Postgres files. After an error nothing is written. */
export async function generate(context: Context): Promise<CommandResult> {
  const { project, changes, edits = [], diagnostics, secrets } = await prepare(context)
  const lost =
    edits.length === 0 ? '' : `Edits by hand in generated files (-), and what belongs there (+):\n\n${redact(diffsOf(edits), secrets)}\n`
  if (project === undefined || changes === undefined) {
    const result = refused(diagnostics, secrets)
    return { ...result, text: lost + result.text }
  }
  applyChanges(context.root, changes)

  const files = changedPaths(changes)
  const start = startCommand(project)
  const services = viewServices(project)
  return {
    exitCode: 0,
    diagnostics,
    secrets,
    text: `${lost}${files.length === 0 ? 'Nothing to do: every file is as it should be.' : `${files.length} files written for ${count(services.length)} (${project.environment.name}).`}\nStart the stack: ${start}\n`,
    data: { ...projectData(project, files), start },
    summary: formatSummary({ title: 'nself: generate', project, services, files, diagnostics, start }),
  }
}

/** The result of a run that stops at its diagnostics. */
export function refused(diagnostics: CommandResult['diagnostics'], secrets: readonly string[]): CommandResult {
  return {
    exitCode: 2,
    diagnostics,
    secrets,
    text: 'Nothing was written.\n',
    data: { changed: false, files: [] },
    summary: formatSummary({
      title: 'nself: the configuration has errors',
      project: undefined,
      services: [],
      files: [],
      diagnostics,
      start: undefined,
    }),
  }
}

function count(services: number): string {
  return services === 1 ? '1 service' : `${services} services`
}
