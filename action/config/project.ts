import type { Position } from './diagnostics.ts'
import type { Environment, EnvOrder } from './environment.ts'
import type { Dependency } from './modifier-values.ts'
import type { Part, ServiceVariable } from './service-env.ts'
import type { Template } from './template.ts'
import type { HealthCheck, Memory, RateLimit } from './values.ts'

export type { Part, ServiceVariable }

/** One custom service, fully resolved for one environment. */
export interface Service {
  readonly slot: number
  readonly name: string
  /** Compose name and DNS name on the network. */
  readonly host: string
  readonly template: Template
  readonly position: Position
  readonly port: number
  /** The port on 127.0.0.1, in development with one replica; `undefined` when none is published. */
  readonly publishedPort: number | undefined
  readonly public: boolean
  readonly route: string | undefined
  readonly domains: readonly string[]
  readonly memory: Memory
  readonly cpu: number
  readonly replicas: number
  readonly health: HealthCheck
  readonly rateLimit: RateLimit | undefined
  readonly websocket: boolean
  /** The largest request body, as nginx writes it; `undefined` for nginx's own limit. */
  readonly bodySize: string | undefined
  /** How long nginx waits for more of an answer, in seconds; `undefined` for the usual time. */
  readonly timeout: number | undefined
  readonly tablePrefix: string | undefined
  readonly database: string | undefined
  readonly redisPrefix: string | undefined
  readonly redisDatabase: number | undefined
  readonly environment: readonly ServiceVariable[]
  readonly image: string
  /** `undefined` when `CS_N_IMAGE` names a ready image. */
  readonly build:
    | {
        readonly context: string
        readonly dockerfile: string
        /** The stage that this environment runs, and the one that is published: in development they differ. */
        readonly target: string | undefined
        readonly releaseTarget: string | undefined
      }
    | undefined
  readonly command: readonly string[] | undefined
  readonly envFiles: readonly string[]
  readonly passthrough: readonly string[]
  readonly volumes: readonly string[]
  readonly dependsOn: readonly Dependency[]
  readonly networks: readonly string[]
  /** What a deploy runs once with a new image, before traffic moves. */
  readonly migrate: readonly string[] | undefined
  /** Whether a deploy may run old and new containers side by side. */
  readonly overlap: boolean
}

/** A core service that nginx may serve. */
export interface CoreSite {
  readonly service: 'hasura' | 'auth' | 'minio' | 'mailpit'
  readonly domain: string
  readonly port: number
}

export interface Postgres {
  readonly image: string
  readonly user: string
  readonly database: string
  /** Port on 127.0.0.1 in development. */
  readonly publishedPort: number
}

export interface CoreService {
  readonly image: string
  readonly publishedPort: number
}

export interface Nginx {
  readonly image: string
  /** Major, minor, patch: decides which directives the configuration may use. */
  readonly version: readonly [number, number, number]
  readonly httpPort: number
  readonly httpsPort: number
  readonly bind: string
  readonly clientMaxBodySize: string
  readonly trustedProxies: readonly string[]
  /** False where HTTP/3 is not wanted, although the image has it. */
  readonly http3: boolean
}

export type TlsMode = 'local' | 'custom' | 'letsencrypt' | 'none'

/** The certificate authority and the client that asks it. */
export interface Acme {
  readonly image: string
  readonly directory: string
  readonly email: string | undefined
  /** Proves domains by DNS records instead of answers on port 80, as one of lego's providers. */
  readonly dnsProvider: string | undefined
  /** Names of the variables with that provider's credentials. */
  readonly dnsVariables: readonly string[]
}

/** The one model that every rendering starts from. Immutable; equal configuration gives an equal value. */
export interface Project {
  readonly name: string
  readonly environment: Environment
  readonly envOrder: EnvOrder
  readonly baseDomain: string
  readonly core: 'managed' | 'external'
  readonly tls: TlsMode
  /** How long browsers are told to insist on HTTPS, in seconds; 0: they are not told. */
  readonly hstsSeconds: number
  /** Where certificates come from with `tls: letsencrypt`. */
  readonly acme: Acme | undefined
  readonly services: readonly Service[]
  /** Core services; `undefined` means switched off. With `core: external` they describe what the nself CLI runs. */
  readonly postgres: Postgres | undefined
  readonly redis: CoreService | undefined
  readonly hasura: CoreService | undefined
  readonly auth: CoreService | undefined
  readonly minio: (CoreService & { readonly consolePort: number; readonly bucket: string }) | undefined
  readonly mailpit: (CoreService & { readonly smtpPort: number }) | undefined
  readonly nginx: Nginx | undefined
  readonly coreSites: readonly CoreSite[]
}

/** The databases that must exist besides Postgres' own, sorted. */
export function databasesOf(project: Project): string[] {
  const names = project.services.flatMap(({ database }) => (database === undefined ? [] : [database]))
  return [...new Set(names)].filter((name) => name !== project.postgres?.database).sort()
}
