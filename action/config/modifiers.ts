import type { Code } from './codes.ts'
import {
  type Dependency,
  parseBuildTarget,
  parseCommand,
  parseDatabase,
  parseDependency,
  parseImage,
  parseList,
  parseNetwork,
  parseNonEmpty,
  parseProjectPath,
  parseRedisPrefix,
  parseTablePrefix,
  parseVariableName,
  parseVolume,
} from './modifier-values.ts'
import {
  type HealthCheck,
  type Memory,
  type Parsed,
  parseBodySize,
  parseBoolean,
  parseCpu,
  parseDomains,
  parseHealthCheck,
  parseMemory,
  parseRateLimit,
  parseTimeout,
  parseWhole,
  type RateLimit,
} from './values.ts'

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
  readonly BODY_SIZE?: string
  readonly TIMEOUT?: number
  readonly MIGRATE?: readonly string[]
  readonly OVERLAP?: boolean
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
  MIGRATE: {
    code: 'NB319',
    parse: parseCommand,
    description: 'A command that `deploy` runs once with the new image, before traffic moves, split at white space.',
  },
  OVERLAP: {
    code: 'NB305',
    parse: parseBoolean,
    description:
      'Whether `deploy` may run old and new containers at the same time. Default: internal workers stop first (`false`), all others overlap (`true`).',
  },
  WEBSOCKET: { code: 'NB305', parse: parseBoolean, description: '`true` keeps idle connections open for an hour. Upgrades always work.' },
  BODY_SIZE: {
    code: 'NB331',
    parse: parseBodySize,
    description: 'The largest request body: `1g`, `500k`, `0` for any. Default: `NGINX_CLIENT_MAX_BODY_SIZE`, else 100m.',
  },
  TIMEOUT: {
    code: 'NB332',
    parse: parseTimeout,
    description: 'How long nginx waits between two pieces of an answer: `90s`, `5m`. Default: 60s; WebSocket and gRPC services an hour.',
  },
}

export type ModifierName = keyof Modifiers | 'ENV'

/** The names of all modifiers, `ENV` included. */
export const modifierNames: readonly string[] = [...Object.keys(modifiers), 'ENV'].sort()
