import { type Diagnostic, diagnose } from '../../config/diagnostics.ts'
import type { Nginx, Project } from '../../config/project.ts'
import { classOf } from '../release/classes.ts'
import { stackName } from '../release/names.ts'
import { internalName } from './edge-files.ts'
import { serviceKey } from './stack-service.ts'

/** The longest name that a service of a swarm may have. */
const longestName = 63

/** What of a configuration a swarm cannot do. */
export function checkSwarm(project: Project): Diagnostic[] {
  const { tls } = project
  const { bind } = project.nginx as Nginx
  return [
    ...(tls === 'letsencrypt'
      ? [
          diagnose(
            'NB819',
            'SSL_MODE is letsencrypt, whose certificates lie on a volume of one machine; in a swarm nginx runs on several.',
            'Set SSL_MODE=custom and bring certificates, or SSL_MODE=none behind a load balancer that ends TLS.',
          ),
        ]
      : []),
    ...(bind === '0.0.0.0' || bind === '::'
      ? []
      : [
          diagnose(
            'NB819',
            `NGINX_BIND_IP is ${bind}, but a swarm publishes ports at all addresses of a machine.`,
            'Remove NGINX_BIND_IP, and shut the port with a firewall where it must not be reached.',
          ),
        ]),
    ...checkNames(project),
  ]
}

function checkNames(project: Project): Diagnostic[] {
  const key = (service: Project['services'][number]) => serviceKey({ name: service.host, class: classOf(service) })
  const taken = new Map([
    [internalName, 'nginx'],
    ...project.services.flatMap((service) => (key(service) === service.host ? [] : [[key(service), service.name] as const])),
  ])
  return project.services.flatMap((service) => {
    const { slot, host, name, position } = service
    const full = `${stackName(project)}_${key(service)}`
    const owner = taken.get(host)
    return [
      ...(owner === undefined
        ? []
        : [diagnose('NB818', `${name} is what a deploy to a swarm calls the tasks of ${owner}.`, `Rename CS_${slot}.`, position)]),
      ...(full.length <= longestName
        ? []
        : [
            diagnose(
              'NB819',
              `${name} would be ${full} in the swarm, ${full.length} characters; ${longestName} are possible.`,
              `Shorten PROJECT_NAME, the environment's name, or that of CS_${slot}.`,
              position,
            ),
          ]),
    ]
  })
}
