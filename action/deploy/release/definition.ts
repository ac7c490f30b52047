import type { ServiceClass } from './classes.ts'

/** A service of a release before it is written: its compose entry, without labels and profile, and how it is to be treated. */
export interface Definition {
  readonly name: string
  /** The names that other containers call it by. */
  readonly aliases: readonly string[]
  readonly class: ServiceClass
  readonly content: Readonly<Record<string, unknown>>
  /** What its hash covers beside `content`. */
  readonly salt: string
  readonly image: string
  readonly replicas: number
  readonly startSeconds: number
  readonly drainSeconds: number
  readonly graceSeconds: number
  readonly port: number
  readonly probe: 'docker' | 'none'
  /** The compose entry of its migration. */
  readonly migration: Readonly<Record<string, unknown>> | undefined
  readonly domains: readonly string[]
}
