import type { Project } from '../../config/project.ts'
import { acmeService, certificatesVolume } from '../../render/acme.ts'
import { coreServices, coreVolumes } from '../../render/compose/core-services.ts'
import type { Definition } from './definition.ts'
import { stackName } from './names.ts'
import { secondsOf } from './seconds.ts'

const root = '${NSELF_ROOT:?the agent sets it}'

/** Beyond the start period: a database may have to recover first. */
const startMargin = 120
/** What Compose waits for when a service says nothing. */
const defaultGrace = '10s'

/** The core services on a host: static, and the one-shot that creates databases. nginx is the edge, which has a stack of its own. */
export function coreDefinitions(project: Project, initFiles: ReadonlyMap<string, string>): Definition[] {
  const { nginx: _, ...services } = { ...coreServices(project, []), ...acmeClient(project) }
  return Object.entries(services).map(([name, service]): Definition => {
    const { depends_on: __, volumes, ...rest } = service
    const isOnce = name === 'postgres-init'
    const grace = typeof rest.stop_grace_period === 'string' ? rest.stop_grace_period : defaultGrace
    const start = (rest.healthcheck as { start_period?: string } | undefined)?.start_period ?? '0s'
    return {
      name,
      aliases: [name],
      class: isOnce ? 'once' : 'static',
      content: { ...rest, ...(volumes === undefined ? {} : { volumes: (volumes as string[]).map(fromHost) }) },
      salt: isOnce ? JSON.stringify([...initFiles]) : '',
      image: rest.image as string,
      replicas: 1,
      startSeconds: secondsOf(start) + startMargin,
      drainSeconds: 0,
      graceSeconds: secondsOf(grace),
      port: 0,
      probe: rest.healthcheck === undefined ? 'none' : 'docker',
      migration: undefined,
      domains: project.coreSites.flatMap((site) => (site.service === name ? [site.domain] : [])),
    }
  })
}

// It reads the list of the live release; where that is changes under it.
function acmeClient(project: Project): Record<string, Record<string, unknown>> {
  const folder = '/etc/nginx/nself'
  const acme = acmeService(project, { source: `${root}/edge`, target: folder, folder: `${folder}/conf/acme` })
  return acme === undefined ? {} : { acme }
}

// A release folder is removed some day; what a container that lives longer has mounted lies at a stable path.
function fromHost(volume: string): string {
  return volume.startsWith('./') ? `${root}/files/${volume.slice(2)}` : volume
}

/** The volumes by their names on the host. That of issued certificates is the edge's, which is started first. */
export function coreVolumeNames(project: Project): Record<string, { name: string; external?: true }> {
  return Object.fromEntries(
    coreVolumes(project).map((name) => [
      name,
      { name: `${stackName(project)}_${name}`, ...(name === certificatesVolume ? { external: true as const } : {}) },
    ]),
  )
}
