import type { Project, Service } from '../config/project.ts'
import { acmeRoot, renderCertificateList } from './acme.ts'
import { certificateFolder, foldersOf, isIssued } from './certificates.ts'
import { layoutOf } from './compose/layout.ts'
import type { RenderedFile } from './file.ts'
import { type CommentStyle, withHeader } from './header.ts'
import { hasHttp3 } from './http3.ts'
import type { RenderTemplate } from './liquid.ts'
import { isNginxSince } from './nginx-version.ts'
import { colourNames, colourSwitch, type HandWrittenNames, siteRenderer, sitesOf, taskName, taskUpstream } from './sites.ts'

/** The folder names under `templates/nginx` whose files become includes of the same name. */
const includes = ['shared', 'acme', 'tls', 'certificate', 'headers', 'maintenance', 'proxy', 'grpc'] as const

/** What a deploy adds: services in two colours or as tasks of a swarm, and for how long old workers keep what is open. */
export interface ReleaseSites {
  readonly upstreams: 'colours' | 'tasks'
  readonly rolled: readonly Service[]
  readonly drainSeconds: number
}

/**
 * Renders the nginx files. Beside an nself CLI (`core: external`) only `nginx/sites/cs-*.conf` are written, and they
 * bring along what the CLI's own nginx.conf does not define. `release` renders them for a host instead.
 */
export function renderNginx(
  project: Project,
  render: RenderTemplate,
  handWritten: HandWrittenNames,
  release?: ReleaseSites,
): RenderedFile[] {
  if (project.nginx === undefined) return []
  const { directory } = layoutOf(project.environment)
  const scope = {
    ...scopeOf(project, handWritten),
    release: release !== undefined,
    tasks: release?.upstreams === 'tasks',
    drainSeconds: release?.drainSeconds ?? 0,
    maintenanceFlag: release === undefined ? '/etc/nginx/custom/maintenance' : '/etc/nginx/nself/live/maintenance',
  }
  const sites = sitesOf(project, handWritten)
  const own = (path: string, text: string, style: CommentStyle = '#'): RenderedFile => ({
    path: `${directory}nginx/${path}`,
    content: withHeader(ensureNewline(text), style, extendHint(project, style)),
    executable: false,
  })
  const file = (path: string, template: string, style?: CommentStyle) => own(path, render(template, scope), style)
  const rolled = release?.rolled ?? []
  const chooseUpstream = release?.upstreams === 'tasks' ? taskUpstream : colourSwitch
  const renderSite = siteRenderer(project.core, render, scope, new Set(rolled.map(({ host }) => host)), chooseUpstream)
  const siteFiles = sites.map((site) => own(`sites/${site.file}`, renderSite(site)))
  if (project.core === 'external') return sites.length === 0 ? [] : [file('sites/cs--shared.conf', 'includes/shared.conf'), ...siteFiles]
  return [
    file('nginx.conf', 'nginx.conf'),
    file('conf.d/default.conf', 'conf.d/default.conf'),
    file('custom/README.md', 'custom/README.md', '<!--'),
    ...includes.filter((name) => isIncluded(name, scope)).map((name) => file(`includes/${name}.conf`, `includes/${name}.conf`)),
    ...(isIssued(project)
      ? [own('acme/certificates.tsv', renderCertificateList(project, handWritten)), own('acme/renew.sh', render('acme/renew.sh', scope))]
      : []),
    ...siteFiles,
    ...rolled.flatMap((service) =>
      (release?.upstreams === 'tasks' ? tasksOf : coloursOf)(service, scope, render).map(({ path, text }) => own(path, text)),
    ),
  ]
}

/** A rolled service's upstreams, one file per colour, and the server by which other containers reach it. */
function coloursOf(service: Service, scope: ReturnType<typeof scopeOf>, render: RenderTemplate) {
  const { host, port } = service
  const { blue, green } = colourNames(host)
  const addresses = { blue: `${host}-blue:${port}`, green: `${host}-green:${port}` }
  const upstream = (name: string, address: string, other: string) => render('upstream.conf', { ...scope, upstream: name, address, other })
  return [
    { path: `upstreams/${host}-blue.conf`, text: upstream(blue, addresses.blue, addresses.green) },
    { path: `upstreams/${host}-green.conf`, text: upstream(green, addresses.green, addresses.blue) },
    internalOf(service, colourSwitch(host, scope.resolvesUpstreams), scope, render),
  ]
}

/** The same for a swarm, where a name has the addresses of all tasks that may be asked. */
function tasksOf(service: Service, scope: ReturnType<typeof scopeOf>, render: RenderTemplate) {
  const { host, port } = service
  const words = { upstream: taskName(host), address: `${host}-app:${port}`, other: '' }
  return [
    { path: `upstreams/${host}.conf`, text: render('upstream.conf', { ...scope, ...words }) },
    internalOf(service, taskUpstream(host, scope.resolvesUpstreams), scope, render),
  ]
}

function internalOf({ name, host, port, template }: Service, upstream: string, scope: ReturnType<typeof scopeOf>, render: RenderTemplate) {
  const serverNames = [...new Set([host, name])].join(' ')
  const words = { name, port, grpc: template.kind === 'grpc', serverNames, switch: upstream }
  return { path: `internal/${host}.conf`, text: render('internal.conf', { ...scope, ...words }) }
}

function isIncluded(name: (typeof includes)[number], { withTls, acme }: { withTls: boolean; acme: boolean }): boolean {
  if (name === 'tls' || name === 'certificate') return withTls
  return name !== 'acme' || acme
}

function scopeOf(project: Project, handWritten: HandWrittenNames) {
  const nginx = project.nginx as NonNullable<Project['nginx']>
  const isNewer = (...wanted: [number, number, number]) => isNginxSince(nginx, ...wanted)
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
    hasKeepaliveMinimum: isNewer(1, 27, 4),
    hasCertificateCache: isNewer(1, 27, 4) && !external,
    mergesHeaders: isNewer(1, 29, 3) && !external,
    withTls,
    redirectsToHttps: project.tls === 'letsencrypt' || project.tls === 'custom',
    acme: project.tls === 'letsencrypt',
    acmeWebroot: external ? '/etc/nginx/ssl/.acme-webroot' : `${acmeRoot}/webroot`,
    hsts: project.hstsSeconds > 0,
    hstsSeconds: project.hstsSeconds,
    http3: hasHttp3(project),
    httpsPort: nginx.httpsPort,
    httpsSuffix: nginx.httpsPort === 443 || external ? '' : `:${nginx.httpsPort}`,
    maintenance: !external,
    certificateRoot: certificateRoot(project),
    defaultCertificate: certificateFolder(project.baseDomain),
    certificates: foldersOf(project, handWritten).filter(({ folder }) => folder !== certificateFolder(project.baseDomain)),
  }
}

// Bash nself mounts ssl/certificates itself, nself 1.x its parent.
function certificateRoot(project: Project): string {
  if (isIssued(project)) return `${acmeRoot}/certificates`
  return project.core === 'external' && project.envOrder === 'legacy' ? '/etc/nginx/ssl' : '/etc/nginx/ssl/certificates'
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
