import { isIP } from 'node:net'
import { type Diagnostic, diagnose, quote } from './diagnostics.ts'
import type { Environment } from './environment.ts'
import type { CoreService, CoreSite, Nginx, Postgres, Project } from './project.ts'
import type { Settings } from './settings.ts'
import { readTls } from './tls.ts'
import { fail, ok, type Parsed, parseBodySize, parseRoute, parseWhole } from './values.ts'

/** What custom services ask of the core: it decides what is switched on without being named. */
export interface CoreDemand {
  readonly redis: string | undefined
  readonly database: string | undefined
  readonly replacesAuth: boolean
  readonly domains: ReadonlyMap<string, string>
}

type CorePart = Pick<
  Project,
  'postgres' | 'redis' | 'hasura' | 'auth' | 'minio' | 'mailpit' | 'nginx' | 'tls' | 'hstsSeconds' | 'acme' | 'coreSites'
>

/** Reads the core services by their nself variables and defaults (versions: nself 1.4, images.yaml). */
export function readCore(
  settings: Settings,
  environment: Environment,
  projectName: string,
  baseDomain: string,
  demand: CoreDemand,
): CorePart {
  const postgres = settings.flag('POSTGRES_ENABLED') === false ? undefined : readPostgres(settings, projectName)
  if (postgres === undefined && demand.database !== undefined)
    settings.report(offButNeeded('NB406', 'Postgres', 'POSTGRES_ENABLED', demand.database, settings))

  const redisFlag = settings.flag('REDIS_ENABLED')
  if (redisFlag === false && demand.redis !== undefined)
    settings.report(offButNeeded('NB405', 'Redis', 'REDIS_ENABLED', demand.redis, settings))
  const redis =
    redisFlag === true || (redisFlag === undefined && demand.redis !== undefined)
      ? readService(settings, 'REDIS', 'redis', '7-alpine', 6379)
      : undefined

  const hasura = enabledUnless(settings, 'HASURA', postgres)
    ? readService(settings, 'HASURA', 'hasura/graphql-engine', 'v2.44.0', 8080)
    : undefined
  const auth =
    !demand.replacesAuth && enabledUnless(settings, 'AUTH', postgres)
      ? readService(settings, 'AUTH', 'nhost/hasura-auth', '0.36.0', 4000)
      : undefined
  const minio = settings.flag('MINIO_ENABLED', 'STORAGE_ENABLED')
    ? {
        ...readService(settings, 'MINIO', 'pgsty/minio', 'latest', 9000),
        consolePort: readPort(settings, 9001, 'MINIO_CONSOLE_PORT'),
        bucket: settings.read('NB407', parseBucket, 'S3_BUCKET') ?? bucketName(`${projectName}-storage`),
      }
    : undefined
  // Mail that never leaves the machine is for development; elsewhere it would swallow real mail.
  const mailpit =
    environment.kind === 'development' && settings.flag('MAILPIT_ENABLED')
      ? {
          ...readService(settings, 'MAILPIT', 'axllent/mailpit', 'latest', 8025, 'MAILPIT_UI_PORT'),
          smtpPort: readPort(settings, 1025, 'MAILPIT_SMTP_PORT'),
        }
      : undefined
  const nginx = settings.flag('NGINX_ENABLED') === false ? undefined : readNginx(settings, environment)
  const sites = [
    { service: 'hasura', on: hasura, port: 8080, variables: ['HASURA_ROUTE'], routes: ['api', 'hasura'] },
    { service: 'auth', on: auth, port: 4000, variables: ['AUTH_ROUTE'], routes: ['auth', 'hasura-auth'] },
    { service: 'minio', on: minio, port: 9000, variables: ['STORAGE_ROUTE'], routes: ['storage', 'minio'] },
    { service: 'mailpit', on: mailpit, port: 8025, variables: ['MAILPIT_ROUTE', 'MAIL_ROUTE'], routes: ['mail', 'mailpit'] },
  ] as const
  const taken = new Map([...demand.domains].map(([domain, name]) => [domain, `your service ${name}`]))
  const coreSites = sites.flatMap(({ service, on, port, variables, routes }): CoreSite[] => {
    if (on === undefined) return []
    const domain = readSiteDomain(settings, service, variables, routes, baseDomain, taken)
    if (domain !== undefined) taken.set(domain, service)
    return domain === undefined ? [] : [{ service, domain, port }]
  })
  return { postgres, redis, hasura, auth, minio, mailpit, nginx, ...readTls(settings, environment, nginx), coreSites }
}

function offButNeeded(code: 'NB405' | 'NB406', what: string, variable: string, needer: string, settings: Settings): Diagnostic {
  return diagnose(
    code,
    `${variable} is false, but ${needer} needs ${what}.`,
    `Set ${variable}=true, or remove what needs it.`,
    settings.variables.entries.get(variable)?.valuePosition,
  )
}

// Hasura and its auth service keep their state in Postgres: off by default without it, an error when asked for.
function enabledUnless(settings: Settings, name: 'HASURA' | 'AUTH', postgres: Postgres | undefined): boolean {
  const flag = settings.flag(`${name}_ENABLED`)
  if (flag === true && postgres === undefined) {
    settings.report(
      diagnose(
        'NB411',
        `${name}_ENABLED is true, but it needs Postgres.`,
        'Set POSTGRES_ENABLED=true.',
        settings.variables.entries.get(`${name}_ENABLED`)?.valuePosition,
      ),
    )
    return false
  }
  return flag ?? postgres !== undefined
}

function readPort(settings: Settings, byDefault: number, ...names: string[]): number {
  return settings.read('NB407', (text) => parseWhole(text, 1, 65535, 'a port'), ...names) ?? byDefault
}

function readService(
  settings: Settings,
  name: string,
  repository: string,
  version: string,
  port: number,
  portName = `${name}_PORT`,
): CoreService {
  return { image: readImage(settings, name, repository, version), publishedPort: readPort(settings, port, portName) }
}

function readImage(settings: Settings, name: string, repository: string, version: string): string {
  return `${repository}:${settings.read('NB407', parseTag, `${name}_VERSION`) ?? version}`
}

function parseTag(text: string): Parsed<string> {
  return /^\w[\w.-]{0,127}$/.test(text) ? ok(text) : fail(`${quote(text)} is not an image tag.`, 'Write a version such as 16-alpine.')
}

function readPostgres(settings: Settings, projectName: string): Postgres {
  const identifier = (text: string): Parsed<string> =>
    /^[a-zA-Z_][\w-]{0,62}$/.test(text)
      ? ok(text)
      : fail(`${quote(text)} is not a Postgres name.`, 'Use up to 63 letters, digits, _ and -, not starting with a digit.')
  return {
    ...readService(settings, 'POSTGRES', 'postgres', '16-alpine', 5432),
    user: settings.read('NB407', identifier, 'POSTGRES_USER') ?? 'postgres',
    database: settings.read('NB407', identifier, 'POSTGRES_DB') ?? projectName,
  }
}

function readNginx(settings: Settings, environment: Environment): Nginx {
  const image = readImage(settings, 'NGINX', 'nginx', '1.30-alpine')
  return {
    image,
    version: nginxVersion(image),
    httpPort: readPort(settings, 80, 'NGINX_HTTP_PORT', 'NGINX_PORT'),
    httpsPort: readPort(settings, 443, 'NGINX_HTTPS_PORT', 'NGINX_SSL_PORT'),
    bind: settings.read('NB407', parseAddress, 'NGINX_BIND_IP') ?? (environment.kind === 'development' ? '127.0.0.1' : '0.0.0.0'),
    clientMaxBodySize: settings.read('NB407', parseBodySize, 'NGINX_CLIENT_MAX_BODY_SIZE') ?? '100m',
    trustedProxies: settings.read('NB407', parseNetworks, 'TRUSTED_PROXIES') ?? [],
    http3: settings.flag('NGINX_HTTP3') ?? true,
  }
}

/** The version that an nginx tag names; a tag without one (`alpine`, `latest`) means a current nginx. */
export function nginxVersion(image: string): readonly [number, number, number] {
  const match = /:(\d+)\.(\d+)(?:\.(\d+))?/.exec(image)
  // A tag without a patch level moves to the newest patch.
  return match === null ? [1, 30, 0] : [Number(match[1]), Number(match[2]), match[3] === undefined ? 99 : Number(match[3])]
}

function parseAddress(text: string): Parsed<string> {
  const isAddress = /^(\d{1,3}\.){3}\d{1,3}$/.test(text) && text.split('.').every((part) => Number(part) <= 255)
  return isAddress || text === '::' || text === '::1'
    ? ok(text)
    : fail(`${quote(text)} is not an address.`, 'Write an IPv4 address such as 127.0.0.1 or 0.0.0.0.')
}

function parseNetworks(text: string): Parsed<readonly string[]> {
  const networks = text.split(/[\s,]+/).filter((part) => part !== '')
  const bad = networks.find((network) => !isNetwork(network))
  return bad === undefined
    ? ok(networks)
    : fail(`${quote(bad)} is not an address or a network.`, 'Write networks such as 10.0.0.0/8, separated by commas.')
}

function isNetwork(text: string): boolean {
  const [address = '', prefix, ...rest] = text.split('/')
  const bits = isIP(address) === 4 ? 32 : 128
  return isIP(address) !== 0 && rest.length === 0 && (prefix === undefined || (/^\d{1,3}$/.test(prefix) && Number(prefix) <= bits))
}

// https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html
function parseBucket(text: string): Parsed<string> {
  return /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/.test(text)
    ? ok(text)
    : fail(`${quote(text)} is not a bucket name.`, 'Use 3 to 63 lower-case letters, digits, dots and hyphens.')
}

function bucketName(text: string): string {
  return text.replaceAll('_', '-').slice(0, 63)
}

function readSiteDomain(
  settings: Settings,
  service: string,
  variables: readonly string[],
  routes: readonly string[],
  baseDomain: string,
  taken: ReadonlyMap<string, string>,
): string | undefined {
  const chosen = settings.text(...variables)
  if (chosen !== undefined) {
    const parsed = settings.read('NB212', (text) => parseRoute(text, baseDomain), chosen.entry.key)
    const domain = parsed?.[0]
    const owner = domain === undefined ? undefined : taken.get(domain)
    if (owner === undefined) return domain
    settings.report(
      diagnose(
        'NB219',
        `${chosen.entry.key}: ${domain} already goes to ${owner}.`,
        'Give one of them another route.',
        chosen.entry.valuePosition,
      ),
    )
    return undefined
  }
  const domains = routes.map((route) => `${route}.${baseDomain}`)
  const free = domains.find((domain) => !taken.has(domain))
  if (free !== domains[0])
    settings.report(
      diagnose(
        'NB218',
        `${domains[0]} goes to ${taken.get(domains[0] as string)}${free === undefined ? `; ${service} has no site` : `, so ${service} answers at ${free}`}.`,
        `Set ${variables[0]} to choose the route of ${service}.`,
      ),
    )
  return free
}
