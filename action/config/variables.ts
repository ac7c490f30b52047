import { type Diagnostic, diagnose, type Position } from './diagnostics.ts'
import { type EnvEntry, type EnvFile, positionAt } from './env-file.ts'
import { isFromSecretSource, looksSecret } from './secrets.ts'

/** The merged cascade. `outer` answers `${VAR}` for names that no file sets; it defines nothing by itself. */
export interface Variables {
  readonly entries: ReadonlyMap<string, EnvEntry>
  readonly outer: Readonly<Record<string, string | undefined>>
}

/** Merges parsed files, low to high: the last file that sets a key wins. */
export function mergeEnvFiles(files: readonly EnvFile[], outer: Variables['outer']): Variables {
  const entries = new Map<string, EnvEntry>()
  for (const { entries: layer } of files) for (const entry of layer) entries.set(entry.key, entry)
  return { entries, outer }
}

/** Two large files of another kind have a hundred thousand. */
const mostDisagreements = 1000

/** Says where `.env` and the environment's file disagree, since the two nself lines read them in opposite order. */
export function disagreements(files: readonly EnvFile[], environmentFiles: readonly string[]): Diagnostic[] {
  const base = files.find(({ file }) => file === '.env')
  if (base === undefined) return []
  const diagnostics: Diagnostic[] = []
  const baseValues = new Map(base.entries.map((entry) => [entry.key, entry]))
  for (const { file, entries } of files) {
    if (!environmentFiles.includes(file)) continue
    for (const entry of new Map(entries.map((each) => [each.key, each])).values()) {
      const other = baseValues.get(entry.key)
      if (other === undefined || other.value === entry.value || diagnostics.length >= mostDisagreements) continue
      const [winner, loser] = files.indexOf(base) < files.findIndex((each) => each.file === file) ? [file, '.env'] : ['.env', file]
      diagnostics.push(
        diagnose(
          'NB109',
          `${entry.key} differs between .env and ${file}: ${winner} wins here.`,
          `Keep ${entry.key} in one of them; bash nself and nself 1.x read these files in opposite order (now ${loser} is the lower).`,
          entry.position,
        ),
      )
    }
  }
  return diagnostics
}

export interface Expanded {
  readonly value: string
  readonly diagnostics: readonly Diagnostic[]
}

// ${NAME}, ${NAME:-default}, ${NAME-default}, ${NAME:?message}, ${NAME?message}, ${NAME:+other}, ${NAME+other}, $NAME
const reference = /\$(?:\{([A-Za-z_][A-Za-z0-9_]*)(?:(:?[-?+])([^{}]*))?\}|([A-Za-z_][A-Za-z0-9_]*))/g
const braced = /\$\{([A-Za-z_][A-Za-z0-9_]*)(?:(:?[-?+])([^{}]*))?\}/g

// $NAME in a command is for the container's shell; only ${NAME} is resolved here, as in CS_N_ENV.
const runsInContainer = /^CS_\d+_(?:COMMAND|HEALTHCHECK|MIGRATE)$/

/** How far one expansion may go: a few variables that each name the one before twice would fill any memory. */
const most = { characters: 2 ** 16, depth: 100 }
/** What a reference counts beside its characters. */
const perReference = 64

/** Resolves the references of a structural value (a name, a port, a domain, a size). Every unresolved one is an error at its place. */
export function expand(entry: EnvEntry, variables: Variables): Expanded {
  const budget = { left: most.characters }
  const expanded = expandWithin(entry, variables, [entry.key], budget)
  if (budget.left >= 0) return expanded
  const message = `${entry.key} leads through too many references, or to too long a value.`
  return { value: '', diagnostics: [diagnose('NB116', message, 'Write the value itself.', positionAt(entry, 0))] }
}

function expandWithin(entry: EnvEntry, variables: Variables, path: readonly string[], budget: { left: number }): Expanded {
  if (entry.quote === 'single' || !entry.value.includes('$')) return { value: entry.value, diagnostics: [] }
  const diagnostics: Diagnostic[] = []
  const pattern = runsInContainer.test(entry.key) ? braced : reference
  const value = entry.value.replace(pattern, (text, name: string | undefined, operator = '', operand = '', ...rest) => {
    if (budget.left < 0) return text
    const [bare, offset] = pattern === reference ? rest : [undefined, rest[0]]
    const wanted: Reference = { name: name ?? bare, operator, operand, position: positionAt(entry, offset) }
    const refused = refusal(wanted, variables, path)
    if (refused !== undefined) {
      diagnostics.push(refused)
      return text
    }
    const resolved = resolveReference(wanted, variables, path, budget)
    diagnostics.push(...resolved.diagnostics)
    return resolved.value ?? text
  })
  return { value, diagnostics }
}

interface Reference {
  readonly name: string
  readonly operator: string
  readonly operand: string
  readonly position: Position
}

function refusal({ name, position }: Reference, variables: Variables, path: readonly string[]): Diagnostic | undefined {
  if (path.includes(name))
    return diagnose('NB110', `${[...path, name].join(' → ')} refers to itself.`, `Give ${name} a value of its own.`, position)
  if (!isSecret(name, variables)) return undefined
  return diagnose(
    'NB330',
    `${path[0]} refers to the secret ${name}, whose value would be written into a file.`,
    `Pass secrets on by CS_N_ENV=${name}=\${${name}}, which stays a reference.`,
    position,
  )
}

function resolveReference(
  { name, operator, operand, position }: Reference,
  variables: Variables,
  path: readonly string[],
  budget: { left: number },
): { value?: string; diagnostics: readonly Diagnostic[] } {
  const found = lookUp(name, variables, path, budget)
  const diagnostics = found?.diagnostics ?? []
  budget.left -= perReference + Math.max(operand.length, found?.value.length ?? 0)
  const isSet = found !== undefined && (!operator.startsWith(':') || found.value !== '')
  if (operator.endsWith('+')) return { value: isSet ? operand : '', diagnostics }
  if (isSet) return { value: found.value, diagnostics }
  if (operator.endsWith('-')) return { value: operand, diagnostics }
  const missing = diagnose(
    'NB111',
    `${path[0]} needs ${name}, which no env file and no environment variable sets.`,
    `Set ${name}=… in an env file, or write \${${name}:-default}.`,
    position,
  )
  return { diagnostics: [...diagnostics, missing] }
}

function isSecret(name: string, variables: Variables): boolean {
  const entry = variables.entries.get(name)
  return looksSecret(name) || (entry !== undefined && isFromSecretSource(entry))
}

function lookUp(name: string, variables: Variables, path: readonly string[], budget: { left: number }): Expanded | undefined {
  const entry = variables.entries.get(name)
  if (entry !== undefined && path.length > most.depth) budget.left = -1
  if (budget.left < 0) return undefined
  if (entry !== undefined) return expandWithin(entry, variables, [...path, name], budget)
  // Every object has a `constructor`, which is no variable.
  const outer = Object.hasOwn(variables.outer, name) ? variables.outer[name] : undefined
  return outer === undefined ? undefined : { value: outer, diagnostics: [] }
}

/** True when some layer or the process environment gives the name a value that is not empty. */
export function isSet(name: string, variables: Variables): boolean {
  return (variables.entries.get(name)?.value ?? variables.outer[name] ?? '') !== ''
}
