import type { ServiceClass } from './classes.ts'

/** What a release runs on: machines with Compose, each by itself, or the services of a Docker Swarm. */
export type DeployTarget = 'hosts' | 'swarm'

/** One service of a release. `name` is the host name that other containers call it by. */
export interface ReleaseService {
  readonly name: string
  readonly class: ServiceClass
  /** Covers all that makes its containers what they are, but the colour. */
  readonly hash: string
  readonly image: string
  readonly replicas: number
  /** How long a new container may take to become healthy. */
  readonly startSeconds: number
  /** How long an old container may go on with what it began, once no new request comes. */
  readonly drainSeconds: number
  /** From SIGTERM to SIGKILL. */
  readonly graceSeconds: number
  /** 0 when it has none. */
  readonly port: number
  readonly probe: 'docker' | 'none'
  readonly migrate: boolean
  readonly domains: readonly string[]
}

/** `manifest.json`: what a release is, for people, `plan` and `status`. */
export interface Manifest {
  readonly version: 1
  /** Absent for machines with Compose. */
  readonly target?: 'swarm'
  readonly project: string
  readonly environment: string
  readonly release: string
  readonly commit: string
  readonly envHash: string
  /** Of the nginx tree. */
  readonly edgeHash: string
  /** Of nginx's own container. */
  readonly edge: { readonly hash: string; readonly image: string }
  readonly services: readonly ReleaseService[]
  /** Variable → 8 hex digits that change with its value. */
  readonly variables: Readonly<Record<string, string>>
}

/** A release, complete: what is uploaded, and what is handed over apart from it. */
export interface Bundle {
  readonly id: string
  /** Path in the release → text. Sorted. */
  readonly files: ReadonlyMap<string, string>
  /** The `.env`: secrets, 0600, never among `files`. */
  readonly env: string
  readonly manifest: Manifest
  /** Values in `env` that no log may show. */
  readonly secrets: readonly string[]
}

/** What a release has for its target alone. */
export interface ReleaseParts {
  readonly files: ReadonlyMap<string, string>
  /** Of nginx's own container. */
  readonly edge: { readonly hash: string; readonly image: string }
  /** Of the nginx tree. */
  readonly edgeHash: string
  /** The hash of a service by its name. */
  readonly hash: (name: string) => string
  /** How the target treats services of a class. */
  readonly classOf: (serviceClass: ServiceClass) => ServiceClass
}
