import { type Diagnostic, diagnose, quote } from './config/diagnostics.ts'
import { didYouMean } from './config/suggest.ts'
import { type InputDefinition, type InputValues, secretVariable } from './inputs/definition.ts'
import { type DeployInputs, deployInputs, readDeployInputs } from './inputs/deploy.ts'
import { type ImageInputs, imageInputs, readImageInputs } from './inputs/images.ts'
import { type ProjectInputs, projectInputs, readProjectInputs } from './inputs/project.ts'
import { type PullRequestInputs, pullRequestInputs, readPullRequestInputs } from './inputs/pull-request.ts'

/** The commands, in the order in which a project meets them. */
export const commandNames = [
  'generate',
  'check',
  'plan',
  'build',
  'pull-request',
  'deploy',
  'rollback',
  'status',
  'init',
  'templates',
] as const
export type CommandName = (typeof commandNames)[number]

/** Every input, once: the action's `with:` keys and the command's flags. `action.yml` and `docs/inputs.md` are generated from this table. */
export const inputDefinitions = { ...projectInputs, ...imageInputs, ...pullRequestInputs, ...deployInputs } as const

export type InputName = keyof typeof inputDefinitions

/** The inputs of a run, read and checked. */
export type Inputs = ProjectInputs & ImageInputs & PullRequestInputs & DeployInputs

/** The secret inputs that a terminal's environment holds, by name. */
export function secretInputs(environment: Readonly<Record<string, string | undefined>>): Map<string, string> {
  const definitions = Object.entries(inputDefinitions) as [string, InputDefinition][]
  return new Map(
    definitions.flatMap(([name, { secret }]) => {
      const value = secret === true ? environment[secretVariable(name)] : undefined
      return value === undefined ? [] : [[name, value] as const]
    }),
  )
}

/** How a door spells an input in messages: `--env-order` or `env-order`. */
export type Spelling = (name: string) => string

/** Checks raw values (name → text) and freezes them. All problems are returned at once, with near-miss suggestions for unknown names. */
export function readInputs(raw: ReadonlyMap<string, string>, spell: Spelling): { inputs?: Inputs; diagnostics: Diagnostic[] } {
  const names = Object.keys(inputDefinitions)
  const diagnostics: Diagnostic[] = []
  const values: Record<string, string> = {}
  for (const name of raw.keys()) {
    if (names.includes(name)) continue
    const suggestion = didYouMean(name, names)
    diagnostics.push(
      diagnose(
        'NB602',
        `${spell(name)} is not an input.`,
        suggestion === '' ? `The inputs are ${names.map(spell).join(', ')}.` : suggestion,
      ),
    )
  }
  for (const [name, definition] of Object.entries(inputDefinitions) as [string, InputDefinition][]) {
    const given = raw.get(name)?.trim() ?? ''
    const value = given === '' ? definition.default : given
    values[name] = value
    const problem = problemOf(value, definition)
    if (problem !== undefined) diagnostics.push(diagnose('NB603', `${spell(name)}: ${quote(value)} ${problem.message}.`, problem.fix))
  }
  if (diagnostics.length > 0) return { diagnostics }
  const read: InputValues<InputName> = {
    text: (name) => values[name] as string,
    raw: (name) => raw.get(name) ?? '',
    isTrue: (name) => values[name] === 'true',
  }
  return {
    inputs: Object.freeze({
      ...readProjectInputs(read),
      ...readImageInputs(read),
      ...readPullRequestInputs(read),
      ...readDeployInputs(read),
    }),
    diagnostics,
  }
}

function problemOf(value: string, { type, check, default: byDefault }: InputDefinition): { message: string; fix: string } | undefined {
  if (type === 'boolean')
    return value === 'true' || value === 'false' ? undefined : { message: 'is neither true nor false', fix: 'Write true or false.' }
  if (type !== 'text')
    return type.includes(value)
      ? undefined
      : { message: 'is not one of the choices', fix: didYouMean(value, type) || `Write ${type.join(' or ')} (default ${byDefault}).` }
  const problem = value === '' ? undefined : check?.(value)
  return problem === undefined ? undefined : { message: problem, fix: 'Correct the value, or leave it out.' }
}

/** Finds the command, or says which ones there are. */
export function readCommand(text: string): { command?: CommandName; diagnostics: Diagnostic[] } {
  const command = commandNames.find((name) => name === text)
  if (command !== undefined) return { command, diagnostics: [] }
  const message = text === '' ? 'No command was given.' : `${quote(text)} is not a command.`
  const suggestion = text === '' ? '' : didYouMean(text, commandNames)
  return { diagnostics: [diagnose('NB601', message, suggestion === '' ? `The commands are ${commandNames.join(', ')}.` : suggestion)] }
}
