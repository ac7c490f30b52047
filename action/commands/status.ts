import { readAgentScript } from '../adapters/agent-script.ts'
import { openTree } from '../adapters/files.ts'
import { certificateLine } from '../certificates/describe.ts'
import { hasErrors } from '../config/diagnostics.ts'
import type { Project } from '../config/project.ts'
import { hostStatus, statusColumns, statusRows } from '../deploy/plan/host-status.ts'
import { stackName } from '../deploy/release/names.ts'
import { agentCommand, runAgent } from '../deploy/remote/agent.ts'
import { installAgent } from '../deploy/remote/deliver.ts'
import { probe as askHost } from '../deploy/remote/probe.ts'
import { layoutOf } from '../render/compose/layout.ts'
import { redact } from '../report/redact.ts'
import { escapeCell, markdownTable, textTable } from '../report/table.ts'
import type { Context } from './context.ts'
import { checkHost } from './deploy/check-host.ts'
import { remoteProject, rootOf } from './deploy/deploy-context.ts'
import { type Host, remoteDiagnostic, withHosts } from './deploy/deploy-hosts.ts'
import { findings, refusedRemotely } from './deploy/deploy-report.ts'
import { checkTargetHost, checkTargetInputs } from './deploy/deploy-target.ts'
import { checkHostCertificates, hostCertificates } from './deploy/host-certificates.ts'
import { publicStatus } from './deploy/public-status.ts'
import { readHandWritten } from './project/plan-changes.ts'
import type { CommandResult } from './result.ts'

/** Shows what is on the machines; with `maintenance: on` or `off` it switches that first. With `public` it asks the public names instead. */
export async function status(context: Context): Promise<CommandResult> {
  const { inputs } = context
  if (inputs.public) return publicStatus(context)
  const { project, diagnostics, secrets } = remoteProject(context)
  diagnostics.push(...checkTargetInputs(inputs))
  if (project === undefined || hasErrors(diagnostics))
    return refusedRemotely('status: the configuration has errors', diagnostics, secrets, 2)
  const handWritten = readHandWritten(openTree(context.root), `${layoutOf(project.environment).directory}nginx/conf.d`)
  const agent = readAgentScript(context.tool, inputs.target)
  const root = rootOf(inputs, project)
  const switchMaintenance = async ({ ssh, probe }: Host): Promise<Host> => {
    await installAgent(ssh, agent, root, probe)
    await runAgent(ssh, agentCommand(agent, root, 'maintenance', inputs.maintenance), { timeoutSeconds: 60 })
    return { ssh, probe: await askHost(ssh, agent, root, stackName(project)) }
  }
  try {
    return await withHosts(inputs, agent, root, stackName(project), async (hosts) => {
      const shown: Host[] = []
      for (const host of hosts) {
        const seen = inputs.maintenance === 'unchanged' ? host : await switchMaintenance(host).catch(remoteDiagnostic)
        if ('code' in seen) diagnostics.push(seen)
        else {
          shown.push(seen)
          diagnostics.push(
            ...checkHost(seen, root),
            ...checkTargetHost(inputs.target, seen),
            ...checkHostCertificates(project, handWritten, seen),
          )
        }
      }
      return result(project, shown, diagnostics, secrets)
    })
  } catch (error) {
    return refusedRemotely('status failed', [...diagnostics, remoteDiagnostic(error)], secrets, 1)
  }
}

function result(
  project: Project,
  hosts: readonly Host[],
  diagnostics: CommandResult['diagnostics'],
  secrets: readonly string[],
): CommandResult {
  const views = hosts.map((host) => {
    const certificates = hostCertificates(host)
    const view = hostStatus(host.ssh.host, host.probe)
    return { ...view, certificates, lines: [...view.lines, ...certificates.map(certificateLine)] }
  })
  const text = views
    .map((view) => `${view.lines.map((line) => `${line}\n`).join('')}${textTable(statusColumns, statusRows(view))}`)
    .join('\n')
  const summary = views
    .map((view) => `${view.lines.map((line) => `* ${escapeCell(line)}\n`).join('')}\n${markdownTable(statusColumns, statusRows(view))}`)
    .join('\n')
  return {
    exitCode: hasErrors(diagnostics) ? 1 : 0,
    diagnostics,
    secrets,
    text: redact(text, secrets),
    data: {
      environment: project.environment.name,
      release: views[0]?.current ?? '',
      'previous-release': views[0]?.previous ?? '',
      machines: views,
    },
    summary: redact(
      `## nself: status of ${escapeCell(project.name)}, ${escapeCell(project.environment.name)}\n\n${summary}\n${findings(diagnostics)}`,
      secrets,
    ),
  }
}
