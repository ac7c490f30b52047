import { type Diagnostic, diagnose, hasErrors, quote } from './diagnostics.ts'
import { type EnvFile, parseEnvFile } from './env-file.ts'
import { cascadeFiles, type Environment, type EnvOrder, resolveEnvironment } from './environment.ts'
import { isHarmless, looksSecret } from './secrets.ts'
import { disagreements, mergeEnvFiles, type Variables } from './variables.ts'

/** The text of an env file, or why it cannot be read. `undefined` when it does not exist. */
export type ReadEnvFile = (file: string) => { readonly text: string } | { readonly problem: Diagnostic } | undefined

export interface LoadOptions {
  readonly environment: string | undefined
  readonly envOrder: EnvOrder
  /** Dotenv text of the highest precedence: the `env` input. */
  readonly env: string
  readonly outer: Variables['outer']
}

export interface Configuration {
  readonly environment: Environment
  readonly variables: Variables
  /** The files that exist, low to high precedence. */
  readonly files: readonly string[]
}

/** The name under which positions in the `env` input are shown. */
export const envInput = 'env input'

/** Reads the cascade of one environment. `configuration` is absent when not even the environment is clear. */
export function loadConfiguration(read: ReadEnvFile, options: LoadOptions): { configuration?: Configuration; diagnostics: Diagnostic[] } {
  const diagnostics: Diagnostic[] = []
  const parsed = new Map<string, EnvFile | undefined>()
  const load = (file: string): EnvFile | undefined => {
    if (parsed.has(file)) return parsed.get(file)
    const found = read(file)
    let env: EnvFile | undefined
    if (found !== undefined && 'problem' in found) diagnostics.push(found.problem)
    else if (found !== undefined) {
      const result = parseEnvFile(file, found.text)
      diagnostics.push(...result.diagnostics)
      env = result.env
    }
    parsed.set(file, env)
    return env
  }
  const input = parseEnvFile(envInput, options.env)
  diagnostics.push(...input.diagnostics)

  const environment = chooseEnvironment(options.environment, [input.env, load('.env.local'), load('.env')], diagnostics)
  if (environment === undefined) return { diagnostics }

  const files = cascadeFiles(environment, options.envOrder)
  const layers = files.flatMap((file) => load(file) ?? [])
  // .env.local was looked at for ENV, but it counts in development only.
  const ignored = diagnostics.filter(
    ({ position }) => position !== undefined && position.file === '.env.local' && !files.includes('.env.local'),
  )
  const kept = diagnostics.filter((diagnostic) => !ignored.includes(diagnostic))

  if (layers.length === 0 && input.env.entries.length === 0 && !hasErrors(kept))
    kept.push(
      diagnose(
        'NB114',
        `None of ${files.join(', ')} exists in the working directory.`,
        'Run `nself-build init`, or point --working-directory at the project.',
      ),
    )
  const both = environment.files.filter((file) => load(file) !== undefined)
  if (both.length > 1)
    kept.push(
      diagnose('NB115', `${both.join(' and ')} both exist: ${both.at(-1)} wins.`, 'Keep one of them.', {
        file: both[0] as string,
        line: 1,
        column: 1,
      }),
    )
  kept.push(...disagreements(layers, environment.files))

  const variables = mergeEnvFiles([...layers, input.env], options.outer)
  kept.push(...contradiction(environment, variables))
  return { configuration: { environment, variables, files: layers.map(({ file }) => file) }, diagnostics: kept }
}

function chooseEnvironment(
  wanted: string | undefined,
  sources: readonly (EnvFile | undefined)[],
  diagnostics: Diagnostic[],
): Environment | undefined {
  const entry = sources
    .flatMap((source) => source?.entries.filter(({ key }) => key === 'ENV').at(-1) ?? [])
    .find(({ value }) => value !== '')
  const name = wanted ?? entry?.value ?? 'development'
  const environment = resolveEnvironment(name)
  if (environment === undefined)
    diagnostics.push(
      diagnose(
        'NB112',
        `${quote(name)} is not an environment.`,
        'Use development, staging, production, or a name of lower-case letters, digits, _ and -.',
        wanted === undefined ? entry?.valuePosition : undefined,
      ),
    )
  return environment
}

function contradiction(environment: Environment, variables: Variables): Diagnostic[] {
  const entry = variables.entries.get('ENV')
  if (entry === undefined || entry.value === '' || entry.value.includes('$') || resolveEnvironment(entry.value)?.name === environment.name)
    return []
  return [
    diagnose(
      'NB113',
      `ENV=${quote(entry.value).slice(1, -1)} here, but the environment is ${environment.name}: services get ENV=${environment.name}.`,
      'Remove ENV from this file, or choose the environment by --environment alone.',
      entry.position,
    ),
  ]
}

/** The values that logs, outputs and summaries must never show: all of `.env.secrets`, and whatever is named like a secret. */
export function secretValues(variables: Variables): string[] {
  const values = [...variables.entries.values()]
    .filter(({ key, position }) => !key.startsWith('CS_') && (position.file === '.env.secrets' || looksSecret(key)))
    // A diff or a log shows a secret of several lines line by line.
    .flatMap(({ value }) => [value, ...value.split('\n').map((line) => line.trim())])
    .filter((value) => value.length >= 4 && !isHarmless(value) && !value.includes('${'))
  return [...new Set(values)].sort()
}
