import type { CoreSite, Project, Service } from '../config/project.ts'
import { layoutOf } from './compose/layout.ts'
import type { RenderedFile } from './file.ts'
import { type CommentStyle, withHeader } from './header.ts'
import type { RenderTemplate } from './liquid.ts'

/** Domains that hand-written files in `nginx/conf.d` serve: domain → file. Generated sites leave these to them. */
export type HandWrittenNames = ReadonlyMap<string, string>

interface Site {
  readonly name: string
  readonly host: string
  readonly port: number
  readonly domains: readonly string[]
  readonly file: string
  readonly service?: Service
}

/** The folder names under `templates/nginx` whose files become includes of the same name. */
const includes = ['shared', 'tls', 'headers', 'proxy', 'grpc'] as const

/**
 * Renders the nginx files. Beside an nself CLI (`core: external`) only `nginx/sites/cs-*.conf` are written, and they
 * bring along what the CLI's own nginx.conf does not define.
 */
export function renderNginx(project: Project, render: RenderTemplate, handWritten: HandWrittenNames): RenderedFile[] {
  if (project.nginx === undefined) return []
  const { directory } = layoutOf(project.environment)
  const scope = scopeOf(project, handWritten)
  const sites = sitesOf(project, handWritten)
  const file = (path: string, template: string, values: object, style: CommentStyle = '#'): RenderedFile => ({
    path: `${directory}nginx/${path}`,
    content: withHeader(ensureNewline(render(template, values)), style, extendHint(project, style)),
    executable: false,
  })
  const siteFiles = sites.map((site) => file(`sites/${site.file}`, 'site.conf', { ...scope, ...siteScope(project, site, render, scope) }))
  if (project.core === 'external')
    return sites.length === 0 ? [] : [file('sites/cs--shared.conf', 'includes/shared.conf', scope), ...siteFiles]
  return [
    file('nginx.conf', 'nginx.conf', scope),
    file('conf.d/default.conf', 'conf.d/default.conf', scope),
    file('custom/README.md', 'custom/README.md', scope, '<!--'),
    ...includes
      .filter((name) => name !== 'tls' || scope.withTls)
      .map((name) => file(`includes/${name}.conf`, `includes/${name}.conf`, scope)),
    ...siteFiles,
  ]
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

function scopeOf(project: Project, handWritten: HandWrittenNames) {
  const nginx = project.nginx as NonNullable<Project['nginx']>
  const isNewer = (...wanted: [number, number, number]) => compareVersions(nginx.version, wanted) >= 0
  const external = project.core === 'external'
  // Debian's nginx 1.22 knows neither the http2 directive (1.25.1) nor resolving upstreams (1.27.3); an nself CLI's nginx is unknown.
  const hasHttp2Directive = isNewer(1, 25, 1) && !external
  const withTls = project.tls !== 'none'
  return {
    clientMaxBodySize: nginx.clientMaxBodySize,
    trustedProxies: nginx.trustedProxies,
    hasHttp2Directive,
    http2Parameter: hasHttp2Directive || external ? '' : ' http2',
    resolvesUpstreams: isNewer(1, 27, 3) && !external,
    hasCertificateCache: isNewer(1, 27, 4) && !external,
    withTls,
    redirectsToHttps: project.tls === 'letsencrypt' || project.tls === 'custom',
    acme: project.tls === 'letsencrypt',
    hsts: withTls && project.environment.kind === 'production',
    // Bash nself mounts ssl/certificates itself, nself 1.x its parent.
    certificateRoot: external && project.envOrder === 'legacy' ? '/etc/nginx/ssl' : '/etc/nginx/ssl/certificates',
    defaultCertificate: certificateFolder(project.baseDomain),
    certificates: sitesOf(project, handWritten)
      .flatMap(({ domains }) => domains)
      .filter((domain) => !isBelow(domain, project.baseDomain))
      .sort()
      .map((domain) => ({ domain, folder: certificateFolder(domain) })),
  }
}

function siteScope(project: Project, site: Site, render: RenderTemplate, scope: ReturnType<typeof scopeOf>) {
  const grpc = site.service?.template.kind === 'grpc'
  const include = (name: (typeof includes)[number], depth: number) =>
    project.core === 'external' ? indent(render(`includes/${name}.conf`, scope), depth) : `include /etc/nginx/includes/${name}.conf;`
  return {
    name: site.name,
    host: site.host,
    port: site.port,
    upstream: `upstream_${site.host}`,
    serverNames: site.domains.join(' '),
    grpc,
    longLived: site.service?.websocket === true && !grpc,
    rateLimit: rateLimit(site.service),
    tlsInclude: include('tls', 4),
    proxyInclude: include(grpc ? 'grpc' : 'proxy', 8),
    headersInclude: include('headers', 8),
  }
}

/**
 * A leaky bucket refuses the second of two calls that come together: the burst lets a fifth of a minute's
 * (or a second's) worth through at once, at least five.
 */
function rateLimit(service: Service | undefined) {
  if (service?.rateLimit === undefined) return false
  const { count, per } = service.rateLimit
  return {
    rate: `${count}r/${per === 'minute' ? 'm' : 's'}`,
    burst: Math.max(5, Math.ceil(count / 5)),
    retryAfter: per === 'minute' ? 60 : 1,
  }
}

function certificateFolder(domain: string): string {
  return domain.replaceAll('.', '-')
}

function isBelow(domain: string, base: string): boolean {
  return domain === base || domain.slice(domain.indexOf('.') + 1) === base
}

function indent(text: string, depth: number): string {
  return text.trim().replaceAll('\n', `\n${' '.repeat(depth)}`)
}

function ensureNewline(text: string): string {
  return `${text.trim()}\n`
}

function extendHint(project: Project, style: CommentStyle): string {
  if (style === '<!--') return 'add files beside it.'
  return project.core === 'external'
    ? 'change the CS_N lines, or add files to nginx/conf.d/.'
    : 'change the CS_N lines, or add files to nginx/custom/ or nginx/conf.d/.'
}

function compareVersions(a: readonly number[], b: readonly number[]): number {
  for (let index = 0; index < 3; index++) {
    const difference = (a[index] ?? 0) - (b[index] ?? 0)
    if (difference !== 0) return difference
  }
  return 0
}
