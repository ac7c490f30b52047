import { type Diagnostic, diagnose, quote } from './config/diagnostics.ts'
import { didYouMean } from './config/suggest.ts'
import { unknownTagNames } from './images/tags.ts'

/** The commands, in the order in which a project meets them. */
export const commandNames = ['generate', 'check', 'plan', 'build', 'init', 'templates'] as const
export type CommandName = (typeof commandNames)[number]

interface InputDefinition {
  readonly type: 'text' | 'boolean' | readonly string[]
  readonly default: string
  readonly description: string
  /** Says what is wrong with a value, or nothing. Empty values are not asked about. */
  readonly check?: (value: string) => string | undefined
}

const relativeFolder = (value: string) =>
  value.startsWith('/') || value.split('/').includes('..') || value.includes('\0')
    ? 'must be a folder inside the project, relative to it'
    : undefined

const listOf = (value: string) =>
  value
    .split(/[\n,]/)
    .map((item) => item.trim())
    .filter((item) => item !== '')

/** Lines of `NAME=value`; nothing when one is something else. */
function pairsOf(value: string, pair = /^\s*([A-Za-z_][\w.-]*)=(.*)$/): Record<string, string> | undefined {
  const pairs = value
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => pair.exec(line)?.slice(1))
  return pairs.includes(undefined) ? undefined : Object.fromEntries(pairs as [string, string][])
}

const runnersOf = (value: string) => pairsOf(value, /^\s*([a-z0-9]+\/[a-z0-9]+(?:\/v\d+)?)=\s*(\S.*?)\s*$/)

/** Every input, once: the action's `with:` keys and the command's flags. `action.yml` and `docs/inputs.md` are generated from this table. */
export const inputDefinitions = {
  environment: {
    type: 'text',
    default: '',
    description:
      'Environment: development, staging, production (or their short names), or a name of your own that reads `.env.<name>`. Default: `ENV` in the env files, else development.',
  },
  'working-directory': { type: 'text', default: '.', description: 'The project: the folder with the env files.' },
  env: {
    type: 'text',
    default: '',
    description: 'Further variables as dotenv text, above all env files. The place for secrets in a workflow.',
  },
  'env-order': {
    type: ['v1', 'legacy'],
    default: 'v1',
    description:
      'Precedence of the env files. `v1`: `.env` is the lowest (nself 1.x). `legacy`: `.env` wins, and `.env.dev` lies under every environment (bash nself).',
  },
  core: {
    type: ['managed', 'external'],
    default: 'managed',
    description:
      '`managed`: the whole stack. `external`: an nself CLI runs the core services and nginx; only custom services and their sites are written.',
  },
  registry: {
    type: 'text',
    default: '',
    description: 'Registry and namespace before the image names, such as `ghcr.io/acme`.',
    check: (value) => (/^[A-Za-z0-9][\w.-]*(:\d+)?(\/[A-Za-z0-9][\w.-]*)*$/.test(value) ? undefined : 'must look like ghcr.io/acme'),
  },
  templates: {
    type: 'text',
    default: '',
    description: 'A folder of the project with templates of your own, one folder each.',
    check: relativeFolder,
  },
  force: {
    type: 'boolean',
    default: 'false',
    description:
      'Rewrite generated files that were edited by hand, and replace files of the same name that someone else wrote. `build`: build images that are there already.',
  },
  'on-conflict': {
    type: ['keep', 'markers'],
    default: 'keep',
    description:
      'What becomes of a scaffolded file that you and its template changed in the same lines. `keep`: it stays as it is, and every run says so. `markers`: both versions are written into it, for you to choose.',
  },
  services: {
    type: 'text',
    default: '',
    description: 'Names of the services to plan or build, separated by commas. Default: all.',
  },
  platforms: {
    type: 'text',
    default: '',
    description: 'Platforms of the images, such as `linux/amd64,linux/arm64`. Default: the one of this machine.',
    check: (value) =>
      listOf(value).every((platform) => /^[a-z0-9]+\/[a-z0-9]+(\/v\d+)?$/.test(platform))
        ? undefined
        : 'must look like linux/amd64,linux/arm64',
  },
  runners: {
    type: 'text',
    default: '',
    description:
      'Which runner builds which platform, for the matrix of `plan`, one `linux/arm64=ubuntu-24.04-arm` per line. Default: `ubuntu-latest`.',
    check: (value) => (runnersOf(value) === undefined ? 'must hold one platform=runner per line' : undefined),
  },
  tags: {
    type: 'text',
    default: '',
    description:
      'Further tags, one per line or comma, with `{sha}`, `{branch}`, `{environment}`, `{semver}`, `{major}`, `{minor}`: `{branch},{sha}`. One that names what a run does not have is left out.',
    check: (value) => {
      const [unknown] = unknownTagNames(value)
      return unknown === undefined ? undefined : `names {${unknown}}, which means nothing`
    },
  },
  'build-args': {
    type: 'text',
    default: '',
    description: 'Build arguments for every service, one `NAME=value` per line. Not for secrets.',
    check: (value) => (pairsOf(value) === undefined ? 'must hold one NAME=value per line' : undefined),
  },
  'build-secrets': {
    type: 'text',
    default: '',
    description:
      'Secrets for `RUN --mount=type=secret,id=…`, one `id=VARIABLE` per line; the value is read from that environment variable. They do not count as changes.',
    check: (value) => (pairsOf(value) === undefined ? 'must hold one id=VARIABLE per line' : undefined),
  },
  cache: {
    type: ['auto', 'gha', 'registry', 'local', 'inline', 'off'],
    default: 'auto',
    description:
      'Where layers are kept between runs. `auto`: `gha` in GitHub Actions, else `off`, since the builder has its own. `local`: the folder `cache-folder`.',
  },
  'cache-folder': { type: 'text', default: '.buildx-cache', description: 'Folder of `cache: local`, seen from the project.' },
  'no-cache': { type: 'boolean', default: 'false', description: 'Build without any cache.' },
  pull: { type: 'boolean', default: 'false', description: 'Fetch base images again, even where the builder has them.' },
  provenance: { type: ['min', 'max', 'false'], default: 'min', description: 'Provenance attestation of the images.' },
  sbom: { type: 'boolean', default: 'false', description: 'Attach a software bill of materials to the images.' },
  builder: { type: 'text', default: '', description: 'Name of the buildx builder. Default: the current one.' },
  'registry-username': { type: 'text', default: '', description: 'User of the registry. Default: what the Docker configuration knows.' },
  'registry-password': { type: 'text', default: '', description: 'Password or token of the registry.' },
  'digests-file': {
    type: 'text',
    default: 'nself-digests.json',
    description:
      'Where `build` writes which image each service has, by digest. Beside it, the same as `CS_N_IMAGE=…` lines (`.env` appended).',
    check: relativeFolder,
  },
} as const satisfies Record<string, InputDefinition>

export type InputName = keyof typeof inputDefinitions

/** The inputs of a run, read and checked. */
export interface Inputs {
  readonly environment: string | undefined
  readonly workingDirectory: string
  readonly env: string
  readonly envOrder: 'v1' | 'legacy'
  readonly core: 'managed' | 'external'
  readonly registry: string
  readonly templates: string
  readonly force: boolean
  readonly onConflict: 'keep' | 'markers'
  readonly services: readonly string[]
  readonly platforms: readonly string[]
  readonly runners: Readonly<Record<string, string>>
  readonly tags: string
  readonly buildArgs: Readonly<Record<string, string>>
  readonly buildSecrets: Readonly<Record<string, string>>
  readonly cache: 'auto' | 'gha' | 'registry' | 'local' | 'inline' | 'off'
  readonly cacheFolder: string
  readonly noCache: boolean
  readonly pull: boolean
  readonly provenance: 'min' | 'max' | 'false'
  readonly sbom: boolean
  readonly builder: string
  readonly registryUsername: string
  readonly registryPassword: string
  readonly digestsFile: string
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
  const inputs: Inputs = {
    environment: values.environment || undefined,
    workingDirectory: values['working-directory'] as string,
    env: raw.get('env') ?? '',
    envOrder: values['env-order'] as Inputs['envOrder'],
    core: values.core as Inputs['core'],
    registry: (values.registry as string).toLowerCase(),
    templates: values.templates as string,
    force: values.force === 'true',
    onConflict: values['on-conflict'] as Inputs['onConflict'],
    services: listOf(values.services as string),
    platforms: listOf(values.platforms as string),
    runners: runnersOf(values.runners as string) ?? {},
    tags: values.tags as string,
    buildArgs: pairsOf(values['build-args'] as string) ?? {},
    buildSecrets: pairsOf(values['build-secrets'] as string) ?? {},
    cache: values.cache as Inputs['cache'],
    cacheFolder: values['cache-folder'] as string,
    noCache: values['no-cache'] === 'true',
    pull: values.pull === 'true',
    provenance: values.provenance as Inputs['provenance'],
    sbom: values.sbom === 'true',
    builder: values.builder as string,
    registryUsername: values['registry-username'] as string,
    registryPassword: raw.get('registry-password') ?? '',
    digestsFile: values['digests-file'] as string,
  }
  return { inputs: Object.freeze(inputs), diagnostics }
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
