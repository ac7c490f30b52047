import { readAgentScript } from '../adapters/agent-script.ts'
import type { KeyedCertificate } from '../certificates/brought.ts'
import { type Diagnostic, diagnose, hasErrors } from '../config/diagnostics.ts'
import type { Project } from '../config/project.ts'
import { planHost } from '../deploy/plan/host-plan.ts'
import { planSwarm } from '../deploy/plan/swarm-plan.ts'
import type { HostPlan } from '../deploy/plan/types.ts'
import { stackName } from '../deploy/release/names.ts'
import type { DeployTarget } from '../deploy/release/types.ts'
import type { HandWrittenNames } from '../render/sites.ts'
import type { Context } from './context.ts'
import { checkHost } from './deploy/check-host.ts'
import { connectionSecrets, dockerConfigOf, ownerOf, rootOf, waitingFor } from './deploy/deploy-context.ts'
import { checkConnection, type Host, remoteDiagnostic, withHosts } from './deploy/deploy-hosts.ts'
import { deployResult, refusedRemotely } from './deploy/deploy-report.ts'
import { type RunSettings, runOnHosts } from './deploy/deploy-run.ts'
import { type Released, releaseOf } from './deploy/deploy-sources.ts'
import { checkTargetHost, checkTargetInputs } from './deploy/deploy-target.ts'
import { checkHostCertificates } from './deploy/host-certificates.ts'
import { keptImages } from './deploy/kept-images.ts'
import { announce, missingOn, placeCertificates } from './deploy/place-certificates.ts'
import type { CommandResult } from './result.ts'

/** Brings a release to machines and moves traffic to it. With `dry-run` it shows the plan and changes nothing. */
export async function deploy(context: Context): Promise<CommandResult> {
  const { inputs } = context
  const { kept, problem } = await keptImages(context)
  if (problem !== undefined) return problem
  const released = releaseOf(context, kept)
  const diagnostics = [...released.diagnostics, ...checkConnection(inputs), ...checkTargetInputs(inputs)]
  const secrets = [...released.secrets, ...connectionSecrets(inputs)]
  const { project, bundle } = released
  if (project === undefined || bundle === undefined || hasErrors(diagnostics))
    return refusedRemotely('deploy: the configuration has errors', diagnostics, secrets, 2)
  const agent = readAgentScript(context.tool, inputs.target)
  const root = rootOf(inputs, project)
  try {
    return await withHosts(inputs, agent, root, stackName(project), (hosts) =>
      deployTo(hosts, context, { ...released, project, bundle, diagnostics, secrets }, { agent, root }),
    )
  } catch (error) {
    return refusedRemotely('deploy failed', [...diagnostics, remoteDiagnostic(error)], secrets, 1)
  }
}

type Ready = Required<Released>

async function deployTo(
  hosts: readonly Host[],
  context: Context,
  { project, bundle, handWritten, brought, diagnostics: found, secrets }: Ready,
  { agent, root }: { agent: string; root: string },
): Promise<CommandResult> {
  const { inputs } = context
  const planOf = (host: Host) =>
    inputs.target === 'swarm'
      ? planSwarm(host.ssh.host, bundle.manifest, host.probe, { ...inputs, newCertificates: missingOn(host, brought).length > 0 })
      : planHost(host.ssh.host, bundle.manifest, host.probe, inputs)
  const targets = hosts.map((host) => ({ ...host, plan: planOf(host) }))
  const diagnostics = [
    ...found,
    ...hosts.flatMap((host) => [...checkHost(host, root), ...checkTargetHost(inputs.target, host, bundle)]),
    ...certificateFindings(hosts, project, handWritten, brought, inputs.target),
    ...targets.flatMap(({ plan }) => driftOf(plan)),
  ]
  if (hasErrors(diagnostics)) return refusedRemotely('deploy: a machine is not ready', diagnostics, secrets, 1)
  const plans = targets.map(({ plan }) => plan)
  const changing = targets.filter(({ plan }) => !plan.isUnchanged)
  if (!inputs.dryRun) for (const host of hosts) await placeCertificates(host, brought, agent, root)
  if (inputs.dryRun || changing.length === 0)
    return deployResult(project, plans, { states: new Map(), isDryRun: inputs.dryRun, diagnostics: [] }, diagnostics, secrets)
  const settings: RunSettings = {
    agent,
    root,
    bundle,
    owner: ownerOf(context),
    options: {
      observe: String(inputs.observe),
      'prune-keep': String(inputs.keep),
      ...(inputs.restartEdge ? { 'restart-edge': 'true' } : {}),
      ...(inputs.recreate.length === 0 ? {} : { recreate: inputs.recreate.join(',') }),
    },
    dockerConfig: dockerConfigOf(inputs),
    lockWaitSeconds: inputs.lockWait,
    waitSeconds: inputs.wait ? inputs.waitTimeout : 0,
    waiting: (host) => waitingFor(host, context, secrets),
  }
  const outcome = await runOnHosts(changing, settings)
  return deployResult(project, plans, { ...outcome, isDryRun: false }, diagnostics, secrets)
}

// Brought certificates must be there before traffic is; issued ones come afterwards, by themselves.
function certificateFindings(
  hosts: readonly Host[],
  project: Project,
  handWritten: HandWrittenNames,
  brought: readonly KeyedCertificate[],
  target: DeployTarget,
): Diagnostic[] {
  if (project.tls !== 'custom') return []
  return hosts.flatMap((host) => [...checkHostCertificates(project, handWritten, host, brought), ...announce(host, brought, target)])
}

function driftOf({ host, services, unknown, edge }: HostPlan): Diagnostic[] {
  return [
    ...services
      .filter(({ action }) => action === 'differs')
      .map(({ name, reasons }) =>
        diagnose(
          'NB811',
          `${host}: ${name} is not what the release says (${reasons.join('; ')}), and is left alone, since it keeps data.`,
          `Set recreate: ${name} to replace it; it is down meanwhile, its volume stays.`,
        ),
      ),
    ...(edge === 'differs'
      ? [
          diagnose(
            'NB811',
            `${host}: nginx’s image, ports or mounts differ.`,
            'Set restart-edge: true to replace it; about a second without answers.',
          ),
        ]
      : []),
    ...(unknown.length === 0
      ? []
      : [
          diagnose(
            'NB812',
            `${host}: ${unknown.join(', ')} on this project’s network is not of this deploy.`,
            'Remove it, or give it a network of its own.',
          ),
        ]),
  ]
}
