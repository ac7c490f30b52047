import type { Project, Service } from '../config/project.ts'

/** A resolved service as `plan --json` and the action's outputs show it. Keys keep this order. */
export interface ServiceView {
  readonly slot: number
  readonly name: string
  readonly template: string
  readonly version: string
  readonly kind: string
  readonly port: number
  readonly public: boolean
  readonly domains: Readonly<Record<string, readonly string[]>>
  readonly image: string
  readonly context: string | null
  readonly dockerfile: string | null
  readonly target: string | null
  readonly replicas: number
  readonly limits: { readonly memory: string; readonly cpu: number }
  readonly rateLimit: string | null
  readonly database: string | null
  readonly redisDatabase: number | null
}

/** The services in the order of N. `domains` has every environment's; without it, only the chosen one's are shown. */
export function viewServices(project: Project, domains?: ReadonlyMap<string, ReadonlyMap<string, readonly string[]>>): ServiceView[] {
  return project.services.map((service) => ({
    slot: service.slot,
    name: service.name,
    template: service.template.id,
    version: service.template.version,
    kind: service.template.kind,
    port: service.port,
    public: service.public,
    domains: Object.fromEntries(domains?.get(service.name) ?? [[project.environment.name, service.public ? service.domains : []]]),
    image: service.image,
    context: service.build?.context ?? null,
    dockerfile: service.build?.dockerfile ?? null,
    target: service.build?.target ?? null,
    replicas: service.replicas,
    limits: { memory: service.memory.text, cpu: service.cpu },
    rateLimit: service.rateLimit === undefined ? null : `${service.rateLimit.count}r/${service.rateLimit.per === 'minute' ? 'm' : 's'}`,
    database: service.database ?? null,
    redisDatabase: service.redisDatabase ?? null,
  }))
}

export const serviceColumns = [
  'N',
  'service',
  'template',
  'port',
  'public',
  'domains',
  'image',
  'context',
  'replicas',
  'memory',
  'cpu',
] as const

export function serviceRow(view: ServiceView): string[] {
  const environments = Object.entries(view.domains)
  const distinct = new Set(environments.map(([, names]) => names.join(' ')))
  const domains =
    distinct.size <= 1
      ? (environments[0]?.[1] ?? []).join(' ')
      : environments
          .filter(([, names]) => names.length > 0)
          .map(([environment, names]) => `${environment}: ${names.join(' ')}`)
          .join('; ')
  return [
    String(view.slot),
    view.name,
    view.template,
    String(view.port),
    view.public ? 'yes' : 'no',
    domains === '' ? '-' : domains,
    view.image,
    view.context ?? '-',
    String(view.replicas),
    view.limits.memory,
    String(view.limits.cpu),
  ]
}

/** Where each public service answers: service → URL of its first domain. */
function urlsOf(project: Project): Record<string, string> {
  return Object.fromEntries(
    project.services.flatMap((service) =>
      service.public && service.domains[0] !== undefined ? [[service.name, urlOf(project, service.domains[0])]] : [],
    ),
  )
}

function urlOf({ tls, nginx, core }: Project, domain: string): string {
  const isHttps = tls === 'custom' || tls === 'letsencrypt'
  const port = core === 'external' ? undefined : isHttps ? nginx?.httpsPort : nginx?.httpPort
  const suffix = port === undefined || port === (isHttps ? 443 : 80) ? '' : `:${port}`
  return `${isHttps ? 'https' : 'http'}://${domain}${suffix}`
}

/** A job matrix of the services that are built here: `{ include: [...] }`. */
function matrixOf(services: readonly Service[]): { include: Record<string, string | number>[] } {
  const include = services.flatMap(({ name, slot, template, image, build }) =>
    build === undefined
      ? []
      : [{ name, slot, template: template.id, image, context: build.context, dockerfile: build.dockerfile, target: build.target ?? '' }],
  )
  return { include }
}

/** What every command that reads the project tells machines: the outputs that they share. */
export function projectData(project: Project, files: readonly string[]) {
  return {
    environment: project.environment.name,
    services: project.services.map(({ name }) => name),
    matrix: matrixOf(project.services),
    changed: files.length > 0,
    files,
    urls: urlsOf(project),
  }
}
