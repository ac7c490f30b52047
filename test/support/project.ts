import { lstatSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, readlinkSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, relative } from 'node:path'
import { openTemplates, toolFolder } from '../../action/adapters/templates.ts'
import type { Context } from '../../action/commands/context.ts'
import { runCommand } from '../../action/commands/index.ts'
import { type Prepared, prepare } from '../../action/commands/project/prepare.ts'
import type { CommandResult } from '../../action/commands/result.ts'
import { buildProject } from '../../action/config/build-project.ts'
import type { Code } from '../../action/config/codes.ts'
import type { Diagnostic } from '../../action/config/diagnostics.ts'
import { type Configuration, loadConfiguration } from '../../action/config/load.ts'
import type { Project, Service } from '../../action/config/project.ts'
import type { Catalogue } from '../../action/config/template.ts'
import { type CommandName, type Inputs, readInputs } from '../../action/inputs.ts'
import { renderProject } from '../../action/render/index.ts'
import { createRenderer } from '../../action/render/liquid.ts'
import { createCatalogue } from '../../action/scaffold/catalogue.ts'

/** The tool's own folder: this checkout. */
export const tool = toolFolder(import.meta.url)

const library = openTemplates(tool, tool, '')

/** The real catalogue. What it has to say about templates is another test's matter. */
export const catalogue = createCatalogue(library.sources, () => {})

const renderTemplate = createRenderer(library.nginx())

/** Env files by name (`.env.dev`); a bare text is `.env.dev`, the file of development. */
export type EnvFiles = string | Readonly<Record<string, string>>

export interface BuildOptions extends Partial<Pick<Inputs, 'environment' | 'env' | 'envOrder' | 'core' | 'registry'>> {
  /** The process environment, which answers `${VAR}` and nothing else. */
  readonly outer?: Readonly<Record<string, string>>
  readonly catalogue?: Catalogue
}

export interface Built {
  readonly project?: Project
  readonly configuration?: Configuration
  readonly diagnostics: readonly Diagnostic[]
}

/** Reads env files into the model, in memory. PROJECT_NAME=shop where no file sets another. */
export function build(files: EnvFiles, options: BuildOptions = {}): Built {
  const texts = withProjectName(typeof files === 'string' ? { '.env.dev': files } : files)
  const read = (file: string) => (texts[file] === undefined ? undefined : { text: texts[file] })
  const { environment, env = '', envOrder = 'v1', core = 'managed', registry = '', outer = {} } = options
  const templates = options.catalogue ?? catalogue
  const { configuration, diagnostics } = loadConfiguration(read, { environment, envOrder, env, outer })
  if (configuration === undefined) return { diagnostics }
  const built = buildProject(configuration, templates, { core, envOrder, registry })
  return { ...built, configuration, diagnostics: [...diagnostics, ...built.diagnostics] }
}

// In a layer below every other one's file, so that line numbers in the texts of a test stay what they look like.
function withProjectName(files: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  return Object.values(files).some((text) => /^PROJECT_NAME=/m.test(text))
    ? files
    : { ...files, '.env': `${files['.env'] ?? ''}\nPROJECT_NAME=shop` }
}

/** The model of env files that have no error; throws with the findings otherwise. */
export function projectOf(files: EnvFiles, options: BuildOptions = {}): Project {
  const { project, diagnostics } = build(files, options)
  if (project === undefined) throw new Error(show(diagnostics).join('\n'))
  return project
}

/** The one service of env files, or the one in `slot`. */
export function serviceOf(files: EnvFiles, options: BuildOptions & { readonly slot?: number } = {}): Service {
  const service = projectOf(files, options).services.find(({ slot }) => slot === (options.slot ?? 1))
  if (service === undefined) throw new Error('there is no such service')
  return service
}

/** Files of a project by path, rendered in memory; scaffolds are not among them. */
export function renderFiles(project: Project): Map<string, string> {
  return new Map(renderProject(project, renderTemplate, new Map()).map(({ path, content }) => [path, content]))
}

/** `code file:line:column`, the way in which the tables of the tests name a finding. */
export function show(diagnostics: readonly Diagnostic[]): string[] {
  return diagnostics.map(({ code, position }) =>
    position === undefined ? code : `${code} ${position.file}:${position.line}:${position.column}`,
  )
}

/** The findings with one of these codes. */
export function withCode(diagnostics: readonly Diagnostic[], ...codes: readonly Code[]): Diagnostic[] {
  return diagnostics.filter(({ code }) => codes.includes(code))
}

export interface RunOptions {
  readonly inputs?: Partial<Inputs>
  readonly outer?: Context['outer']
  readonly handEdits?: Context['handEdits']
}

/** A project in a folder of its own, removed at the end of its scope (`using`). */
export interface TemporaryProject extends Disposable {
  readonly root: string
  readonly path: (file: string) => string
  readonly read: (file: string) => string
  readonly write: (file: string, content: string | Uint8Array) => void
  /** Runs a command of the tool on the folder, as its doors do. */
  readonly run: (command: CommandName, options?: RunOptions) => Promise<CommandResult>
  readonly prepare: (options?: RunOptions) => Promise<Prepared>
}

const defaultInputs = readInputs(new Map(), (name) => name).inputs as Inputs

/** Writes files into a new temporary folder. */
export function temporaryProject(files: Readonly<Record<string, string | Uint8Array>>): TemporaryProject {
  const root = mkdtempSync(join(tmpdir(), 'nself-build-'))
  const path = (file: string) => join(root, file)
  const write = (file: string, content: string | Uint8Array) => {
    mkdirSync(dirname(path(file)), { recursive: true })
    writeFileSync(path(file), content)
  }
  const context = ({ inputs, outer = {}, handEdits = 'stop' }: RunOptions = {}): Context => ({
    inputs: { ...defaultInputs, ...inputs },
    root,
    tool,
    outer,
    progress: () => {},
    handEdits,
  })
  for (const [file, content] of Object.entries(files)) write(file, content)
  return {
    root,
    path,
    write,
    read: (file) => readFileSync(path(file), 'utf8'),
    run: (command, options) => runCommand(command, context(options)),
    prepare: (options) => prepare(context(options)),
    [Symbol.dispose]: () => rmSync(root, { recursive: true, force: true }),
  }
}

/** Every file and link below a folder, with its content and its time of change: equal before and after a run that writes nothing. */
export function snapshot(root: string): Record<string, string> {
  // Walked by hand: a recursive listing follows links.
  const walk = (folder: string): (readonly [string, string])[] =>
    readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
      const path = join(folder, entry.name)
      const content = entry.isFile() ? readFileSync(path).toString('base64') : entry.isSymbolicLink() ? readlinkSync(path) : ''
      const own = [relative(root, path), `${lstatSync(path, { bigint: true }).mtimeNs} ${content}`] as const
      return entry.isDirectory() ? [own, ...walk(path)] : [own]
    })
  return Object.fromEntries(walk(root).sort(([a], [b]) => (a < b ? -1 : 1)))
}
