import { readAgentScript } from '../adapters/agent-script.ts'
import { type Diagnostic, diagnose, hasErrors } from '../config/diagnostics.ts'
import type { Project } from '../config/project.ts'
import { formatPlan, formatPlanMarkdown } from '../deploy/plan/format-plan.ts'
import type { HostPlan } from '../deploy/plan/types.ts'
import { stackName } from '../deploy/release/names.ts'
import { activate } from '../deploy/remote/activate.ts'
import { installAgent } from '../deploy/remote/deliver.ts'
import type { Inputs } from '../inputs.ts'
import { redact } from '../report/redact.ts'
import { projectData } from '../report/services.ts'
import { escapeCell, markdownTable } from '../report/table.ts'
import type { Context } from './context.ts'
import { checkHost } from './deploy/check-host.ts'
import { dockerConfigOf, ownerOf, remoteProject, rootOf, waitingFor } from './deploy/deploy-context.ts'
import { type Host, remoteDiagnostic, withHosts } from './deploy/deploy-hosts.ts'
import { findings, refusedRemotely } from './deploy/deploy-report.ts'
import { whatServes } from './deploy/deploy-run.ts'
import { checkTargetHost, checkTargetInputs } from './deploy/deploy-target.ts'
import { planBack } from './deploy/plan-back.ts'
import type { CommandResult } from './result.ts'

/** What is done on one machine. */
interface Step {
  readonly host: string
  readonly from: string
  readonly to: string
  readonly plan: HostPlan | undefined
}

/** Makes an earlier release current again: its files, images and secrets are still on the machine. */
export async function rollback(context: Context): Promise<CommandResult> {
  const { inputs } = context
  const { project, diagnostics, secrets } = remoteProject(context)
  diagnostics.push(...checkTargetInputs(inputs))
  if (project === undefined || hasErrors(diagnostics))
    return refusedRemotely('rollback: the configuration has errors', diagnostics, secrets, 2)
  const agent = readAgentScript(context.tool, inputs.target)
  const root = rootOf(inputs, project)
  try {
    return await withHosts(inputs, agent, root, stackName(project), async (hosts) => {
      const problems = hosts.flatMap((host) => [
        ...checkHost(host, root),
        ...checkTargetHost(inputs.target, host),
        ...checkTarget(host, inputs),
      ])
      if (problems.length > 0) return refusedRemotely('rollback: nothing to go back to', [...diagnostics, ...problems], secrets, 1)
      const steps: Step[] = []
      for (const host of hosts) {
        const plan = await planBack(host, targetOf(host, inputs), agent, root)
        // What earlier machines did stays done, and is reported.
        const outcome = inputs.dryRun ? 'would go back' : await goBack(host, context, { agent, root, secrets }).catch(remoteDiagnostic)
        steps.push({ host: host.ssh.host, from: host.probe.current, to: targetOf(host, inputs), plan })
        if (typeof outcome !== 'string') return result(project, steps, [...diagnostics, outcome], secrets, inputs.dryRun)
      }
      return result(project, steps, diagnostics, secrets, inputs.dryRun)
    })
  } catch (error) {
    return refusedRemotely('rollback failed', [...diagnostics, remoteDiagnostic(error)], secrets, 1)
  }
}

function targetOf({ probe }: Host, { release }: Inputs): string {
  return release || probe.previous
}

function checkTarget(host: Host, inputs: Inputs): Diagnostic[] {
  const target = targetOf(host, inputs)
  const { ssh, probe } = host
  const others = probe.releases.filter(({ id, intact }) => intact && id !== probe.current).map(({ id }) => id)
  const fix =
    others.length === 0 ? 'Deploy the commit you want instead.' : `There are: ${others.join(', ')}. Name one: release: ${others[0]}`
  if (target === '') return [diagnose('NB815', `${ssh.host}: there is no previous release.`, fix)]
  if (target === probe.current) return [diagnose('NB815', `${ssh.host}: ${target} is the current release.`, fix)]
  const found = probe.releases.find(({ id }) => id === target)
  if (found?.intact === true) return []
  return [diagnose('NB815', `${ssh.host}: ${target} ${found === undefined ? 'is not there' : 'is not whole any more'}.`, fix)]
}

async function goBack(
  host: Host,
  context: Context,
  { agent, root, secrets }: { agent: string; root: string; secrets: readonly string[] },
): Promise<string | Diagnostic> {
  const { inputs } = context
  const release = targetOf(host, inputs)
  await installAgent(host.ssh, agent, root, host.probe)
  const ended = await activate(
    host.ssh,
    {
      agent,
      root,
      release,
      action: 'rollback',
      owner: ownerOf(context),
      options: { observe: String(inputs.observe), 'prune-keep': String(inputs.keep) },
      dockerConfig: dockerConfigOf(inputs),
      lockWaitSeconds: inputs.lockWait,
      waitSeconds: inputs.wait ? inputs.waitTimeout : 0,
    },
    waitingFor(host.ssh.host, context, secrets),
  )
  const { status, detail } = ended
  if (status === 'ok' || (status === 'running' && !inputs.wait)) return status
  if (status === 'running')
    return diagnose('NB816', `${host.ssh.host}: the run has not ended yet; it goes on there.`, 'Look with `status`.')
  return diagnose(
    'NB814',
    `${host.ssh.host}: going back to ${release} failed: ${detail}. ${whatServes(host.probe.current, ended)}`,
    'Repair what the message names and run `rollback` again, or deploy a commit that works.',
  )
}

function result(
  project: Project,
  steps: readonly Step[],
  diagnostics: readonly Diagnostic[],
  secrets: readonly string[],
  isDryRun: boolean,
): CommandResult {
  const failed = hasErrors(diagnostics)
  // The last one is that which failed.
  const done = failed ? steps.slice(0, -1) : steps
  const { environment, urls } = projectData(project, [])
  const title = isDryRun ? 'rollback, dry run' : failed ? 'rollback failed' : 'rollback'
  const plans = steps.flatMap(({ plan }) => plan ?? [])
  const words = steps.map(
    (step) => `${step.host}: ${step.from} → ${step.to}${isDryRun ? ' (would go back)' : done.includes(step) ? '' : ' (failed)'}\n`,
  )
  const table = markdownTable(
    ['machine', 'from', 'to'],
    steps.map(({ host, from, to }) => [host, from, to]),
  )
  return {
    exitCode: failed ? 1 : 0,
    diagnostics,
    secrets,
    text: redact(`${plans.map(formatPlan).join('\n')}\n${words.join('')}`, secrets),
    data: {
      environment,
      urls,
      url: Object.values(urls)[0] ?? '',
      changed: done.length > 0 && !isDryRun,
      release: steps[0]?.[done.length > 0 ? 'to' : 'from'] ?? '',
      'previous-release': steps[0]?.from ?? '',
      'dry-run': isDryRun,
      machines: plans,
    },
    summary: redact(
      `## nself: ${title}\n\nProject **${escapeCell(project.name)}**, environment **${escapeCell(environment)}**.\n\n${table}\n${plans.map(formatPlanMarkdown).join('\n')}\n${findings(diagnostics)}`,
      secrets,
    ),
  }
}
