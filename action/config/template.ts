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

/** The templates by id, with every alias. */
export interface Catalogue {
  readonly templates: ReadonlyMap<string, Template>
  readonly aliases: ReadonlyMap<string, string>
}

export function createCatalogue(templates: readonly Template[]): Catalogue {
  const byId = new Map(templates.map((template) => [template.id, template]))
  const aliases = new Map<string, string>()
  for (const { id, aliases: names } of byId.values()) for (const name of names) aliases.set(name, id)
  return { templates: byId, aliases }
}

/** Finds a template by id, alias or `<language>/<framework>` (nself's directory form, such as `js/node-js`). */
export function findTemplate(catalogue: Catalogue, framework: string): Template | undefined {
  const find = (name: string) => catalogue.templates.get(name) ?? catalogue.templates.get(catalogue.aliases.get(name) ?? '')
  const slash = framework.indexOf('/')
  return find(framework) ?? (slash === -1 ? undefined : find(framework.slice(slash + 1)))
}

/** Every name that `findTemplate` accepts, for suggestions. */
export function frameworkNames(catalogue: Catalogue): string[] {
  return [...catalogue.templates.keys(), ...catalogue.aliases.keys()].sort()
}
