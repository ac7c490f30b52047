import type { ServiceClass } from '../release/classes.ts'

/**
 * What a deploy does with a service. `keep`: nothing. `differs`: it keeps data, is not what the release says, and is left alone.
 * `run`: a one-shot is run to its end. `clean`: containers that an interrupted run left behind go.
 */
export type ServiceAction = 'create' | 'roll' | 'overlap' | 'recreate' | 'start' | 'run' | 'clean' | 'remove' | 'differs' | 'keep'

export interface ServicePlan {
  readonly name: string
  readonly action: ServiceAction
  readonly class: ServiceClass
  /** Why, in words: no values. */
  readonly reasons: readonly string[]
  readonly replicas: number
  /** Whether its migration runs first. */
  readonly migrates: boolean
}

/** Names of variables; never their values. */
export interface VariableChanges {
  readonly added: readonly string[]
  readonly changed: readonly string[]
  readonly removed: readonly string[]
}

/**
 * nginx: `create` on an empty host, `restart` when asked for, `reload` when its files changed, `replace` in a swarm; `differs`: only a restart
 * would bring it up to date.
 */
export type EdgeAction = 'create' | 'restart' | 'reload' | 'replace' | 'differs' | 'keep'

/** What a deploy will do on one host, exactly. */
export interface HostPlan {
  readonly host: string
  readonly release: string
  /** The release that is current on the host; '' on an empty one. */
  readonly current: string
  readonly services: readonly ServicePlan[]
  readonly variables: VariableChanges
  readonly edge: EdgeAction
  /** Names of containers on the host that are not of this project's making. */
  readonly unknown: readonly string[]
  /** Whether the host is as the release says, and its last run ended well: nothing is to be done. */
  readonly isUnchanged: boolean
}
