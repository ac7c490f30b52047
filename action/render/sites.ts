import type { CoreSite, Project, Service } from '../config/project.ts'
import type { RenderTemplate } from './liquid.ts'

/** Domains that hand-written files in `nginx/conf.d` serve: domain → file. Generated sites leave these to them. */
export type HandWrittenNames = ReadonlyMap<string, string>

/** What one `server` block serves. */
export interface Site {
  readonly name: string
  readonly host: string
  readonly port: number
  readonly domains: readonly string[]
  readonly file: string
  readonly service?: Service
}

/** The `server_name`s of an nginx file, comments left out. Names with wildcards or patterns are kept as they are. */
export function serverNamesIn(text: string): string[] {
  const code = text.replace(/(^|[\s;{}])#[^\n]*/g, '$1')
  return [...code.matchAll(/(?:^|[\s;{}])server_name\s+([^;{}]+);/g)]
    .flatMap((match) => (match[1] as string).trim().split(/\s+/))
    .filter((name) => name !== '_')
}

/** The public sites, each with the domains that no hand-written file serves. */
export function sitesOf(project: Project, handWritten: HandWrittenNames): Site[] {
  const free = (domains: readonly string[]) => domains.filter((domain) => !handWritten.has(domain))
  const core = project.core === 'external' ? [] : project.coreSites
  const sites: Site[] = [
    ...core.map(({ service, domain, port }: CoreSite) => ({
      name: service,
      host: service,
      port,
      domains: free([domain]),
      file: `${service}.conf`,
    })),
    ...project.services
      .filter((service) => service.public)
      .map((service) => ({
        name: service.name,
        host: service.host,
        port: service.port,
        domains: free(service.domains),
        file: `cs-${service.name}.conf`,
        service,
      })),
  ]
  return sites.filter(({ domains }) => domains.length > 0)
}

/** The nginx names of the two colours of a rolled service: upstreams, or the variables that stand for them before nginx 1.27.3. */
export function colourNames(host: string): { blue: string; green: string } {
  const name = `nself_${host.replaceAll('-', '_')}`
  return { blue: `${name}_blue`, green: `${name}_green` }
}

/** Chooses the live colour per request by a file: the switch of a deploy is atomic and needs no reload. */
export function colourSwitch(host: string, resolvesUpstreams: boolean): string {
  const { blue, green } = colourNames(host)
  const sign = resolvesUpstreams ? '' : '$'
  return `set $nself_live ${sign}${blue};
    if (-f /etc/nginx/nself/live/${host}.green) {
        set $nself_live ${sign}${green};
    }`
}

/** The nginx name of a service's tasks in a swarm. */
export function taskName(host: string): string {
  return `nself_${host.replaceAll('-', '_')}_tasks`
}

/** Names the tasks of a service in a swarm, which has nothing to choose from. */
export function taskUpstream(host: string, resolvesUpstreams: boolean): string {
  return `set $nself_live ${resolvesUpstreams ? '' : '$'}${taskName(host)};`
}

/** The words that differ from site to site. All are plain names, numbers and domains. */
function wordsOf(
  { name, host, port, domains, service }: Site,
  resolvesUpstreams: boolean,
  chooseUpstream: typeof colourSwitch,
): Record<string, string> {
  const { count = 1, per = 'minute' } = service?.rateLimit ?? {}
  return {
    name,
    host,
    port: String(port),
    upstream: `upstream_${host}`,
    serverNames: domains.join(' '),
    rate: `${count}r/${per === 'minute' ? 'm' : 's'}`,
    // A leaky bucket refuses the second of two calls that come together: a fifth of a minute's (or a second's) worth
    // may come at once, at least five.
    burst: String(Math.max(5, Math.ceil(count / 5))),
    retryAfter: per === 'minute' ? '60' : '1',
    bodySize: service?.bodySize ?? '',
    timeout: service?.timeout === undefined ? '1h' : `${service.timeout}s`,
    protocol: service?.template.kind === 'grpc' ? 'grpc' : 'proxy',
    switch: chooseUpstream(host, resolvesUpstreams),
  }
}

/** What decides which lines a site has. */
function shapeOf({ service }: Site, rolled: boolean) {
  const grpc = service?.template.kind === 'grpc'
  return {
    grpc,
    waits: grpc || service?.websocket === true || service?.timeout !== undefined,
    limits: service?.bodySize !== undefined,
    rateLimit: service?.rateLimit !== undefined,
    rolled,
  }
}

/**
 * Renders sites. The template runs once per shape, with a mark for each word; the words are then put in their places.
 * A hundred sites have a handful of shapes, and a template engine is slow. `rolled` are the hosts that a deploy runs under other names; `chooseUpstream`
 * says by which.
 */
export function siteRenderer(
  core: Project['core'],
  render: RenderTemplate,
  scope: { readonly resolvesUpstreams: boolean },
  rolled: ReadonlySet<string>,
  chooseUpstream: typeof colourSwitch = colourSwitch,
): (site: Site) => string {
  const shapes = new Map<string, string>()
  const marks = (words: Record<string, string>) => Object.fromEntries(Object.keys(words).map((word) => [word, `«${word}»`]))
  return (site) => {
    const shape = shapeOf(site, rolled.has(site.host))
    const words = wordsOf(site, scope.resolvesUpstreams, chooseUpstream)
    const key = JSON.stringify(shape)
    let text = shapes.get(key)
    if (text === undefined) {
      const include = (name: string, depth: number) =>
        core === 'external' ? indent(render(`includes/${name}.conf`, scope), depth) : `include /etc/nginx/includes/${name}.conf;`
      const includes = {
        acmeInclude: include('acme', 4),
        maintenanceInclude: include('maintenance', 4),
        tlsInclude: include('tls', 4),
        certificateInclude: include('certificate', 4),
        // Also where nginx answers itself; a block with an add_header of its own inherits none.
        serverHeadersInclude: include('headers', 4),
        headersInclude: include('headers', 8),
        proxyInclude: include(shape.grpc ? 'grpc' : 'proxy', 8),
      }
      text = render('site.conf', { ...scope, ...shape, ...includes, ...marks(words) })
      shapes.set(key, text)
    }
    return text.replace(/«(\w+)»/g, (_, word: string) => words[word] ?? '')
  }
}

function indent(text: string, depth: number): string {
  return text.trim().replaceAll('\n', `\n${' '.repeat(depth)}`)
}
