/** An environment by its canonical name; `kind` is what rules depend on, `files` are its env files, low to high. */
export interface Environment {
  readonly name: string
  readonly kind: 'development' | 'staging' | 'production' | 'custom'
  readonly files: readonly string[]
}

const known: readonly { environment: Environment; aliases: readonly string[] }[] = [
  {
    environment: { name: 'development', kind: 'development', files: ['.env.development', '.env.dev'] },
    aliases: ['dev', 'develop', 'devel', 'development', 'local'],
  },
  { environment: { name: 'staging', kind: 'staging', files: ['.env.staging'] }, aliases: ['stage', 'staging'] },
  { environment: { name: 'production', kind: 'production', files: ['.env.production', '.env.prod'] }, aliases: ['prod', 'production'] },
]

const customName = /^[a-z0-9][a-z0-9_-]{0,62}$/

// `.env.secrets`, `.env.local` and `.env.example` have meanings of their own.
const taken = new Set(['secrets', 'example'])

/** Resolves an environment name or alias; `undefined` when it is not a legal name. */
export function resolveEnvironment(text: string): Environment | undefined {
  const name = text.trim().toLowerCase()
  const found = known.find(({ aliases }) => aliases.includes(name))
  if (found !== undefined) return found.environment
  if (!customName.test(name) || taken.has(name)) return undefined
  return { name, kind: 'custom', files: [`.env.${name}`] }
}

/** The three environments of the specification, in the order a change travels through them. */
export const standardEnvironments: readonly Environment[] = known.map(({ environment }) => environment)

/** `v1`: `.env` is the lowest layer (nself 1.x). `legacy`: `.env` wins and `.env.dev` lies under every environment (bash nself). */
export type EnvOrder = 'v1' | 'legacy'

/** The env files of an environment, low to high precedence, whether or not they exist. */
export function cascadeFiles(environment: Environment, order: EnvOrder): string[] {
  const local = environment.kind === 'development' ? ['.env.local'] : []
  if (order === 'v1') return ['.env', ...environment.files, '.env.secrets', ...local]
  const base = environment.kind === 'development' ? [] : ['.env.development', '.env.dev']
  return [...base, ...environment.files, '.env.secrets', ...local, '.env']
}
