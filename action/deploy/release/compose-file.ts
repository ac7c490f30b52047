import type { Project } from '../../config/project.ts'
import { quoted, toYaml } from '../../render/yaml.ts'
import type { Definition } from './definition.ts'
import { networkName, shortHash, stackName } from './names.ts'
import { type HostVariables, valuesOf } from './variables.ts'

type Entry = readonly [name: string, service: Record<string, unknown>]

/** Covers all that makes a service's containers what they are, but the colour. */
export function hashOf(definition: Definition, host: HostVariables): string {
  const { content, migration = null, salt } = definition
  return shortHash(JSON.stringify([content, migration, salt, valuesOf(definition, host)]), 16)
}

/** `compose.yml`: each rolled service twice, once per colour, everything else once, migrations behind a profile. */
export function composeFile(
  project: Project,
  definitions: readonly Definition[],
  hashes: ReadonlyMap<string, string>,
  volumes: Readonly<Record<string, { name: string }>>,
): string {
  const networks = new Set(project.services.flatMap((service) => service.networks))
  return toYaml({
    name: stackName(project),
    services: Object.fromEntries(
      definitions.flatMap((definition) => entriesOf(project, definition, hashes.get(definition.name) as string)),
    ),
    networks: {
      default: { name: networkName(project), external: true },
      ...Object.fromEntries([...networks].sort().map((name) => [name, { name, external: true }])),
    },
    ...(Object.keys(volumes).length === 0 ? {} : { volumes: sorted(volumes) }),
  })
}

function entriesOf(project: Project, { name, class: serviceClass, content, migration }: Definition, hash: string): Entry[] {
  const withLabels = (entry: Readonly<Record<string, unknown>>, service: string, color: string) => ({
    ...entry,
    labels: labels(project, service, color, hash),
  })
  const own: Entry[] =
    serviceClass === 'roll'
      ? ['blue', 'green'].map((color) => [`${name}-${color}`, { ...withLabels(content, name, color), profiles: [color] }])
      : [[name, withLabels(content, name, 'none')]]
  if (migration === undefined) return own
  // A service name of its own: the run of a migration is never taken for a container of the service.
  return [...own, [`${name}-migrate`, { ...withLabels(migration, `${name}-migrate`, 'none'), profiles: ['migrate'] }]]
}

/** The labels by which the agent knows a container. */
export function labels(project: Project, service: string, color: string, hash: string): Record<string, unknown> {
  return {
    'nself.project': quoted(stackName(project)),
    'nself.service': quoted(service),
    'nself.color': quoted(color),
    'nself.hash': quoted(hash),
  }
}

function sorted<T>(record: Readonly<Record<string, T>>): Record<string, T> {
  return Object.fromEntries(Object.entries(record).sort(([a], [b]) => (a < b ? -1 : 1)))
}
