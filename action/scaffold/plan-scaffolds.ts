import { type Diagnostic, diagnose } from '../config/diagnostics.ts'
import type { Project, Service } from '../config/project.ts'
import type { Change, Tree } from './changes.ts'
import { basePath, type Lock, type LockedFile, type LockedService } from './lock.ts'
import { hashOf, type ScaffoldFile, type ScaffoldInputs } from './render-scaffold.ts'

export interface ScaffoldPlan {
  readonly changes: readonly Change[]
  readonly lock: Lock
  readonly diagnostics: readonly Diagnostic[]
}

/** Renders a service's scaffold; called only where something may have changed. */
export type RenderService = (service: Service) => readonly ScaffoldFile[]

interface Step {
  readonly changes: readonly Change[]
  readonly locked: LockedService | undefined
  readonly diagnostics: readonly Diagnostic[]
}

/**
 * Decides what happens to every scaffolded file. Nothing of the user's is overwritten or deleted: a file is written
 * where nothing is, and replaced only while it is byte-equal to the pristine base that the lock records.
 */
export function planScaffolds(project: Project, lock: Lock, tree: Tree, renderService: RenderService): ScaffoldPlan {
  const changes: Change[] = []
  const diagnostics: Diagnostic[] = []
  const services: Record<string, LockedService> = {}
  const remaining = new Map(Object.entries(lock.services))
  const bases = new Map<string, Buffer>()

  for (const service of project.services.filter(isScaffolded)) {
    const moved = remaining.has(service.name) ? undefined : findRenamed(project, service, remaining, tree)
    const previous = moved ?? service.name
    const locked = remaining.get(previous)
    remaining.delete(previous)
    if (moved !== undefined) {
      changes.push({ kind: 'move', path: `services/${moved}`, to: `services/${service.name}` })
      diagnostics.push(
        diagnose(
          'NB511',
          `CS_${service.slot} was renamed: services/${moved} moves to services/${service.name}, edits and all.`,
          'Rename references to it in your own files.',
          service.position,
        ),
      )
    }
    const step = planService(project, service, locked, tree, `services/${previous}`, renderService, bases)
    changes.push(...step.changes)
    diagnostics.push(...step.diagnostics)
    if (step.locked !== undefined) services[service.name] = step.locked
  }
  for (const [name, locked] of remaining) {
    if (tree.directory(`services/${name}`) === 'missing') continue
    services[name] = { ...locked, orphaned: true }
    diagnostics.push(
      diagnose(
        'NB505',
        `services/${name} belongs to no CS_N line any more; it is left as it is.`,
        `Delete it by hand, or bring CS_${locked.slot}=${name}:${locked.template} back.`,
      ),
    )
  }
  changes.push(...baseChanges(bases, tree))
  return { changes, lock: { services }, diagnostics }
}

/** A ready image or a build context elsewhere leaves nothing to scaffold. */
function isScaffolded({ name, build }: Service): boolean {
  return build !== undefined && build.context === `services/${name}`
}

// Same slot and template, new name, old directory there, new one not: the service was renamed.
function findRenamed(project: Project, service: Service, remaining: ReadonlyMap<string, LockedService>, tree: Tree): string | undefined {
  if (tree.directory(`services/${service.name}`) !== 'missing') return undefined
  const stillNamed = new Set(project.services.map(({ name }) => name))
  for (const [name, locked] of remaining)
    if (
      locked.slot === service.slot &&
      locked.template === service.template.id &&
      !stillNamed.has(name) &&
      tree.directory(`services/${name}`) === 'full'
    )
      return name
  return undefined
}

function planService(
  project: Project,
  service: Service,
  locked: LockedService | undefined,
  tree: Tree,
  directory: string,
  renderService: RenderService,
  bases: Map<string, Buffer>,
): Step {
  const inputs: ScaffoldInputs = { name: service.name, port: service.port, project: project.name }
  const entry = { slot: service.slot, template: service.template.id, version: service.template.version, inputs, orphaned: false }
  const state = tree.directory(directory)
  if (state !== 'full') return firstWrite(service, entry, renderService(service), bases)
  if (locked === undefined) return adopt(service, entry, renderService(service), tree, bases)
  if (locked.template !== service.template.id) return changedFramework(service, locked)
  if (locked.version === service.template.version && equalInputs(locked.inputs, inputs))
    return { changes: [], locked: { ...locked, slot: service.slot, orphaned: false }, diagnostics: [] }
  return update(service, entry, locked, renderService(service), tree, directory, bases)
}

type Entry = Omit<LockedService, 'files'>

function firstWrite(service: Service, entry: Entry, files: readonly ScaffoldFile[], bases: Map<string, Buffer>): Step {
  const changes = files.map((file) => create(`services/${service.name}/${file.path}`, file))
  return { changes, locked: { ...entry, files: Object.fromEntries(files.map((file) => [file.path, track(file, bases)])) }, diagnostics: [] }
}

// Code that was there before: files that equal the template's are followed from now on, nothing else is touched or added.
function adopt(service: Service, entry: Entry, files: readonly ScaffoldFile[], tree: Tree, bases: Map<string, Buffer>): Step {
  const equal = files.filter((file) => tree.read(`services/${service.name}/${file.path}`)?.equals(file.content))
  if (equal.length < files.length)
    return {
      changes: [],
      locked: undefined,
      diagnostics: [
        diagnose(
          'NB503',
          `services/${service.name} was there before: it is yours, and nothing is written into it.`,
          `Make sure that its Dockerfile serves ${service.health.kind === 'path' ? service.health.path : 'health checks'} on $PORT, or move it away to get the ${service.template.id} scaffold.`,
          service.position,
        ),
      ],
    }
  return {
    changes: [],
    locked: { ...entry, files: Object.fromEntries(files.map((file) => [file.path, track(file, bases)])) },
    diagnostics: [],
  }
}

function changedFramework(service: Service, locked: LockedService): Step {
  return {
    changes: [],
    locked,
    diagnostics: [
      diagnose(
        'NB504',
        `CS_${service.slot} is now ${service.template.id}, but services/${service.name} was made from ${locked.template}: nothing is written into it.`,
        `Move services/${service.name} away to get the new scaffold, or set the framework back to ${locked.template}.`,
        service.position,
      ),
    ],
  }
}

function update(
  service: Service,
  entry: Entry,
  locked: LockedService,
  files: readonly ScaffoldFile[],
  tree: Tree,
  directory: string,
  bases: Map<string, Buffer>,
): Step {
  const wanted = new Map(files.map((file) => [file.path, file]))
  const paths = [...new Set([...Object.keys(locked.files), ...wanted.keys()])].sort()
  const decisions = paths.map((path) =>
    decide(`services/${service.name}/${path}`, tree.read(`${directory}/${path}`), locked.files[path], wanted.get(path), bases),
  )
  const kept = paths.filter((_, index) => decisions[index]?.kept)
  return {
    changes: decisions.flatMap(({ change }) => change ?? []),
    locked: {
      ...entry,
      files: Object.fromEntries(
        paths.flatMap((path, index) => (decisions[index]?.lock === undefined ? [] : [[path, decisions[index].lock]])),
      ),
    },
    diagnostics: kept.map((path) => keptDiagnostic(service, locked, path)),
  }
}

interface Decision {
  readonly change?: Change
  /** The file's new lock entry; none when it is no longer followed. */
  readonly lock?: LockedFile
  /** The template's change was not applied: the user is told. */
  readonly kept?: boolean
}

// B is the pristine base (`old.base`), O the user's file, T the new render (`next`).
function decide(
  path: string,
  ours: Buffer | undefined,
  old: LockedFile | undefined,
  next: ScaffoldFile | undefined,
  bases: Map<string, Buffer>,
): Decision {
  if (next === undefined) {
    if (ours === undefined || old === undefined) return {}
    return isPristine(ours, old) ? { change: { kind: 'delete', path, before: ours } } : { kept: true }
  }
  if (old === undefined && ours === undefined) return { change: create(path, next), lock: track(next, bases) }
  if (ours?.equals(next.content)) return { lock: track(next, bases) }
  if (old === undefined) return { kept: true }
  const isChanged = old.base !== next.hash
  if (ours === undefined) return { lock: { ...old, state: 'deleted' }, kept: isChanged }
  if (isPristine(ours, old))
    return { change: { kind: 'update', path, content: next.content, executable: next.executable, before: ours }, lock: track(next, bases) }
  return { lock: { ...old, class: next.class, state: isChanged ? 'kept' : 'tracked' }, kept: isChanged }
}

function keptDiagnostic(service: Service, locked: LockedService, path: string): Diagnostic {
  const file = `services/${service.name}/${path}`
  return diagnose(
    'NB506',
    `${file} is yours: the change of ${service.template.id} ${locked.version} → ${service.template.version} is not applied to it.`,
    'Compare it with the template and take over what you need.',
    { file, line: 1, column: 1 },
  )
}

function isPristine(ours: Buffer, { base }: LockedFile): boolean {
  return hashOf(ours) === base
}

function equalInputs(a: ScaffoldInputs, b: ScaffoldInputs): boolean {
  return a.name === b.name && a.port === b.port && a.project === b.project
}

function create(path: string, file: ScaffoldFile): Change {
  return { kind: 'create', path, content: file.content, executable: file.executable }
}

function track(file: ScaffoldFile, bases: Map<string, Buffer>): LockedFile {
  bases.set(file.hash, file.content)
  return { class: file.class, mode: file.executable ? '755' : '644', state: 'tracked', base: file.hash }
}

// Old bases stay until no lock entry needs them: the pull-request merge reads them.
function baseChanges(bases: ReadonlyMap<string, Buffer>, tree: Tree): Change[] {
  return [...bases].flatMap(([hash, content]): Change[] => {
    const path = basePath(hash)
    return tree.read(path) === undefined ? [{ kind: 'create', path, content, executable: false }] : []
  })
}
