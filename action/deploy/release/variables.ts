import { type Diagnostic, diagnose } from '../../config/diagnostics.ts'
import { envInput } from '../../config/load.ts'
import { resolveValue } from '../../config/resolve-value.ts'
import { isFromSecretSource, isHarmless, looksSecret } from '../../config/secrets.ts'
import type { Variables } from '../../config/variables.ts'
import type { Definition } from './definition.ts'
import { referencesIn, textsOf } from './references.ts'

/** What the host's `.env` holds. */
export interface HostVariables {
  readonly values: ReadonlyMap<string, string>
  /** Those that no log may show. */
  readonly secrets: readonly string[]
}

/** What the agent sets by itself. */
const ofAgent = new Set(['NSELF_ROOT'])
const urlEncoded = '_URLENCODED'

/**
 * The values of all variables that the definitions name, and of no other. `given` are values under names that no user knows, such as those of env files.
 * Every missing one is a diagnostic with the services that need it. `alternatives`: of these names one is enough.
 */
export function hostVariables(
  definitions: readonly Definition[],
  variables: Variables,
  given: ReadonlyMap<string, string>,
  alternatives: readonly (readonly string[])[],
): { host: HostVariables; diagnostics: Diagnostic[] } {
  const needs = collect(definitions)
  const values = new Map<string, string>()
  const problems: Diagnostic[] = []
  for (const name of needs.keys()) {
    const own = given.get(name)
    const resolved = own === undefined ? resolveValue(name, variables) : { value: own }
    if (resolved === undefined) continue
    if ('value' in resolved) values.set(name, resolved.value)
    else problems.push(unresolved(name, resolved.problem, variables))
  }
  // Percent-encoded here, so that a password may hold any character (RFC 3986, section 3.2.1).
  for (const name of needs.keys()) {
    const plain = name.endsWith(urlEncoded) && !values.has(name) ? values.get(name.slice(0, -urlEncoded.length)) : undefined
    if (plain !== undefined && plain !== '') values.set(name, encodeURIComponent(plain))
  }
  const missing = [...needs]
    .filter(([name, { required }]) => required !== 'no' && isMissing(values.get(name), required))
    .map(([name, { services }]) => absent([name], services))
  const known = new Set(missing.map(({ message }) => message))
  const lacking = alternatives
    .filter((names) => names.length > 1 && names.some((name) => needs.has(name)) && names.every((name) => (values.get(name) ?? '') === ''))
    .map((names) => absent(names, [...new Set(names.flatMap((name) => needs.get(name)?.services ?? []))]))
    .filter(({ message }) => !known.has(message))
  return { host: { values, secrets: secretsOf(values, variables, given) }, diagnostics: [...problems, ...missing, ...lacking] }
}

interface Need {
  readonly required: 'no' | 'set' | 'filled'
  readonly services: readonly string[]
}

const strength = { no: 0, set: 1, filled: 2 } as const

function collect(definitions: readonly Definition[]): Map<string, Need> {
  const needs = new Map<string, Need>()
  for (const { name: service, content, migration } of definitions)
    for (const text of textsOf([content, migration]))
      for (const { name, required } of referencesIn(text)) {
        if (ofAgent.has(name)) continue
        const known = needs.get(name) ?? { required: 'no', services: [] }
        needs.set(name, {
          required: strength[required] > strength[known.required] ? required : known.required,
          services: known.services.includes(service) ? known.services : [...known.services, service],
        })
      }
  return new Map([...needs].sort(([a], [b]) => (a < b ? -1 : 1)))
}

/** The values that a definition's containers depend on: `NAME=value` for each variable that it names. */
export function valuesOf({ content, migration }: Pick<Definition, 'content' | 'migration'>, { values }: HostVariables): string[] {
  const names = new Set(textsOf([content, migration]).flatMap((text) => referencesIn(text).map(({ name }) => name)))
  return [...names].sort().flatMap((name) => (values.has(name) ? [`${name}=${values.get(name)}`] : []))
}

function isMissing(value: string | undefined, required: Need['required']): boolean {
  return value === undefined || (required === 'filled' && value === '')
}

function absent(names: readonly string[], services: readonly string[]): Diagnostic {
  const [first] = names
  return diagnose(
    'NB803',
    `${names.join(' or ')} has no value; ${services.join(', ')} ${services.length === 1 ? 'needs' : 'need'} it.`,
    `Set it in this step's environment (env: ${first}: \${{ secrets.${first} }}), in the env input, or in an env file of the environment.`,
  )
}

function unresolved(name: string, problem: string, { entries }: Variables): Diagnostic {
  return diagnose(
    'NB803',
    `${name} has no value: ${problem}.`,
    'Set what it refers to, or write the value itself.',
    entries.get(name)?.position,
  )
}

function secretsOf(values: ReadonlyMap<string, string>, variables: Variables, given: ReadonlyMap<string, string>): string[] {
  const found = [...values].filter(([name, value]) => {
    const entry = variables.entries.get(name)
    const isPrivate = entry === undefined ? true : isFromSecretSource(entry) || entry.position.file === envInput
    return value.length >= 4 && !isHarmless(value) && (isPrivate || given.has(name) || looksSecret(name.replace(urlEncoded, '')))
  })
  return [...new Set(found.flatMap(([, value]) => [value, ...value.split('\n').map((line) => line.trim())]))].filter(
    (value) => value.length >= 4,
  )
}
