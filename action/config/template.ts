import type { Memory } from './values.ts'

/** A rule of `docker compose watch` in development. */
export interface WatchRule {
  readonly action: 'sync' | 'rebuild' | 'restart' | 'sync+restart'
  readonly path: string
  readonly target?: string
  readonly ignore?: readonly string[]
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
  /** `bash`: the shared probe over /dev/tcp; else the argument vector of a program in the image. */
  readonly probe: 'bash' | readonly string[]
  readonly dev: { readonly target?: string; readonly watch: readonly WatchRule[] }
  readonly seed: readonly string[]
  readonly test: readonly string[]
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
