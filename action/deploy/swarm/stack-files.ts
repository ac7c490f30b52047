import type { Project } from '../../config/project.ts'
import { quoted, toYaml } from '../../render/yaml.ts'
import { labels } from '../release/compose-file.ts'
import { coreVolumeNames } from '../release/core-definitions.ts'
import { customVolumes } from '../release/custom-definitions.ts'
import type { Definition } from '../release/definition.ts'
import { networkName, shortHash } from '../release/names.ts'
import { type HostVariables, valuesOf } from '../release/variables.ts'
import { configsOf, serviceKey, stackService } from './stack-service.ts'

/** Where the images of Postgres look for scripts. */
const initFolder = '/docker-entrypoint-initdb.d'

/** One service of the stack: its file, and the hash of what its tasks are made of. */
export interface StackFile {
  readonly path: string
  readonly content: string
  readonly hash: string
}

/**
 * The stack file of a service. Each has its own, so that a run deploys just what differs and waits for one service at a time; all of them
 * together, with `docker stack deploy -c … -c …`, are the project.
 */
export function stackFile(
  project: Project,
  definition: Definition,
  host: HostVariables,
  initFiles: ReadonlyMap<string, string>,
): StackFile {
  const { name, migration = null, salt } = definition
  const entry = stackService(definition, host.values)
  const scripts = name === 'postgres' ? [...initFiles] : []
  const { configs, mounts } = configsOf(
    project,
    scripts.map(([file, content]) => ({ path: `files/postgres/init/${file}`, content, target: `${initFolder}/${file}` })),
  )
  const service = { ...entry, ...(mounts.length === 0 ? {} : { configs: mounts }) }
  const hash = shortHash(JSON.stringify([service, migration, salt, valuesOf(definition, host)]), 16)
  return {
    path: `stack/${name}.yml`,
    hash,
    content: stackText(project, {
      services: { [serviceKey(definition)]: labelled(service, labels(project, name, 'none', hash), { replicas: definition.replicas }) },
      ...(mounts.length === 0 ? {} : { configs }),
      ...volumesOf(project, service),
      networks: networksOf(service),
    }),
  }
}

/** Adds labels, on the tasks and on the service itself, and what of `deploy` is no part of a version. */
export function labelled(
  service: Readonly<Record<string, unknown>>,
  labels: Readonly<Record<string, unknown>>,
  more: Readonly<Record<string, unknown>>,
): Record<string, unknown> {
  return { ...service, labels, deploy: { ...more, ...(service.deploy as object), labels } }
}

/** A stack file on the project's network, which is there already. */
export function stackText(project: Project, { networks = {}, ...parts }: Readonly<Record<string, unknown>>): string {
  return toYaml({ ...parts, networks: { default: { name: quoted(networkName(project)), external: true }, ...(networks as object) } })
}

function networksOf({ networks = {} }: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const own = Object.keys(networks as object).filter((name) => name !== 'default')
  return Object.fromEntries(own.sort().map((name) => [name, { name: quoted(name), external: true }]))
}

function volumesOf(project: Project, { volumes }: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const names: Record<string, unknown> = { ...coreVolumeNames(project), ...customVolumes(project) }
  const used = (volumes as readonly unknown[]).flatMap((volume) =>
    typeof volume === 'string' ? [volume.slice(0, volume.indexOf(':'))] : [],
  )
  const own = used.filter((name) => name in names).map((name) => [name, names[name]] as const)
  return own.length === 0 ? {} : { volumes: Object.fromEntries(own) }
}
