import type { Project } from '../../config/project.ts'
import { certificatesVolume } from '../../render/acme.ts'
import { isIssued } from '../../render/certificates.ts'
import { coreServices } from '../../render/compose/core-services.ts'
import type { RenderedFile } from '../../render/file.ts'
import { type Quoted, toYaml } from '../../render/yaml.ts'
import { labels } from './compose-file.ts'
import type { Definition } from './definition.ts'
import { networkName, shortHash, stackName } from './names.ts'

/** Where nginx finds its files: the agent points `conf` at the tree of the current release. */
const configuration = '/etc/nginx/nself/conf/nginx.conf'
const root = '${NSELF_ROOT:?the agent sets it}'

/** `edge.yml`, and the hash of nginx's own container. */
export function edgeFile(project: Project, rolled: readonly Definition[]): { content: string; hash: string; image: string } {
  const { nginx } = coreServices(project, [])
  const { ports, volumes, ...rest } = nginx as Record<string, unknown> & { image: string; volumes: readonly string[] }
  const service = {
    ...rest,
    command: ['nginx', '-c', configuration, '-g', 'daemon off;'],
    volumes: [`${root}/edge:/etc/nginx/nself:ro`, ...volumes.flatMap(certificateMount)],
  }
  const hash = shortHash(JSON.stringify([service, ports]), 16)
  const edge = (name: string) => ({ ...labels(project, name, 'none', hash), 'nself.role': 'edge' })
  const aliases = rolled.flatMap((definition) => definition.aliases)
  const content = toYaml({
    name: `${stackName(project)}-edge`,
    services: {
      nginx: {
        ...service,
        ports: ports as readonly Quoted[],
        labels: edge('edge'),
        ...(aliases.length === 0 ? {} : { networks: { default: { aliases } } }),
      },
      // A running container gets no new network name: for a service that is added later, one of these has it.
      ...Object.fromEntries(
        rolled.map((definition) => [
          definition.name,
          { ...service, labels: edge(definition.name), profiles: ['names'], ...extraNames(definition) },
        ]),
      ),
    },
    networks: { default: { name: networkName(project), external: true } },
    ...(isIssued(project) ? { volumes: { [certificatesVolume]: { name: `${stackName(project)}_${certificatesVolume}` } } } : {}),
  })
  return { content, hash, image: service.image }
}

// Certificates lie outside of releases: brought ones in ROOT/ssl, issued ones on a volume, which no deploy touches.
function certificateMount(volume: string): string[] {
  if (volume.startsWith('./ssl/')) return [`${root}/${volume.slice('./'.length)}`]
  return volume.startsWith(`${certificatesVolume}:`) ? [volume] : []
}

function extraNames({ name, aliases }: Definition): Record<string, unknown> {
  const others = aliases.filter((alias) => alias !== name)
  return others.length === 0 ? {} : { networks: { default: { aliases: others } } }
}

/**
 * nginx's files as they lie in a release: below `edge/`, and with includes relative to the main file, so that a candidate tests itself.
 * `custom` and `conf.d` are the user's own files, with their paths as in the project.
 */
export function edgeTree(project: Project, rendered: readonly RenderedFile[], own: ReadonlyMap<string, string>): Map<string, string> {
  const prefix = `deploy/${project.environment.name}/nginx/`
  const files = [...rendered.map(({ path, content }) => [path, content] as const), ...own]
    .filter(([path]) => path.startsWith(prefix) && (path.endsWith('.conf') || path.startsWith(`${prefix}acme/`)))
    .map(([path, content]) => [`edge/${path.slice(prefix.length)}`, relativeIncludes(content)] as const)
  return new Map(files.sort(([a], [b]) => (a < b ? -1 : 1)))
}

function relativeIncludes(text: string): string {
  return text.replace(/(\binclude\s+)\/etc\/nginx\/(?=(?:conf\.d|custom|includes|internal|sites|upstreams)\/)/g, '$1')
}
