import type { Project } from '../../config/project.ts'
import { Quoted, quoted } from '../../render/yaml.ts'
import type { Definition } from '../release/definition.ts'
import { shortHash, stackName } from '../release/names.ts'
import { plainReferences } from './plain-references.ts'

/** Where what keeps data runs: a volume is on one machine, so that the service must stay there. */
export const dataConstraint = 'node.labels.nself.data == true'

/** How long a task is watched after it runs. */
const monitor = '5s'

/** Between two tasks. What nginx asks again of another task, since one has ended under it, is answered before that one's turn comes. */
const delay = '10s'

/** The name of a service in the stack. nginx has the name of a rolled one, so that calls of other services are safe while tasks change. */
export function serviceKey({ name, class: serviceClass }: Pick<Definition, 'name' | 'class'>): string {
  return serviceClass === 'roll' ? `${name}-app` : name
}

/** How tasks are replaced. Without `failure_action` a swarm stops half way. */
export function updatePolicy(order: 'start-first' | 'stop-first'): Record<string, unknown> {
  const common = { order, parallelism: 1, delay, monitor, max_failure_ratio: 0 }
  return { update_config: { ...common, failure_action: 'rollback' }, rollback_config: { ...common, failure_action: 'pause' } }
}

/** What all services of a stack have under `deploy`. Every address of a name is a task's own (`dnsrr`): nginx sees which of them are there. */
export function deployment(order: 'start-first' | 'stop-first'): Record<string, unknown> {
  return { endpoint_mode: 'dnsrr', restart_policy: { condition: 'any', delay: '2s' }, ...updatePolicy(order) }
}

/** Turns a service's compose entry into the one of a stack file, without labels. Replicas stay out of it: scaling is no new version. */
export function stackService(definition: Definition, values: ReadonlyMap<string, string>): Record<string, unknown> {
  const { deploy, volumes, ...rest } = withoutForeign(definition.content)
  const mounts = (volumes ?? []) as readonly string[]
  const { resources } = (deploy ?? {}) as { resources?: unknown }
  const isStatic = definition.class === 'static'
  const isPinned = mounts.length > 0
  return mapTexts(
    {
      ...rest,
      volumes: [...mounts.filter((volume) => !volume.includes('NSELF_ROOT')), ...memoryMounts(definition.content)],
      deploy: {
        ...deployment(isStatic || definition.class === 'recreate' ? 'stop-first' : 'start-first'),
        ...(resources === undefined ? {} : { resources }),
        ...(isPinned ? { placement: { constraints: [dataConstraint] } } : {}),
      },
    },
    (text) => plainReferences(text, values),
  ) as Record<string, unknown>
}

/** What `docker stack deploy` ignores or refuses, or says by other words. */
export function withoutForeign(content: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const foreign = ['restart', 'security_opt', 'ports', 'shm_size', 'tmpfs', 'depends_on']
  return Object.fromEntries(Object.entries(content).filter(([key]) => !foreign.includes(key)))
}

/** `tmpfs` and `shm_size` as mounts. */
export function memoryMounts({ tmpfs = [], shm_size: shared }: Readonly<Record<string, unknown>>): Record<string, unknown>[] {
  const mount = (target: string, more = {}) => ({ type: 'tmpfs', target, ...more })
  const megabytes = /^(\d+)m$/.exec((shared as string | undefined) ?? '')?.[1]
  return [
    ...(tmpfs as readonly string[]).map((target) => mount(target)),
    ...(megabytes === undefined ? [] : [mount('/dev/shm', { tmpfs: { size: Number(megabytes) * 2 ** 20 } })]),
  ]
}

/** The name of a config of the stack: a content that changes is another config, since a swarm's configs never change. */
export function configName(project: Project, content: string): string {
  // A name has at most 64 characters.
  return `${stackName(project).slice(0, 40)}_${shortHash(JSON.stringify([stackName(project), content]), 16)}`
}

/** Configs by name, and where a service sees them: `path` is that of the file in the release. */
export function configsOf(
  project: Project,
  files: readonly { readonly path: string; readonly content: string; readonly target: string }[],
): { configs: Record<string, unknown>; mounts: Record<string, unknown>[] } {
  return {
    configs: Object.fromEntries(
      files.map(({ path, content }) => {
        const name = configName(project, content)
        return [name, { name: quoted(name), file: `../${path}` }]
      }),
    ),
    mounts: files.map(({ content, target }) => ({ source: configName(project, content), target })),
  }
}

/** A copy in which every text has become another one. */
export function mapTexts(value: unknown, change: (text: string) => string): unknown {
  if (typeof value === 'string') return change(value)
  if (value instanceof Quoted) return quoted(change(value.text))
  if (Array.isArray(value)) return value.map((item) => mapTexts(item, change))
  if (value === null || typeof value !== 'object') return value
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, mapTexts(item, change)]))
}
