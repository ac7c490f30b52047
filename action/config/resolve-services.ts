import { type Diagnostic, diagnose } from './diagnostics.ts'
import { checkDomains, domainsOf, hasDomain } from './domains.ts'
import { positionAt } from './env-file.ts'
import type { Environment } from './environment.ts'
import { assignPorts } from './ports.ts'
import type { Service } from './project.ts'
import { hostOf } from './service-line.ts'
import type { Definition } from './services.ts'
import type { Settings } from './settings.ts'
import type { HealthCheck } from './values.ts'

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
    bodySize: modifiers.BODY_SIZE,
    timeout: modifiers.TIMEOUT,
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
    migrate: modifiers.MIGRATE,
    overlap: modifiers.OVERLAP ?? (template.kind !== 'worker' || isPublic),
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
      releaseTarget: modifiers.BUILD_TARGET,
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
