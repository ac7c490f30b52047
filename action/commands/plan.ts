import { startCommand } from '../render/wrapper.ts'
import { changedPaths, describeChanges } from '../report/changes.ts'
import { redact } from '../report/redact.ts'
import { projectData, serviceColumns, serviceRow, viewServices } from '../report/services.ts'
import { formatSummary } from '../report/summary.ts'
import { textTable } from '../report/table.ts'
import type { Context } from './context.ts'
import { refused } from './generate.ts'
import { prepare } from './prepare.ts'
import { readDomains } from './read-project.ts'
import type { CommandResult } from './result.ts'

/** Shows the resolved services and what `generate` would do, as a diff. Writes nothing. */
export function plan(context: Context): CommandResult {
  const { project, changes, catalogue, diagnostics, secrets } = prepare({
    ...context,
    handEdits: context.handEdits === 'stop' ? 'report' : context.handEdits,
  })
  if (project === undefined || changes === undefined || catalogue === undefined) return refused(diagnostics, secrets)
  const services = viewServices(project, readDomains(context, catalogue, project))
  const files = changedPaths(changes)
  const diff = redact(describeChanges(changes), secrets)
  return {
    exitCode: 0,
    diagnostics,
    secrets,
    text: `${textTable([...serviceColumns], services.map(serviceRow))}\n${diff}`,
    data: {
      ...projectData(project, files),
      services,
      changes: changes.map((change) =>
        change.kind === 'move' ? { kind: change.kind, path: change.path, to: change.to } : { kind: change.kind, path: change.path },
      ),
      diff,
      start: startCommand(project),
    },
    summary: formatSummary({ title: 'nself: plan', project, services, files, diagnostics, start: undefined }),
  }
}
