import type { TemplateLibrary } from '../../adapters/templates.ts'
import { type Diagnostic, diagnose, hasErrors } from '../../config/diagnostics.ts'
import type { Project } from '../../config/project.ts'
import { layoutOf } from '../../render/compose/layout.ts'
import { renderProject } from '../../render/index.ts'
import { createRenderer, type RenderTemplate } from '../../render/liquid.ts'
import { serverNamesIn, sitesOf } from '../../render/sites.ts'
import type { Change, Tree } from '../../scaffold/changes.ts'
import { sameContent } from '../../scaffold/decide-file.ts'
import { emptyLock, formatLock, type Lock, lockPath, parseLock } from '../../scaffold/lock.ts'
import { planScaffolds } from '../../scaffold/plan-scaffolds.ts'
import type { RenderService } from '../../scaffold/plan-service.ts'
import { planToolFiles } from '../../scaffold/plan-tool-files.ts'
import { renderScaffold, templateKey } from '../../scaffold/render-scaffold.ts'
import { configPath, emptyConfig, parseScaffoldConfig } from '../../scaffold/scaffold-config.ts'
import type { Context } from '../context.ts'

/** Changes of the working tree, in the order in which they are to be made, and what to say about them. */
export interface Planned {
  readonly changes: readonly Change[]
  readonly diagnostics: readonly Diagnostic[]
  readonly edits: readonly Change[]
}

/** The context, and for another environment than development the project as development has it. */
type Setting = Context & { readonly reference?: Project | undefined }

/** Renders the project in memory and compares it with the tree. */
export async function planChanges(project: Project, tree: Tree, library: TemplateLibrary, context: Setting): Promise<Planned> {
  const { directory } = layoutOf(project.environment)
  const handWritten = readHandWritten(tree, `${directory}nginx/conf.d`)
  const rendered = renderProject(project, createRenderer(library.nginx()), handWritten)
  const folders =
    project.core === 'external' ? ['nginx/sites'] : ['nginx/sites', 'nginx/includes', 'nginx/conf.d', 'nginx/acme', 'postgres/init']
  const tools = planToolFiles(
    rendered,
    folders.map((folder) => directory + folder),
    tree,
    context.handEdits,
  )
  const scaffolds = await planServices(project, tree, library, context)
  if (context.scope !== undefined && 'only' in context.scope) return { ...scaffolds, edits: [] }
  return {
    changes: [...scaffolds.changes, ...tools.changes],
    diagnostics: [...tools.diagnostics, ...scaffolds.diagnostics, ...handWrittenNotices(project, handWritten)],
    edits: tools.edits,
  }
}

async function planServices(
  project: Project,
  tree: Tree,
  library: TemplateLibrary,
  { inputs, scope, reference }: Setting,
): Promise<Omit<Planned, 'edits'>> {
  const lockFile = tree.read(lockPath)
  const read = lockFile === undefined ? { diagnostics: [] } : parseLock(lockFile.toString('utf8'))
  const { lock = emptyLock } = read
  const configFile = tree.read(configPath)
  const { config, diagnostics: problems } =
    configFile === undefined ? { config: emptyConfig, diagnostics: [] } : parseScaffoldConfig(configFile.toString('utf8'))
  const diagnostics = [...read.diagnostics, ...problems]
  if (hasErrors(diagnostics)) return { changes: [], diagnostics }
  const shared = asReference(project, reference)
  const named = new Set([...project.services, ...(reference?.services ?? [])].map(({ name }) => name))
  const renderService = serviceRenderer(shared, library)
  const plan = await planScaffolds(lock, { project: shared, named, tree, config, onConflict: inputs.onConflict, scope, renderService })
  const merged = mergeLocks(project, lock, plan.lock)
  const content = Buffer.from(formatLock(merged))
  const lockChange: Change[] =
    lockFile === undefined
      ? [{ kind: 'create', path: lockPath, content, executable: false }]
      : sameContent(lockFile, content)
        ? []
        : [{ kind: 'update', path: lockPath, content, executable: false, before: lockFile }]
  // The lock comes last: until it is written, nothing counts as scaffolded.
  return {
    changes: [...plan.changes, ...lockChange],
    diagnostics: [...plan.diagnostics.filter(({ code }) => code !== 'NB505' || isReference(project)), ...diagnostics],
  }
}

// Development is the reference for which services exist: another environment that leaves one out does not orphan it.
function isReference(project: Project): boolean {
  return project.environment.kind === 'development'
}

// Else a port of one environment would be written over another's, run by run.
function asReference(project: Project, reference: Project | undefined): Project {
  if (reference === undefined) return project
  const shared = new Map(reference.services.filter(({ build }) => build !== undefined).map((service) => [service.name, service]))
  return { ...project, name: reference.name, services: project.services.map((service) => shared.get(service.name) ?? service) }
}

function mergeLocks(project: Project, before: Lock, after: Lock): Lock {
  if (isReference(project)) return after
  return {
    services: Object.fromEntries(
      Object.entries(after.services).map(([name, service]) => [name, service.orphaned ? (before.services[name] ?? service) : service]),
    ),
  }
}

function serviceRenderer(project: Project, library: TemplateLibrary): RenderService {
  const renderers = new Map<string, RenderTemplate>()
  const hashes = new Map<Buffer, string>()
  return ({ name, port, template }) => {
    const source = { id: template.placeholder ?? template.id }
    const files = library.files(source.id)
    let render = renderers.get(source.id)
    if (render === undefined) {
      const liquid = files.filter(({ path }) => path.endsWith('.liquid'))
      render = createRenderer(Object.fromEntries(liquid.map(({ path, content }) => [templateKey(source, path), content.toString('utf8')])))
      renderers.set(source.id, render)
    }
    return renderScaffold({ ...template, id: source.id }, files, { name, port, project: project.name }, render, hashes)
  }
}

/** The names that hand-written nginx files serve: name → file. */
export function readHandWritten(tree: Tree, folder: string): Map<string, string> {
  const names = new Map<string, string>()
  for (const file of tree.list(folder)) {
    if (!file.endsWith('.conf') || file === 'default.conf') continue
    const text = tree.read(`${folder}/${file}`)?.toString('utf8') ?? ''
    for (const name of serverNamesIn(text)) if (!names.has(name)) names.set(name, `${folder}/${file}`)
  }
  return names
}

function handWrittenNotices(project: Project, handWritten: ReadonlyMap<string, string>): Diagnostic[] {
  return sitesOf(project, new Map())
    .flatMap(({ domains }) => domains)
    .flatMap((domain) => {
      const file = handWritten.get(domain)
      return file === undefined
        ? []
        : [
            diagnose(
              'NB509',
              `${domain} is served by ${file}; the generated site leaves it out.`,
              'Remove the server_name there to get the generated site.',
              { file, line: 1, column: 1 },
            ),
          ]
    })
}
