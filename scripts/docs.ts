// Writes action.yml and the reference tables in docs/ from the code. With --check it only compares: exit 1 on a difference.
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { openTemplates } from '../action/adapters/templates.ts'
import { type Code, codes } from '../action/config/codes.ts'
import { modifiers } from '../action/config/modifiers.ts'
import { type InputDefinition, secretVariable } from '../action/inputs/definition.ts'
import { commandNames, inputDefinitions } from '../action/inputs.ts'
import { outputDefinitions } from '../action/outputs.ts'
import { toYaml } from '../action/render/yaml.ts'
import { commandDescriptions } from '../action/report/usage.ts'
import { createCatalogue } from '../action/scaffold/catalogue.ts'
import { contract } from '../test/contract/contract.ts'
import { digestOf, type Result, readResult } from '../test/contract/results.ts'

const root = join(dirname(fileURLToPath(import.meta.url)), '..')
const notice = '<!-- Written by `npm run docs` from the code; edit the code instead. -->\n'

const pages: Record<string, () => string> = {
  'action.yml': () => actionFile('dist/index.js'),
  // What the reusable workflows use: `$/` is this repository at the very commit, and cannot name its root.
  '.github/action/action.yml': () => actionFile('../../dist/index.js'),
  'docs/inputs.md': inputsPage,
  'docs/diagnostics.md': diagnosticsPage,
  'docs/modifiers.md': modifiersPage,
  'docs/templates.md': templatesPage,
}

const stale = Object.entries(pages).filter(([path, page]) => {
  const text = page()
  if (existsSync(join(root, path)) && readFileSync(join(root, path), 'utf8') === text) return false
  if (!process.argv.includes('--check')) writeFileSync(join(root, path), text)
  return true
})
if (process.argv.includes('--check') && stale.length > 0) {
  console.error(`Not what the code says: ${stale.map(([path]) => path).join(', ')}. Run npm run docs and commit the result.`)
  process.exitCode = 1
}

function actionFile(main: string): string {
  const command = { description: `What to do: ${commandNames.join(', ')}.`, default: 'generate', required: false }
  const inputs = Object.entries<InputDefinition>(inputDefinitions).map(([name, input]) => [
    name,
    { description: input.description, default: input.actionDefault ?? input.default, required: false },
  ])
  return `# Written by \`npm run docs\` from the code; edit action/inputs.ts and action/outputs.ts instead.\n${toYaml({
    name: 'nself build',
    description: 'Scaffold, check and generate the custom services of an nself backend from its CS_N lines.',
    author: 'nself',
    branding: { icon: 'layers', color: 'blue' },
    inputs: { command, ...Object.fromEntries(inputs) },
    outputs: Object.fromEntries(Object.entries(outputDefinitions).map(([name, description]) => [name, { description }])),
    runs: { using: 'node24', main },
  })}`
}

function inputsPage(): string {
  const commands = commandNames.map((name) => `| \`${name}\` | ${commandDescriptions[name]} |`)
  const definitions = Object.entries(inputDefinitions) as [string, InputDefinition][]
  const inputs = definitions.map(([name, { type, default: byDefault, description, secret }]) => {
    const kind = typeof type === 'string' ? type : type.map((choice) => `\`${choice}\``).join(', ')
    return `| \`${name}\` | ${kind} | ${byDefault === '' ? '' : `\`${byDefault}\``} | ${cell(description)}${secret ? ` In a terminal better the variable \`${secretVariable(name)}\`.` : ''} |`
  })
  const outputs = Object.entries(outputDefinitions).map(([name, description]) => `| \`${name}\` | ${cell(description)} |`)
  return `${notice}
# Commands, inputs and outputs

The action and the \`nself-build\` command are two doors to the same code: an input \`env-order\` is the flag \`--env-order\`.

## Commands

The action takes its command from the input \`command\` (default \`generate\`), the terminal from the first word.

| command | what it does |
|---|---|
${commands.join('\n')}

## Inputs

| input | type | default | meaning |
|---|---|---|---|
${inputs.join('\n')}

In a terminal also \`--json\` (the result as JSON on stdout, everything else on stderr) and \`--help\`.

## Outputs

| output | meaning |
|---|---|
${outputs.join('\n')}

## Exit codes

| code | meaning |
|---|---|
| 0 | done |
| 1 | the operation failed |
| 2 | invalid configuration or usage; nothing was written |
| 3 | \`check\` found files that \`generate\` would change |

As an action, every code but 0 fails the step; the output \`exit-code\` tells which one it was.
`
}

function diagnosticsPage(): string {
  const groups: Record<string, string> = {
    NB1: 'Env files',
    NB2: '`CS_N` lines',
    NB3: '`CS_N_*` modifiers',
    NB4: 'Project and core services',
    NB5: 'Generated files and scaffolds',
    NB6: 'Inputs and usage',
    NB7: 'Pull requests',
    NB8: 'Deploys',
  }
  const sections = Object.entries(groups).map(([prefix, title]) => {
    const rows = (Object.keys(codes) as Code[])
      .filter((code) => code.startsWith(prefix))
      .map((code) => `| ${code} | ${codes[code].severity} | ${cell(codes[code].title)} |`)
    return `## ${title}\n\n| code | severity | meaning |\n|---|---|---|\n${rows.join('\n')}\n`
  })
  return `${notice}
# Diagnostics

Every finding has a stable code, a place (file, line, column), and says what to write instead. All findings of a run are
reported at once. An **error** stops the run before anything is written; a **warning** does not; an **info** explains a choice.

${sections.join('\n')}`
}

function modifiersPage(): string {
  const rows = Object.entries(modifiers).map(([name, { description, code }]) => `| \`CS_N_${name}\` | ${cell(description)} | ${code} |`)
  rows.push(
    '| `CS_N_ENV` | Comma separated `KEY=value`. A piece without `=` continues the value before it, `\\,` is a literal comma, `${VAR}` stays a reference. Wins over the automatic variables. | NB312 |',
  )
  return `${notice}
# Modifiers

\`CS_N=name:framework[:port][:route_or_domain]\` declares a service, N from 1 to 99; these lines refine it.

| line | meaning | error |
|---|---|---|
${rows.sort().join('\n')}
`
}

function templatesPage(): string {
  const templates = createCatalogue(openTemplates(root, root, '').sources, () => {}).all()
  const rows = templates.map(({ id, version, aliases, title, kind, framework, image, memory, cpu, placeholder, verified: other }) => {
    const result = readResult(id)
    const isValid = result?.digest === digestOf(join(root, 'templates/services', id))
    const passed = Object.values(result?.cells ?? {}).filter((outcome) => outcome === 'passed').length
    const { size = '', coldStart = '', memory: used = '' } = isValid ? (result?.measured ?? {}) : {}
    const verified =
      placeholder !== undefined
        ? ''
        : other !== undefined
          ? 'see below'
          : isValid
            ? `${passed} of ${passed + missing(result)}`
            : 'not in this version'
    const made = placeholder === undefined ? `${framework}, \`${image}\`` : '*placeholder*'
    const names = aliases.map((alias) => `\`${alias}\``).join(' ')
    return `| \`${id}\` | ${version} | ${names} | ${title} | ${kind} | ${made} | ${memory.text} / ${cpu} | ${size} | ${coldStart} | ${used} | ${verified} |`
  })
  const others = templates.flatMap(({ id, verified: other }) =>
    other === undefined ? [] : [`| \`${id}\` | ${other.by.map(cell).join('; ')} | ${other.missing.map(cell).join('; ')} |`],
  )
  const ready = templates.filter(({ placeholder }) => placeholder === undefined).length
  return `${notice}
# Templates

${ready === templates.length ? '' : placeholders(ready, templates.length)}
| id | version | aliases | what | kind | made of | memory / CPU by default | image | cold start | memory used | contract |
|---|---|---|---|---|---|---|---|---|---|---|
${rows.join('\n')}

A framework may also be written \`<language>/<framework>\`, such as \`js/express-ts\`. A \`worker\` is internal unless it has a
route, a domain or \`CS_N_PUBLIC=true\`; every other kind is public at \`<name>.<BASE_DOMAIN>\` unless \`CS_N_PUBLIC=false\`.

${others.length === 0 ? '' : otherwiseVerified(others)}## The contract

\`npm run contract -- <id>\` builds and runs a template and writes what it finds into this table: compressed image size, time from
\`docker run\` to the first healthy answer within the default limits, memory at rest, and how many of these guarantees hold (of those that
concern it). The measurements were taken on stand-in base images, on two busy cores.

${contract.map(({ title }) => `* ${title}`).join('\n')}
`
}

function placeholders(ready: number, all: number): string {
  return `${ready} of ${all} templates have files of their own. The others are **placeholders**: their names, kinds and default limits are
settled, and a blank service (the \`custom\` template) stands in for their files, with a warning (NB208).
`
}

function otherwiseVerified(rows: readonly string[]): string {
  return `## Verified otherwise

The package registries of these languages could not be reached where this version was made, so nobody has built these templates as a
whole yet. \`.github/workflows/templates.yml\` does, with the official images; until it has passed, take them as careful drafts.

| id | verified by | not verified |
|---|---|---|
${rows.join('\n')}

`
}

function missing(result: Result | undefined): number {
  return contract.filter(({ id }) => result?.cells[id] === undefined).length
}

function cell(text: string): string {
  return text.replaceAll('|', '\\|')
}
