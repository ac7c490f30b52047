import { type Diagnostic, diagnose } from './diagnostics.ts'
import { type EnvEntry, positionAt } from './env-file.ts'
import type { Environment } from './environment.ts'
import type { Service } from './project.ts'
import { hostOf } from './service-line.ts'
import type { Definition } from './services.ts'
import type { Settings } from './settings.ts'
import { type HealthCheck, isFullDomain, isHostname, parseRoute } from './values.ts'

interface Surroundings {
  readonly environment: Environment
  readonly projectName: string
  readonly baseDomain: string
  readonly registry: string
}

const defaultHealth: HealthCheck = { kind: 'path', path: '/health' }

/** Resolves definitions against each other: unique names, ports and domains. A service that repeats a name is dropped. */
export function resolveServices(settings: Settings, definitions: readonly Definition[], surroundings: Surroundings): Service[] {
  const unique = uniqueNames(settings, definitions)
  const ports = assignPorts(settings, unique)
  const services = unique.map((definition) => resolveService(settings, definition, ports.get(definition) as number, surroundings))
  checkDomains(settings, unique, services)
  return services
}

function uniqueNames(settings: Settings, definitions: readonly Definition[]): Definition[] {
  const first = new Map<string, Definition>()
  return definitions.filter((definition) => {
    const { line } = definition
    const host = hostOf(line.name)
    const earlier = first.get(host)
    if (earlier === undefined) {
      first.set(host, definition)
      return true
    }
    const same = earlier.line.name === line.name ? `named ${line.name}` : `named ${earlier.line.name}, which is the same host name`
    settings.report(
      diagnose(
        'NB205',
        `${line.entry.key}: ${earlier.line.entry.key} is already ${same}.`,
        'Give each service a name of its own.',
        positionAt(line.entry, 0),
      ),
    )
    return false
  })
}

function assignPorts(settings: Settings, definitions: readonly Definition[]): Map<Definition, number> {
  const ports = new Map<Definition, number>()
  const owner = new Map<number, Definition>()
  for (const definition of definitions) {
    const { line, modifiers, entries } = definition
    const port = modifiers.PORT ?? line.port
    if (port === undefined) continue
    ports.set(definition, port)
    const earlier = owner.get(port)
    if (earlier === undefined) owner.set(port, definition)
    else {
      const entry = entries.get('PORT') ?? line.entry
      settings.report(
        diagnose(
          'NB210',
          `${entry.key}: port ${port} is already the port of ${earlier.line.name} (${earlier.line.entry.key}); only that one is published on the host.`,
          'Give each service a port of its own, or leave the port out.',
          positionAt(entry, entry === line.entry ? line.offsets.port : 0),
        ),
      )
    }
  }
  for (const definition of definitions) {
    if (ports.has(definition)) continue
    const { slot, entry } = definition.line
    const usual = 8000 + slot
    let port = usual
    while (owner.has(port)) port += 100
    if (port !== usual)
      settings.report(
        diagnose(
          'NB211',
          `${entry.key}: port ${usual} is taken by ${owner.get(usual)?.line.name}, so ${definition.line.name} gets ${port}.`,
          'Write the port into the CS_N line.',
          positionAt(entry, 0),
        ),
      )
    owner.set(port, definition)
    ports.set(definition, port)
  }
  return ports
}

function resolveService(settings: Settings, definition: Definition, port: number, surroundings: Surroundings): Service {
  const { line, template, modifiers, environment } = definition
  const { environment: current, baseDomain } = surroundings
  const route = modifiers.ROUTE ?? line.route
  const isPublic = modifiers.PUBLIC ?? (hasDomain(modifiers) || route !== undefined || template.kind !== 'worker')
  const replicas = modifiers.REPLICAS ?? 1
  settings.report(...checkMemory(definition), ...checkImage(definition))
  return {
    slot: line.slot,
    name: line.name,
    host: hostOf(line.name),
    template,
    position: positionAt(line.entry, 0),
    port,
    publishedPort: current.kind === 'development' && replicas === 1 ? port : undefined,
    public: isPublic,
    route,
    domains: domainsOf(settings, definition, route, isPublic, current, baseDomain),
    memory: modifiers.MEMORY ?? template.memory,
    cpu: modifiers.CPU ?? template.cpu,
    replicas,
    health: modifiers.HEALTHCHECK ?? defaultHealth,
    rateLimit: modifiers.RATE_LIMIT,
    websocket: modifiers.WEBSOCKET ?? template.kind === 'websocket',
    tablePrefix: modifiers.TABLE_PREFIX,
    database: modifiers.DATABASE,
    redisPrefix: modifiers.REDIS_PREFIX,
    redisDatabase: modifiers.REDIS_DB,
    environment,
    ...imageOf(definition, surroundings),
    command: modifiers.COMMAND,
    envFiles: modifiers.ENV_FILE ?? [],
    passthrough: modifiers.ENV_PASSTHROUGH ?? [],
    volumes: modifiers.VOLUMES ?? [],
    dependsOn: modifiers.DEPENDS_ON ?? [],
    networks: modifiers.NETWORKS ?? [],
  }
}

function imageOf(
  { line, template, modifiers }: Definition,
  { environment, projectName, registry }: Surroundings,
): Pick<Service, 'image' | 'build'> {
  if (modifiers.IMAGE !== undefined) return { image: modifiers.IMAGE, build: undefined }
  // A context of the user's own need not have the template's development stage.
  const devTarget = environment.kind === 'development' && modifiers.PATH === undefined ? template.dev.target : undefined
  return {
    image: `${registry === '' ? '' : `${registry}/`}${projectName}-${hostOf(line.name)}`,
    build: {
      context: modifiers.PATH ?? `services/${line.name}`,
      dockerfile: modifiers.DOCKERFILE ?? 'Dockerfile',
      target: modifiers.BUILD_TARGET ?? devTarget,
    },
  }
}

function checkMemory({ template, modifiers, entries }: Definition): Diagnostic[] {
  const entry = entries.get('MEMORY')
  const { MEMORY: memory } = modifiers
  if (entry === undefined || memory === undefined || memory.bytes >= template.minimumMemory.bytes) return []
  return [
    diagnose(
      'NB302',
      `${entry.key}: ${template.id} needs ${template.minimumMemory.text}; with ${memory.text} it may be killed.`,
      `Set ${entry.key}=${template.minimumMemory.text} or more.`,
      positionAt(entry, 0),
    ),
  ]
}

function checkImage({ line, modifiers, entries }: Definition): Diagnostic[] {
  if (modifiers.IMAGE === undefined) return []
  return ['PATH', 'DOCKERFILE', 'BUILD_TARGET'].flatMap((name) => {
    const entry = entries.get(name)
    if (entry === undefined) return []
    return [
      diagnose(
        'NB325',
        `${entry.key} has no meaning beside CS_${line.slot}_IMAGE.`,
        'Keep the image or the build, not both.',
        entry.position,
      ),
    ]
  })
}

function hasDomain(modifiers: Definition['modifiers']): boolean {
  return modifiers.DEV_DOMAIN !== undefined || modifiers.STAGING_DOMAIN !== undefined || modifiers.PROD_DOMAIN !== undefined
}

const domainModifier = { development: 'DEV_DOMAIN', staging: 'STAGING_DOMAIN', production: 'PROD_DOMAIN', custom: undefined } as const

function domainsOf(
  settings: Settings,
  definition: Definition,
  route: string | undefined,
  isPublic: boolean,
  environment: Environment,
  baseDomain: string,
): readonly string[] {
  const { line, modifiers, entries } = definition
  const modifier = domainModifier[environment.kind]
  const chosen = modifier === undefined ? undefined : modifiers[modifier]
  if (chosen !== undefined) return chosen
  const entry = entries.get('ROUTE') ?? line.entry
  const offset = entry === line.entry ? line.offsets.route : 0
  const parsed = parseRoute(route ?? hostOf(line.name), baseDomain)
  if (!parsed.ok) {
    // Without a route the host name is one; only a base domain that is too long can spoil it, and that has its own diagnostic.
    if (route !== undefined) {
      // An offset in an expanded text is none in the file.
      const within = entry.value.startsWith(route, offset) ? (parsed.offset ?? 0) : 0
      settings.report(diagnose('NB212', `${entry.key}: ${parsed.problem}`, parsed.fix, positionAt(entry, offset + within)))
    }
    return []
  }
  if (isPublic && route !== undefined && environment.kind === 'staging' && route.split(',').some((piece) => isFullDomain(piece.trim())))
    settings.report(
      diagnose(
        'NB214',
        `${entry.key}: staging claims ${parsed.value[0]}, which production has too.`,
        `Set CS_${line.slot}_STAGING_DOMAIN=${stagingSuggestion(parsed.value[0] as string)}.`,
        positionAt(entry, offset),
      ),
    )
  return parsed.value
}

function stagingSuggestion(domain: string): string {
  const suggestion = `staging-${domain}`
  return isHostname(suggestion) ? suggestion : 'staging.example.com'
}

function checkDomains(settings: Settings, definitions: readonly Definition[], services: readonly Service[]): void {
  const owner = new Map<string, Service>()
  services.forEach((service, index) => {
    if (!service.public) return
    const { line, entries } = definitions[index] as Definition
    for (const domain of service.domains) {
      const earlier = owner.get(domain)
      if (earlier === undefined) {
        owner.set(domain, service)
        continue
      }
      const entry = domainEntry(domain, line.entry, entries)
      settings.report(
        diagnose(
          'NB213',
          `${entry.key}: ${domain} already goes to ${earlier.name} (CS_${earlier.slot}).`,
          'Give each service a route of its own, or set CS_N_PUBLIC=false.',
          positionAt(entry, entry === line.entry && line.route !== undefined ? line.offsets.route : 0),
        ),
      )
    }
  })
}

function domainEntry(domain: string, line: EnvEntry, entries: ReadonlyMap<string, EnvEntry>): EnvEntry {
  const candidates = ['DEV_DOMAIN', 'STAGING_DOMAIN', 'PROD_DOMAIN', 'ROUTE'].flatMap((name) => entries.get(name) ?? [])
  return (
    candidates.find(({ value }) =>
      value
        .toLowerCase()
        .split(',')
        .some((piece) => piece.trim() === domain || domain.startsWith(`${piece.trim()}.`)),
    ) ?? line
  )
}
