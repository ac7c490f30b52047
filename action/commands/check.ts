import { type Diagnostic, diagnose, hasErrors } from '../config/diagnostics.ts'
import type { Project, Service } from '../config/project.ts'
import { changedPaths } from '../report/changes.ts'
import { projectData, viewServices } from '../report/services.ts'
import { formatSummary } from '../report/summary.ts'
import type { Change } from '../scaffold/changes.ts'
import type { Context } from './context.ts'
import { refused } from './generate.ts'
import { prepare } from './project/prepare.ts'
import type { CommandResult } from './result.ts'

/** Renders in memory and lists each file that is not what `generate` would leave: exit code 3. Writes nothing. */
export async function check(context: Context): Promise<CommandResult> {
  const { project, changes, diagnostics, secrets } = await prepare({ ...context, handEdits: 'report' })
  if (project === undefined || changes === undefined) {
    // A file in the way is drift, too; only a wrong configuration is an error of usage.
    const isDrift = diagnostics
      .filter(({ severity }) => severity === 'error')
      .every(({ code }) => code.startsWith('NB5') && code !== 'NB510')
    return { ...refused(diagnostics, secrets), exitCode: isDrift ? 3 : 2, text: '' }
  }
  const files = changedPaths(changes)
  const known = new Set(diagnostics.filter(({ code }) => code === 'NB501').map(({ position }) => position?.file))
  const drift = driftsOf(
    changes.filter(({ path }) => files.includes(path) && !known.has(path)),
    project,
  )
  // Not drift, but nothing that anyone wants merged.
  const all = [...diagnostics.map((each) => (each.code === 'NB517' ? { ...each, severity: 'error' as const } : each)), ...drift]
  const isGood = files.length === 0 && !hasErrors(all)
  const services = viewServices(project)
  return {
    exitCode: isGood ? 0 : 3,
    diagnostics: all,
    secrets,
    text:
      files.length === 0
        ? `Every file is as generate would leave it${isGood ? '' : ', but there are conflicts to resolve'}.\n`
        : `${files.length} files are not as generate would leave them.\n`,
    data: projectData(project, files),
    summary: formatSummary({
      title: isGood ? 'nself: check' : 'nself: check found drift',
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
const fix = 'Run `nself-build generate` and commit the result.'

// A service that was never scaffolded is one finding, at its CS_N line, instead of one per file.
function driftsOf(changes: readonly Change[], { services }: Project): Diagnostic[] {
  const missing = services.filter(({ name }) =>
    changes.some(({ kind, path }) => kind === 'create' && path === `services/${name}/Dockerfile`),
  )
  const isPartOf = ({ path }: Change, { name }: Service) => path.startsWith(`services/${name}/`)
  return [
    ...missing.map((service) => {
      const count = changes.filter((change) => isPartOf(change, service)).length
      return diagnose('NB513', `services/${service.name} is not scaffolded: ${count} files are missing.`, fix, service.position)
    }),
    ...changes.filter((change) => !missing.some((service) => isPartOf(change, service))).map(driftOf),
  ]
}

function driftOf({ kind, path }: Change): Diagnostic {
  return diagnose('NB513', `${path} ${driftWords[kind]}.`, fix, { file: path, line: 1, column: 1 })
}
