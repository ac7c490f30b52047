import type { Project } from '../../config/project.ts'
import { toYaml } from '../../render/yaml.ts'
import { labels } from '../release/compose-file.ts'
import type { Definition } from '../release/definition.ts'
import { networkName, stackName } from '../release/names.ts'

/**
 * `compose.yml` of a release for a swarm: what the manager itself runs to its end, on the stack's network. These are the one-shots, the
 * migrations, and nginx's check of its files.
 */
export function oneShotsFile(project: Project, definitions: readonly Definition[], hash: (name: string) => string, image: string): string {
  const labelled = (name: string, service: string, content: Readonly<Record<string, unknown>>) => ({
    ...content,
    labels: labels(project, service, 'none', hash(name)),
  })
  const once = definitions.filter((definition) => definition.class === 'once')
  const migrating = definitions.filter(({ migration }) => migration !== undefined)
  return toYaml({
    name: stackName(project),
    services: {
      nginx: {
        image,
        entrypoint: ['nginx', '-t', '-c', '/etc/nginx/nself/conf/nginx.conf'],
        command: [],
        volumes: ['./edge:/etc/nginx/nself/conf:ro'],
        labels: labels(project, 'nginx-test', 'none', ''),
      },
      ...Object.fromEntries(once.map(({ name, content }) => [name, labelled(name, name, content)])),
      ...Object.fromEntries(
        migrating.map(({ name, migration }) => [
          `${name}-migrate`,
          labelled(name, `${name}-migrate`, migration as object as Definition['content']),
        ]),
      ),
    },
    networks: { default: { name: networkName(project), external: true }, ...ownNetworks(project) },
  })
}

function ownNetworks({ services }: Project): Record<string, unknown> {
  const names = new Set(services.flatMap(({ networks }) => networks))
  return Object.fromEntries([...names].sort().map((name) => [name, { name, external: true }]))
}
