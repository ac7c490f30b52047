import { type Diagnostic, diagnose } from '../config/diagnostics.ts'
import { changedPaths } from '../report/changes.ts'
import { matrixOf, urlsOf, viewServices } from '../report/services.ts'
import { formatSummary } from '../report/summary.ts'
import type { Change } from '../scaffold/changes.ts'
import type { Context } from './context.ts'
import { refused } from './generate.ts'
import { prepare } from './prepare.ts'
import type { CommandResult } from './result.ts'

/** Renders in memory and lists each file that is not what `generate` would leave: exit code 3. Writes nothing. */
export function check(context: Context): CommandResult {
  const { project, changes, diagnostics, secrets } = prepare({ ...context, handEdits: 'report' })
  if (project === undefined || changes === undefined) {
    // A file in the way is drift, too; only a wrong configuration is an error of usage.
    const isDrift = diagnostics
      .filter(({ severity }) => severity === 'error')
      .every(({ code }) => code.startsWith('NB5') && code !== 'NB510')
    return { ...refused(diagnostics, secrets), exitCode: isDrift ? 3 : 2, text: '' }
  }
  const files = changedPaths(changes)
  const known = new Set(diagnostics.filter(({ code }) => code === 'NB501').map(({ position }) => position?.file))
  const drift = changes.filter(({ path }) => files.includes(path) && !known.has(path)).map(driftOf)
  const all = [...diagnostics, ...drift]
  const services = viewServices(project)
  return {
    exitCode: files.length === 0 ? 0 : 3,
    diagnostics: all,
    secrets,
    text:
      files.length === 0
        ? 'Every file is as generate would leave it.\n'
        : `${files.length} files are not as generate would leave them:\n${files.map((file) => `  ${file}\n`).join('')}`,
    data: {
      environment: project.environment.name,
      services: services.map(({ name }) => name),
      matrix: matrixOf(project.services),
      changed: files.length > 0,
      files,
      urls: urlsOf(project),
    },
    summary: formatSummary({
      title: files.length === 0 ? 'nself: check' : 'nself: check found drift',
      project,
      services,
      files,
      diagnostics: all,
      start: undefined,
    }),
  }
}

const driftWords: Record<Change['kind'], string> = {
  create: 'is missing',
  update: 'is out of date',
  delete: 'should be gone',
  move: 'should be renamed',
}

function driftOf({ kind, path }: Change): Diagnostic {
  return diagnose('NB513', `${path} ${driftWords[kind]}.`, 'Run `nself-build generate` and commit the result.', {
    file: path,
    line: 1,
    column: 1,
  })
}
