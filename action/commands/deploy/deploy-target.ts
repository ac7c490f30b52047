import { type Diagnostic, diagnose } from '../../config/diagnostics.ts'
import { readManifest } from '../../deploy/plan/host-plan.ts'
import type { Bundle, DeployTarget } from '../../deploy/release/types.ts'
import type { SwarmFacts } from '../../deploy/remote/probe.ts'
import { dataConstraint } from '../../deploy/swarm/stack-service.ts'
import type { Inputs } from '../../inputs.ts'
import type { Host } from './deploy-hosts.ts'

/** Inputs that mean nothing for `target: swarm`. */
export function checkTargetInputs({ target, hosts, observe, restartEdge, maintenance }: Inputs): Diagnostic[] {
  if (target !== 'swarm') return []
  const refused: readonly (readonly [boolean, string, string])[] = [
    [
      hosts.length > 1,
      'host names several machines, but a swarm is reached through one.',
      'Name one manager; the swarm knows its machines.',
    ],
    [
      observe > 0,
      'observe is set, but a swarm has no old tasks left that traffic could move back to.',
      'Leave it out: each update is watched for five seconds, and taken back by the swarm when a task ends or gets unhealthy.',
    ],
    [restartEdge, 'restart-edge is set, but in a swarm nginx is replaced whenever it differs.', 'Leave it out.'],
    [
      maintenance !== 'unchanged',
      'maintenance is set, but its flag is a file on one machine, and nginx runs on several.',
      'Answer 503 at the load balancer, or scale nginx’s service down.',
    ],
  ]
  return refused.filter(([isSet]) => isSet).map(([, message, fix]) => diagnose('NB819', `target is swarm: ${message}`, fix))
}

/** What keeps a machine from taking this target. `bundle` is the release that is to come, when there is one. */
export function checkTargetHost(target: DeployTarget, { ssh, probe }: Host, bundle?: Bundle): Diagnostic[] {
  const manifest = readManifest(probe.manifest)
  const there: DeployTarget = manifest?.target ?? 'hosts'
  return [
    ...(manifest === undefined || there === target
      ? []
      : [
          diagnose(
            'NB820',
            `${ssh.host}: ${manifest.release} was deployed with target: ${there}, and is still current there.`,
            `Deploy with target: ${there}, or end that one first (${endOf(there, manifest)}) and use another deploy-path. Volumes stay; their names are the same.`,
          ),
        ]),
    ...(target === 'swarm' && probe.docker !== '' ? checkSwarm(ssh.host, probe.swarm, bundle) : []),
  ]
}

function endOf(target: DeployTarget, { project, environment }: { readonly project: string; readonly environment: string }): string {
  const stack = `${project}-${environment}`
  return target === 'swarm' ? `docker stack rm ${stack}` : `docker compose -p ${stack}-edge down; docker compose -p ${stack} down`
}

function checkSwarm(host: string, swarm: SwarmFacts | undefined, bundle: Bundle | undefined): Diagnostic[] {
  const problem = (message: string, fix: string) => diagnose('NB813', `${host}: ${message}`, fix)
  if (swarm === undefined || swarm.state !== 'active')
    return [
      problem(
        'the machine is in no Docker Swarm.',
        'Make one on it: docker swarm init --advertise-addr ADDRESS-OF-ITS-PRIVATE-NETWORK (live-restore must be off). Other machines join with what it prints.',
      ),
    ]
  if (!swarm.manager)
    return [problem('the machine is a worker of its swarm.', 'Set host to a manager: docker node ls, on any manager, lists them.')]
  const needsData = bundle !== undefined && [...bundle.files.values()].some((text) => text.includes(dataConstraint))
  if (!needsData || swarm.dataNodes === 1) return []
  if (swarm.dataNodes > 1)
    return [
      problem(
        `${swarm.dataNodes} machines carry the label nself.data, but a volume is on one of them.`,
        'Take it from the others: docker node update --label-rm nself.data NODE',
      ),
    ]
  return [
    problem(
      'no machine of the swarm is chosen for what keeps data.',
      'Choose one for good, since its volumes stay there: docker node update --label-add nself.data=true NODE (docker node ls lists them).',
    ),
  ]
}
