import type { Memory } from './values.ts'

/** A rule of `docker compose watch` in development. */
export interface WatchRule {
  readonly action: 'sync' | 'rebuild' | 'restart' | 'sync+restart'
  readonly path: string
  readonly target?: string
  readonly ignore?: readonly string[]
}

/** One step by which the contract suite sees a service use its stores, where it has no /items and /hits to ask. */
export type ProofStep =
  | { readonly start: string; readonly command: readonly string[]; readonly port: number; readonly variable: string }
  | { readonly request: string; readonly json?: unknown; readonly headers?: Readonly<Record<string, string>>; readonly status: number }
  | { readonly environment: Readonly<Record<string, string>> }
  | { readonly exec: readonly string[] }
  | { readonly row: string }
  | { readonly key: string }

/** What was tried where a template's package registry cannot be reached from the project's own machines. */
export interface Verified {
  readonly by: readonly string[]
  readonly missing: readonly string[]
}

/** What a template says about the services made from it: the content of its `template.yml`. */
export interface Template {
  readonly id: string
  readonly version: string
  readonly title: string
  readonly description: string
  readonly language: string
  readonly framework: string
  readonly image: string
  readonly aliases: readonly string[]
  readonly kind: 'web' | 'worker' | 'grpc' | 'websocket'
  readonly memory: Memory
  readonly cpu: number
  readonly minimumMemory: Memory
  readonly needs: readonly ('redis' | 'postgres')[]
  readonly stopGracePeriod: string
  readonly startPeriod: string
  readonly readOnly: boolean
  readonly tmpfs: readonly string[]
  /** Most processes and threads of a container. */
  readonly pids: number
  /** `bash`: the shared probe over /dev/tcp; else the argument vector of a program in the image. */
  readonly probe: 'bash' | readonly string[]
  readonly dev: { readonly target?: string; readonly watch: readonly WatchRule[] }
  readonly seed: readonly string[]
  /** The command that runs the scaffold's own tests, and the one of its language's linter, both inside the build stage. */
  readonly test: readonly string[]
  readonly lint: readonly string[]
  /** Absent: the service has /items and /hits. Empty: it keeps nothing. */
  readonly proof?: readonly ProofStep[]
  /** Absent: the contract suite proves it. */
  readonly verified?: Verified
  /** The id of the template whose files stand in while this one has none of its own. */
  readonly placeholder?: string
}

/** The templates that a project can name. */
export interface Catalogue {
  /** Finds a template by id, alias or `<language>/<framework>` (nself's directory form, such as `js/node-js`). */
  readonly find: (framework: string) => Template | undefined
  /** All templates, sorted by id. */
  readonly all: () => readonly Template[]
}

/** Every name that a catalogue finds, sorted, for suggestions. */
export function frameworkNames(catalogue: Catalogue): string[] {
  return catalogue
    .all()
    .flatMap(({ id, aliases }) => [id, ...aliases])
    .sort()
}
