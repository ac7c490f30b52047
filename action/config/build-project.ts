import { checkProject } from './checks.ts'
import { readCore } from './core.ts'
import { type Diagnostic, diagnose, hasErrors } from './diagnostics.ts'
import { positionAt } from './env-file.ts'
import type { EnvOrder } from './environment.ts'
import type { Configuration } from './load.ts'
import { publishPorts } from './ports.ts'
import type { Project, Service } from './project.ts'
import { resolveServices } from './resolve-services.ts'
import { literalOf } from './service-env.ts'
import { countServices, type Definition, readDefinitions } from './services.ts'
import { createSettings, type Settings } from './settings.ts'
import type { Catalogue } from './template.ts'
import { fail, isHostname, ok, type Parsed } from './values.ts'

export interface ProjectOptions {
  readonly core: 'managed' | 'external'
  readonly envOrder: EnvOrder
  /** Registry and namespace before image names, such as `ghcr.io/acme`; '' for local images. */
  readonly registry: string
}

/** The base domain that nself resolves to 127.0.0.1 for development. */
const developmentDomain = 'local.nself.org'

/**
 * Builds the model from the merged cascade. All findings are returned at once;
 * `project` is present only when none of them is an error.
 */
export function buildProject(
  configuration: Configuration,
  catalogue: Catalogue,
  options: ProjectOptions,
): { project?: Project; diagnostics: Diagnostic[] } {
  const diagnostics: Diagnostic[] = []
  const settings = createSettings(configuration.variables, diagnostics)
  const { environment } = configuration
  const name = readProjectName(settings)
  const baseDomain = readBaseDomain(settings, environment.kind !== 'development')
  const definitions = enabledDefinitions(settings, catalogue, options.core)
  const services = resolveServices(settings, definitions, { environment, projectName: name, baseDomain, registry: options.registry })
  const domains = new Map(
    services.flatMap((service) => (service.public ? service.domains.map((domain) => [domain, service.name] as const) : [])),
  )
  const core = readCore(settings, environment, name, baseDomain, {
    redis: neederOfRedis(services),
    database: neederOfPostgres(services),
    replacesAuth: replacesAuth(settings, definitions),
    domains,
  })
  const project: Project = {
    name,
    environment,
    envOrder: options.envOrder,
    baseDomain,
    core: options.core,
    services: publishPorts(settings, environment, services, core),
    ...core,
  }
  diagnostics.push(...checkProject(project, settings.variables))
  return hasErrors(diagnostics) ? { diagnostics } : { project, diagnostics }
}

// Also the first part of image names, which is stricter than what Compose asks of a project.
const projectName = /^[a-z0-9]+(?:(?:__?|-+)[a-z0-9]+)*$/

function readProjectName(settings: Settings): string {
  const parse = (text: string): Parsed<string> => {
    if (text.length <= 40 && projectName.test(text)) return ok(text)
    const legal = text
      .toLowerCase()
      .replace(/[^a-z0-9_-]+|[_-]{2,}/g, '-')
      .slice(0, 40)
      .replace(/^[-_]+|[-_]+$/g, '')
    return fail(
      'A project name has 1 to 40 lower-case letters and digits, in words joined by - or _.',
      legal === '' ? 'Write PROJECT_NAME=myapp.' : `Write PROJECT_NAME=${legal}.`,
    )
  }
  const found = settings.text('PROJECT_NAME')
  if (found === undefined && !settings.variables.entries.get('PROJECT_NAME')?.value)
    settings.report(diagnose('NB401', 'PROJECT_NAME is not set in any env file.', 'Add PROJECT_NAME=myapp to .env.dev (or .env).'))
  return settings.read('NB402', parse, 'PROJECT_NAME') ?? 'project'
}

// A label of a service's own goes before it, and a host name has at most 253 characters.
const longestBaseDomain = 253 - 64

function readBaseDomain(settings: Settings, mustBeSet: boolean): string {
  const parse = (text: string): Parsed<string> => {
    const domain = text.toLowerCase()
    return isHostname(domain) && domain.length <= longestBaseDomain
      ? ok(domain)
      : fail(`${JSON.stringify(text.slice(0, 60))} is not a domain.`, 'Write a domain such as example.com, without scheme, port or path.')
  }
  const domain = settings.read('NB403', parse, 'BASE_DOMAIN')
  if (domain === undefined && mustBeSet && !settings.variables.entries.has('BASE_DOMAIN'))
    settings.report(
      diagnose(
        'NB404',
        `BASE_DOMAIN is not set: ${developmentDomain} is for development only.`,
        'Set BASE_DOMAIN=example.com for this environment.',
      ),
    )
  return domain ?? developmentDomain
}

function enabledDefinitions(settings: Settings, catalogue: Catalogue, core: 'managed' | 'external'): Definition[] {
  const entry = settings.variables.entries.get('SERVICES_ENABLED')
  if (settings.flag('SERVICES_ENABLED') === false) {
    const ignored = countServices(settings)
    if (ignored > 0)
      settings.report(
        diagnose(
          'NB217',
          `SERVICES_ENABLED is false: ${ignored} CS_N lines are ignored.`,
          'Set SERVICES_ENABLED=true to have them.',
          entry?.position,
        ),
      )
    return []
  }
  const definitions = readDefinitions(settings, catalogue, core)
  if (entry === undefined && definitions.length > 0)
    settings.report(
      diagnose('NB216', 'SERVICES_ENABLED is not set; CS_N lines are there, so services are on.', 'Set SERVICES_ENABLED=true.'),
    )
  return definitions
}

function replacesAuth(settings: Settings, definitions: readonly Definition[]): boolean {
  const definition = definitions.find(({ line }) => line.name === 'auth')
  if (definition === undefined) return false
  if (settings.flag('AUTH_ENABLED') === true)
    settings.report(
      diagnose(
        'NB206',
        `${definition.line.entry.key} is named auth while AUTH_ENABLED is true: both would be the host auth.`,
        'Set AUTH_ENABLED=false to use your own auth service, or rename yours.',
        positionAt(definition.line.entry, 0),
      ),
    )
  return true
}

/** Who needs Redis, as a phrase; `undefined` when nobody does. */
function neederOfRedis(services: readonly Service[]): string | undefined {
  for (const service of services) {
    const { slot, redisPrefix, redisDatabase, template, environment } = service
    if (redisDatabase !== undefined) return `CS_${slot}_REDIS_DB`
    if (redisPrefix !== undefined) return `CS_${slot}_REDIS_PREFIX`
    if (template.needs.includes('redis')) return `the ${template.id} template of CS_${slot}`
    if (environment.some(({ parts }) => /^rediss?:\/\/([^@/]*@)?redis(?=[:/]|$)/.test(literalOf(parts) ?? '')))
      return `a redis:// address in CS_${slot}_ENV`
  }
  return undefined
}

function neederOfPostgres(services: readonly Service[]): string | undefined {
  for (const { slot, database, tablePrefix, template } of services) {
    if (database !== undefined) return `CS_${slot}_DATABASE`
    if (tablePrefix !== undefined) return `CS_${slot}_TABLE_PREFIX`
    if (template.needs.includes('postgres')) return `the ${template.id} template of CS_${slot}`
  }
  return undefined
}
