import { readAgentScript } from '../../adapters/agent-script.ts'
import { diagnose, hasErrors } from '../../config/diagnostics.ts'
import type { Project } from '../../config/project.ts'
import { didYouMean } from '../../config/suggest.ts'
import { readManifest } from '../../deploy/plan/host-plan.ts'
import { stackName } from '../../deploy/release/names.ts'
import type { Context } from '../context.ts'
import type { CommandResult } from '../result.ts'
import { remoteProject, rootOf } from './deploy-context.ts'
import { remoteDiagnostic, withHosts } from './deploy-hosts.ts'
import { refusedRemotely } from './deploy-report.ts'

/**
 * With the input `services`: the images of all other services as the first machine's current release has them, by name. A service that is not
 * there yet has none, and comes from the build like the named ones.
 */
export async function keptImages(context: Context): Promise<{ kept: Map<string, string>; problem?: CommandResult }> {
  const { inputs } = context
  if (inputs.services.length === 0) return { kept: new Map() }
  const { project, diagnostics, secrets } = remoteProject(context)
  const names = project?.services.map(({ name }) => name) ?? []
  for (const name of inputs.services)
    if (project !== undefined && !names.includes(name))
      diagnostics.push(
        diagnose(
          'NB603',
          `services: ${name} is not a service of this project.`,
          didYouMean(name, names) || 'Name services of this project.',
        ),
      )
  if (project === undefined || hasErrors(diagnostics))
    return { kept: new Map(), problem: refusedRemotely('deploy: the configuration has errors', diagnostics, secrets, 2) }
  try {
    const manifest = await withHosts(
      inputs,
      readAgentScript(context.tool, inputs.target),
      rootOf(inputs, project),
      stackName(project),
      async ([host]) => readManifest(host?.probe.manifest),
    )
    return { kept: keptOf(project, inputs.services, manifest?.services ?? []) }
  } catch (error) {
    return { kept: new Map(), problem: refusedRemotely('deploy failed', [...diagnostics, remoteDiagnostic(error)], secrets, 1) }
  }
}

/** The images of the services that are not named, by name. */
export function keptOf(
  project: Project,
  named: readonly string[],
  running: readonly { readonly name: string; readonly image: string }[],
): Map<string, string> {
  return new Map(
    project.services
      .filter(({ name }) => !named.includes(name))
      .flatMap(({ name, host }) => {
        const image = running.find((service) => service.name === host)?.image
        return image === undefined ? [] : [[name, image] as const]
      }),
  )
}
