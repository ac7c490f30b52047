import { type InputDefinition, secretVariable } from '../inputs/definition.ts'
import { commandNames, inputDefinitions } from '../inputs.ts'
import { textTable } from './table.ts'

/** One line per command, for `--help` and the reference. */
export const commandDescriptions: Readonly<Record<(typeof commandNames)[number], string>> = {
  generate: 'Scaffold new services; write compose, nginx and Postgres files.',
  check: 'List every file that generate would change; exit code 3 if there is one.',
  plan: 'Show the resolved services, as a diff what generate would do, and with a registry what build would do.',
  build: 'Build and push one image per service, where the registry does not have it yet.',
  'pull-request': 'Keep one pull request up to date with what generate would change on the base branch.',
  deploy: 'Bring a release to machines by SSH and move traffic to it without dropping a request.',
  rollback: 'Go back to the previous release, or to a named one that is still on the machine.',
  status: 'Show the releases, containers, lock and drift on the machines; switch the maintenance mode.',
  init: 'Make a repository ready: .env.dev, .gitignore lines, the workflows; from env files that are there, also all files of a new project.',
  templates: 'List the templates.',
}

/** The text of `nself-build --help`. */
export function usage(): string {
  const commands = commandNames.map((name) => [`  ${name}`, commandDescriptions[name]])
  const definitions = Object.entries(inputDefinitions) as [string, InputDefinition][]
  const inputs = definitions.map(([name, { description, secret }]) => [
    `  --${name}`,
    `${description.replaceAll('`', '')}${secret ? ` Or set ${secretVariable(name)}.` : ''}`,
  ])
  return `nself-build <command> [flags]

${textTable(['Commands', ''], commands)}
${textTable(['Flags', ''], [...inputs, ['  --json', 'Print the result as JSON on stdout; everything else goes to stderr.'], ['  --help', 'Show this.']])}
Exit codes: 0 done, 1 the operation failed, 2 invalid configuration or usage, 3 check found drift.
`
}
