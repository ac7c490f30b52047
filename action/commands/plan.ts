import { hasErrors } from '../config/diagnostics.ts'
import { startCommand } from '../render/wrapper.ts'
import { changedPaths, describeChanges } from '../report/changes.ts'
import { redact } from '../report/redact.ts'
import { projectData, serviceColumns, serviceRow, viewServices } from '../report/services.ts'
import { formatSummary } from '../report/summary.ts'
import { textTable } from '../report/table.ts'
import type { Context } from './context.ts'
import { refused } from './generate.ts'
import { prepare } from './project/prepare.ts'
import { readDomains } from './project/read-project.ts'
import type { CommandResult } from './result.ts'

/** Shows the resolved services, what `generate` would do, as a diff, and with a registry what `build` would do. Writes nothing. */
export async function plan(context: Context): Promise<CommandResult> {
  const {
    project,
    changes,
    catalogue,
    diagnostics: found,
    secrets,
  } = await prepare({
    ...context,
    handEdits: context.handEdits === 'stop' ? 'report' : context.handEdits,
  })
  const diagnostics = [...found]
  if (project === undefined || changes === undefined || catalogue === undefined) return refused(diagnostics, secrets)
  const services = viewServices(project, readDomains(context, catalogue, project))
  const files = changedPaths(changes)
  const diff = redact(describeChanges(changes), secrets)
  // Loaded when it is asked for, as `build` is.
  const images =
    context.inputs.registry === '' ? undefined : await (await import('./build/plan-builds.ts')).planBuilds(context, project, diagnostics)
  if (hasErrors(diagnostics)) return refused(diagnostics, secrets)
  return {
    exitCode: images?.isComplete === false ? 1 : 0,
    diagnostics,
    secrets,
    text: `${textTable([...serviceColumns], services.map(serviceRow))}\n${images === undefined ? '' : `${images.text}\n`}${diff}`,
    data: {
      ...projectData(project, files),
      services,
      changes: changes.map((change) =>
        change.kind === 'move' ? { kind: change.kind, path: change.path, to: change.to } : { kind: change.kind, path: change.path },
      ),
      diff,
      start: startCommand(project),
      ...images?.data,
    },
    summary: `${formatSummary({ title: 'nself: plan', project, services, files, diagnostics, start: undefined })}${images === undefined ? '' : `\n### Images\n\n${images.markdown}`}`,
  }
}
