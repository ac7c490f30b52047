import type { Project, Service } from '../../config/project.ts'
import { customService } from '../../render/compose/custom-service.ts'
import { layoutOf } from '../../render/compose/layout.ts'
import { literal } from '../../render/references.ts'
import { type Quoted, quoted } from '../../render/yaml.ts'
import { classOf } from './classes.ts'
import type { Definition } from './definition.ts'
import { networkName, stackName } from './names.ts'
import { secondsOf } from './seconds.ts'

/** Beyond the template's start period: how long a health check may fail before a deploy gives up. */
const startMargin = 60
/** How long open requests may go on after the switch; sockets and streams that stay open get longer. */
const drain = { requests: 30, streams: 60 }

/** A service on a host: that of the development stack, without what only a working copy has. */
export function customDefinition(
  project: Project,
  service: Service,
  image: string,
  fileVariables: Readonly<Record<string, string>>,
): Definition {
  const rendered = customService(project, service, layoutOf(project.environment))
  // Order is the agent's matter: with `depends_on`, Compose would recreate what depends on a changed service.
  const { build: _, ports: __, depends_on: ___, develop: ____, env_file: _____, networks, environment, ...rest } = rendered
  const serviceClass = classOf(service)
  const own = environment as Record<string, Quoted>
  const fromFiles = Object.fromEntries(Object.entries(fileVariables).flatMap(([name, text]) => (name in own ? [] : [[name, quoted(text)]])))
  const content = {
    ...rest,
    image,
    environment: { ...own, ...fromFiles, DOCKER_NETWORK: quoted(networkName(project)) },
    ...networksOf(networks as Record<string, unknown> | undefined, serviceClass === 'roll'),
    ...(service.volumes.length === 0 ? {} : { volumes: service.volumes.map(literal) }),
  }
  return {
    name: service.host,
    aliases: [...new Set([service.host, service.name])],
    class: serviceClass,
    content,
    salt: '',
    image,
    replicas: service.replicas,
    startSeconds: secondsOf(service.template.startPeriod) + startMargin,
    drainSeconds: serviceClass !== 'roll' ? 0 : service.websocket || service.template.kind === 'grpc' ? drain.streams : drain.requests,
    graceSeconds: secondsOf(service.template.stopGracePeriod),
    port: service.port,
    probe: service.health.kind === 'disabled' ? 'none' : 'docker',
    migration: service.migrate === undefined ? undefined : migration(content, service.migrate),
    domains: service.public ? service.domains : [],
  }
}

// nginx has the names of a rolled service, so that calls from other containers move with the switch, too.
function networksOf(networks: Record<string, unknown> | undefined, isRolled: boolean): Record<string, unknown> {
  if (networks === undefined) return {}
  const all = isRolled ? { ...networks, default: null } : networks
  return Object.keys(all).length === 1 && all.default === null ? {} : { networks: all }
}

function migration(content: Readonly<Record<string, unknown>>, command: readonly string[]): Record<string, unknown> {
  const { healthcheck: _, deploy, ...rest } = content
  const { replicas: __, ...limits } = deploy as Record<string, unknown>
  return { ...rest, command: command.map(literal), deploy: limits, healthcheck: { disable: true }, restart: 'no' }
}

/** The volumes that custom services name: compose key → name on the host. */
export function customVolumes(project: Project): Record<string, { name: string }> {
  const names = project.services.flatMap(({ volumes }) => volumes.map((volume) => volume.slice(0, volume.indexOf(':'))))
  return Object.fromEntries([...new Set(names)].map((name) => [name, { name: `${stackName(project)}_${name}` }]))
}
