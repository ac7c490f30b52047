import type { Code } from './codes.ts'
import { quote } from './diagnostics.ts'
import {
  fail,
  type HealthCheck,
  type Memory,
  ok,
  type Parsed,
  parseBoolean,
  parseCpu,
  parseDomains,
  parseHealthCheck,
  parseMemory,
  parseRateLimit,
  parseWhole,
  type RateLimit,
} from './values.ts'

/** A dependency of a service on another one, as Compose spells the condition. */
export interface Dependency {
  readonly name: string
  readonly condition: 'service_started' | 'service_healthy' | 'service_completed_successfully'
}

/** What the `CS_N_*` lines of one service say; absent keys were not set. */
export interface Modifiers {
  readonly MEMORY?: Memory
  readonly CPU?: number
  readonly REPLICAS?: number
  readonly PUBLIC?: boolean
  readonly DEV_DOMAIN?: readonly string[]
  readonly STAGING_DOMAIN?: readonly string[]
  readonly PROD_DOMAIN?: readonly string[]
  readonly HEALTHCHECK?: HealthCheck
  readonly RATE_LIMIT?: RateLimit
  readonly TABLE_PREFIX?: string
  readonly DATABASE?: string
  readonly REDIS_PREFIX?: string
  readonly REDIS_DB?: number
  readonly PORT?: number
  readonly ROUTE?: string
  readonly IMAGE?: string
  readonly PATH?: string
  readonly DOCKERFILE?: string
  readonly BUILD_TARGET?: string
  readonly COMMAND?: readonly string[]
  readonly ENV_FILE?: readonly string[]
  readonly ENV_PASSTHROUGH?: readonly string[]
  readonly VOLUMES?: readonly string[]
  readonly DEPENDS_ON?: readonly Dependency[]
  readonly NETWORKS?: readonly string[]
  readonly WEBSOCKET?: boolean
}

interface Modifier<K extends keyof Modifiers> {
  readonly code: Code
  readonly parse: (text: string) => Parsed<NonNullable<Modifiers[K]>>
  readonly description: string
}

/** Every modifier, once: its reader, the code of its error, and its line in the reference. `ENV` is read by `service-env.ts`. */
export const modifiers: { readonly [K in keyof Modifiers]-?: Modifier<K> } = {
  MEMORY: { code: 'NB301', parse: parseMemory, description: 'Memory limit: `512M`, `1G`, `1.5Gi`. Default: the template’s, else 256M.' },
  CPU: { code: 'NB303', parse: parseCpu, description: 'CPU limit: `0.5`, `2`. Default: the template’s, else 0.25.' },
  REPLICAS: {
    code: 'NB304',
    parse: (text) => parseWhole(text, 1, 100, 'a number of replicas'),
    description: 'Number of containers, 1 to 100. With more than one, no port is published on the host.',
  },
  PUBLIC: {
    code: 'NB305',
    parse: parseBoolean,
    description: 'Whether nginx serves the service. Default: with a route or a domain yes, else the template decides.',
  },
  DEV_DOMAIN: { code: 'NB212', parse: parseDomains, description: 'Domains in development, comma separated; the first is canonical.' },
  STAGING_DOMAIN: { code: 'NB212', parse: parseDomains, description: 'Domains in staging.' },
  PROD_DOMAIN: { code: 'NB212', parse: parseDomains, description: 'Domains in production.' },
  HEALTHCHECK: { code: 'NB306', parse: parseHealthCheck, description: 'A path (default `/health`), `CMD …`, `CMD-SHELL …` or `disabled`.' },
  RATE_LIMIT: {
    code: 'NB307',
    parse: parseRateLimit,
    description: 'Requests per client address: `100` and `100r/m` per minute, `5r/s` per second.',
  },
  TABLE_PREFIX: { code: 'NB308', parse: parseTablePrefix, description: 'Passed on as TABLE_PREFIX.' },
  DATABASE: {
    code: 'NB309',
    parse: parseDatabase,
    description: 'A Postgres database of its own, created on every start when it is missing.',
  },
  REDIS_PREFIX: { code: 'NB310', parse: parseRedisPrefix, description: 'Passed on as REDIS_PREFIX; switches Redis on.' },
  REDIS_DB: {
    code: 'NB311',
    parse: (text) => parseWhole(text, 0, 15, 'a Redis database'),
    description: 'Redis database 0 to 15, part of REDIS_URL; switches Redis on.',
  },
  PORT: {
    code: 'NB209',
    parse: (text) => parseWhole(text, 1, 65535, 'a port'),
    description: 'The port; wins over the field of the CS_N line.',
  },
  ROUTE: { code: 'NB212', parse: parseNonEmpty('a route'), description: 'The route or full domain; wins over the field of the CS_N line.' },
  IMAGE: { code: 'NB316', parse: parseImage, description: 'A ready image, run instead of a build.' },
  PATH: { code: 'NB317', parse: parseProjectPath, description: 'The build context. Default: `services/<name>`.' },
  DOCKERFILE: {
    code: 'NB317',
    parse: parseProjectPath,
    description: 'The Dockerfile, relative to the build context. Default: `Dockerfile`.',
  },
  BUILD_TARGET: {
    code: 'NB318',
    parse: parseBuildTarget,
    description: 'The stage to build. Default: the last; in development the template’s.',
  },
  COMMAND: { code: 'NB319', parse: parseCommand, description: 'The command, split at white space.' },
  ENV_FILE: {
    code: 'NB317',
    parse: parseList(parseProjectPath),
    description: 'Env files for the container, comma separated; later ones win.',
  },
  ENV_PASSTHROUGH: {
    code: 'NB324',
    parse: parseList(parseVariableName),
    description: 'Names of variables that the container gets as they are.',
  },
  VOLUMES: {
    code: 'NB323',
    parse: parseList(parseVolume),
    description: 'Comma separated `source:/target[:ro]`; a source is a path in the project or a volume name.',
  },
  DEPENDS_ON: {
    code: 'NB320',
    parse: parseList(parseDependency),
    description: 'Comma separated `name[:started|healthy|completed]`. Default: healthy.',
  },
  NETWORKS: { code: 'NB322', parse: parseList(parseNetwork), description: 'Further, existing networks named `<project>_…`.' },
  WEBSOCKET: { code: 'NB305', parse: parseBoolean, description: '`true` keeps idle connections open for an hour. Upgrades always work.' },
}

export type ModifierName = keyof Modifiers | 'ENV'

/** The names of all modifiers, `ENV` included. */
export const modifierNames: readonly string[] = [...Object.keys(modifiers), 'ENV'].sort()

function parseNonEmpty(what: string): (text: string) => Parsed<string> {
  return (text) => (text === '' ? fail(`The value is not ${what}.`, `Write ${what}.`) : ok(text))
}

function parseList<T>(parseItem: (text: string) => Parsed<T>): (text: string) => Parsed<readonly T[]> {
  return (text) => {
    const items: T[] = []
    let offset = 0
    for (const piece of text.split(',')) {
      const lead = piece.length - piece.trimStart().length
      const parsed = parseItem(piece.trim())
      if (!parsed.ok) return { ...parsed, offset: offset + lead + (parsed.offset ?? 0) }
      items.push(parsed.value)
      offset += piece.length + 1
    }
    return ok(items)
  }
}

// Postgres cuts identifiers at 63 bytes; a prefix that leaves no room for a table name is a mistake.
function parseTablePrefix(text: string): Parsed<string> {
  if (/^[a-zA-Z_][a-zA-Z0-9_]{0,39}$/.test(text)) return ok(text)
  return fail(`${quote(text)} is not a table prefix.`, 'Use up to 40 letters, digits and _, not starting with a digit, such as api_.')
}

function parseDatabase(text: string): Parsed<string> {
  if (/^[a-zA-Z_][a-zA-Z0-9_-]{0,62}$/.test(text) && !/^(template0|template1)$/i.test(text)) return ok(text)
  return fail(
    `${quote(text)} is not a database name.`,
    'Use up to 63 letters, digits, _ and -, not starting with a digit, such as orders_db.',
  )
}

function parseRedisPrefix(text: string): Parsed<string> {
  if (/^[\w:.{}@/|-]{1,64}$/.test(text)) return ok(text)
  return fail(`${quote(text)} is not a Redis key prefix.`, 'Use up to 64 letters, digits and _ : . - / | @ { }, such as api:.')
}

// https://github.com/distribution/reference/blob/main/reference.go
const domainPart = '(?:[a-zA-Z0-9](?:[a-zA-Z0-9-]*[a-zA-Z0-9])?(?:\\.[a-zA-Z0-9](?:[a-zA-Z0-9-]*[a-zA-Z0-9])?)*(?::\\d+)?/)?'
const pathPart = '[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*'
const imageReference = new RegExp(`^${domainPart}${pathPart}(?:/${pathPart})*(?::[\\w][\\w.-]{0,127})?(?:@sha256:[a-f0-9]{64})?$`)

function parseImage(text: string): Parsed<string> {
  if (text.length <= 512 && imageReference.test(text)) return ok(text)
  const fix =
    /[A-Z]/.test(text) && imageReference.test(text.toLowerCase())
      ? 'Repository names are lower case.'
      : 'Write registry/name:tag or registry/name@sha256:….'
  return fail(`${quote(text)} is not an image reference.`, fix)
}

/** Reads a relative path that stays inside the project; the result has no `.`, `..` or doubled slashes. */
export function parseProjectPath(text: string): Parsed<string> {
  const fix = 'Write a path inside the project, relative to its root, such as services/api.'
  if (!/^[\w./@+ -]+$/.test(text) || text.startsWith('/') || text.startsWith('-'))
    return fail(`${quote(text)} is not a relative path.`, fix)
  const segments = text.split('/').filter((segment) => segment !== '' && segment !== '.')
  if (segments.includes('..')) return fail(`${quote(text)} leaves the project.`, fix)
  if (segments.includes('.git')) return fail(`${quote(text)} points into .git.`, fix)
  return ok(segments.length === 0 ? '.' : segments.join('/'))
}

function parseBuildTarget(text: string): Parsed<string> {
  if (/^[A-Za-z0-9][A-Za-z0-9_.-]{0,63}$/.test(text)) return ok(text)
  return fail(`${quote(text)} is not a build stage.`, 'Use the name after AS in the Dockerfile: letters, digits, _ . and -.')
}

function parseCommand(text: string): Parsed<readonly string[]> {
  const words = text.trim().split(/\s+/)
  return words[0] === '' ? fail('The command is empty.', 'Write the program and its arguments.') : ok(words)
}

function parseVariableName(text: string): Parsed<string> {
  if (/^[A-Za-z_][A-Za-z0-9_]*$/.test(text)) return ok(text)
  return fail(`${quote(text)} is not a variable name.`, 'Write names separated by commas, such as API_KEY,SENTRY_DSN.')
}

function parseVolume(text: string): Parsed<string> {
  const fix = 'Write source:/target or source:/target:ro; a source is ./path inside the project or a volume name.'
  const match = /^([^:]+):(\/[\w./@+-]*)(?::(ro|rw))?$/.exec(text)
  if (match === null) return fail(`${quote(text)} is not a volume.`, fix)
  const [, source = '', target = '', mode] = match
  const segments = target.split('/').filter((segment) => segment !== '' && segment !== '.')
  if (segments.length === 0 || segments.includes('..')) return fail(`${quote(target)} is not a mount point.`, fix, source.length + 1)
  const suffix = `:${target}${mode === undefined ? '' : `:${mode}`}`
  if (/^[a-zA-Z0-9][\w.-]*$/.test(source)) return ok(source + suffix)
  if (/^(\/|~)/.test(source)) return fail(`${quote(source)} is a path outside the project.`, fix)
  const path = parseProjectPath(source)
  return path.ok ? ok(`./${path.value}${suffix}`) : path
}

const conditions = { started: 'service_started', healthy: 'service_healthy', completed: 'service_completed_successfully' } as const

function parseDependency(text: string): Parsed<Dependency> {
  const [name = '', condition = 'healthy', ...rest] = text.split(':')
  const fix = 'Write service names, each with an optional :started, :healthy or :completed.'
  if (rest.length > 0 || !Object.hasOwn(conditions, condition))
    return fail(`${quote(text)} has an unknown condition.`, fix, name.length + 1)
  if (!/^[a-z0-9]+([-_][a-z0-9]+)*$/.test(name)) return fail(`${quote(name)} is not a service name.`, fix)
  return ok({ name, condition: conditions[condition as keyof typeof conditions] })
}

function parseNetwork(text: string): Parsed<string> {
  if (/^[a-z0-9][a-z0-9_.-]{0,127}$/.test(text)) return ok(text)
  return fail(`${quote(text)} is not a network name.`, 'Write names of existing networks, separated by commas.')
}
