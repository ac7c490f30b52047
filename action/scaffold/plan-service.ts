import type { Diagnostic } from '../config/diagnostics.ts'
import type { Project, Service } from '../config/project.ts'
import { readBase as baseIn } from './bases.ts'
import type { Change, Tree } from './changes.ts'
import { type Decision, decideFile, type FileCase, sameContent, track, written } from './decide-file.ts'
import type { LockedFile, LockedService } from './lock.ts'
import { compareVersions } from './merge/versions.ts'
import {
  conflictNotice,
  foreignNotice,
  frameworkNotice,
  keptNotice,
  markersNotice,
  missingBaseNotice,
  newerNotice,
  skippedNotice,
  updateOf,
} from './notices.ts'
import type { ScaffoldFile, ScaffoldInputs } from './render-scaffold.ts'
import type { ScaffoldConfig } from './scaffold-config.ts'

/** Renders a service's scaffold; called only where something may have changed. */
export type RenderService = (service: Service) => readonly ScaffoldFile[]

/** What to do with a file that the user and its template changed in the same lines: leave it, or write both with markers. */
export type ConflictPolicy = 'keep' | 'markers'

/** Which services this run is about: all but the updates of some that are there, or the update of one alone. */
export type Scope = { readonly without: readonly string[] } | { readonly only: string }

/** What planning a service needs besides the service. */
export interface Surroundings {
  readonly project: Project
  /** The names of services in this environment and in development: none of them was renamed. */
  readonly named: ReadonlySet<string>
  readonly tree: Tree
  readonly config: ScaffoldConfig
  readonly onConflict: ConflictPolicy
  /** Everything, when it is absent. */
  readonly scope?: Scope | undefined
  readonly renderService: RenderService
}

export interface ServicePlan {
  readonly changes: readonly Change[]
  readonly locked: LockedService | undefined
  readonly diagnostics: readonly Diagnostic[]
  /** What was rendered, the source of new bases; empty when nothing had to be. */
  readonly rendered: readonly ScaffoldFile[]
}

type Entry = Omit<LockedService, 'files'>

/** Plans one service whose files lie in `directory`, which differs from its own while it is being renamed. */
export async function planService(
  service: Service,
  locked: LockedService | undefined,
  directory: string,
  surroundings: Surroundings,
): Promise<ServicePlan> {
  const { project, tree, config, renderService } = surroundings
  const { id, version } = service.template
  const inputs: ScaffoldInputs = { name: service.name, port: service.port, project: project.name }
  const entry: Entry = { slot: service.slot, template: id, version, inputs, orphaned: false }
  if (tree.directory(directory) !== 'full') return firstWrite(service, entry, renderService(service), surroundings)
  if (locked === undefined) return adopt(service, entry, renderService(service), surroundings)
  const untouched = { changes: [], locked, diagnostics: [], rendered: [] }
  if (locked.template !== id) return { ...untouched, diagnostics: [frameworkNotice(service, locked)] }
  const attached = { ...locked, slot: service.slot, orphaned: false }
  if (isSettled(service, locked, inputs, config)) return { ...untouched, locked: attached }
  if (surroundings.scope !== undefined && 'without' in surroundings.scope && surroundings.scope.without.includes(service.name))
    return { ...untouched, locked: attached }
  if (config.skip[service.name] === version && locked.version !== version)
    return { ...untouched, locked: attached, diagnostics: [skippedNotice(service, locked)] }
  // Else two people with different versions would undo each other's updates, in silence.
  if ((compareVersions(locked.version, version) ?? 0) > 0)
    return { ...untouched, locked: attached, diagnostics: [newerNotice(service, locked)] }
  return update(service, entry, locked, directory, surroundings)
}

// Nothing new from the template, and nothing that waits for the user.
function isSettled(
  { name, template }: Service,
  { version, inputs, files }: LockedService,
  wanted: ScaffoldInputs,
  config: ScaffoldConfig,
): boolean {
  if (version !== template.version || inputs.name !== wanted.name || inputs.port !== wanted.port || inputs.project !== wanted.project)
    return false
  return Object.entries(files).every(
    ([path, { state }]) =>
      state !== 'kept' && state !== 'conflict' && (state === 'ejected') === config.isEjected(`services/${name}/${path}`),
  )
}

function firstWrite({ name }: Service, entry: Entry, rendered: readonly ScaffoldFile[], { config }: Surroundings): ServicePlan {
  const isWritten = ({ path }: ScaffoldFile) => !config.isEjected(`services/${name}/${path}`)
  const changes = rendered.filter(isWritten).map(({ path, content, executable }): Change => {
    return { kind: 'create', path: `services/${name}/${path}`, content, executable }
  })
  return { changes, locked: { ...entry, files: trackAll(rendered, isWritten) }, diagnostics: [], rendered }
}

// Code that was there before: files that equal the template's are followed from now on, nothing else is touched or added.
function adopt(service: Service, entry: Entry, rendered: readonly ScaffoldFile[], { tree, config }: Surroundings): ServicePlan {
  const isFollowed = ({ path }: ScaffoldFile) => !config.isEjected(`services/${service.name}/${path}`)
  const isSame = rendered.filter(isFollowed).every(({ path, content }) => {
    const ours = tree.read(`services/${service.name}/${path}`)
    return ours !== undefined && sameContent(ours, content)
  })
  return isSame
    ? { changes: [], locked: { ...entry, files: trackAll(rendered, isFollowed) }, diagnostics: [], rendered }
    : { changes: [], locked: undefined, diagnostics: [foreignNotice(service)], rendered: [] }
}

function trackAll(files: readonly ScaffoldFile[], isFollowed: (file: ScaffoldFile) => boolean): Record<string, LockedFile> {
  return Object.fromEntries(files.map((file) => [file.path, isFollowed(file) ? track(file) : { ...track(file), state: 'ejected' }]))
}

async function update(
  service: Service,
  entry: Entry,
  locked: LockedService,
  directory: string,
  surroundings: Surroundings,
): Promise<ServicePlan> {
  const { tree, config, renderService } = surroundings
  const rendered = renderService(service)
  const wanted = new Map(rendered.map((file) => [file.path, file]))
  const before = new Map(Object.entries(locked.files))
  // Where the copy is lost, another file may be the same.
  const readBase = (hash: string) => baseIn(tree, hash) ?? rendered.find((file) => file.hash === hash)?.content
  const changes: Change[] = []
  const diagnostics: Diagnostic[] = []
  const files: Record<string, LockedFile> = {}
  for (const name of [...new Set([...before.keys(), ...wanted.keys()])].sort()) {
    const path = `services/${service.name}/${name}`
    const place = `${directory}/${name}`
    const isEjected = config.isEjected(path)
    // An ejected file may be anything, a link too.
    const ours = isEjected ? undefined : tree.read(place)
    const isExecutable = ours !== undefined && tree.isExecutable(place)
    const file = { path, ours, isExecutable, old: before.get(name), next: wanted.get(name), isEjected }
    const outcome = await resolve(file, decideFile(file), updateOf(service, locked), service, { ...surroundings, readBase })
    if (outcome.change !== undefined) changes.push(outcome.change)
    if (outcome.lock !== undefined) files[name] = outcome.lock
    diagnostics.push(...outcome.diagnostics)
  }
  return { changes, locked: { ...entry, files }, diagnostics, rendered }
}

interface Outcome {
  readonly change?: Change | undefined
  readonly lock?: LockedFile | undefined
  readonly diagnostics: readonly Diagnostic[]
}

async function resolve(
  file: FileCase,
  decision: Decision,
  update: string,
  service: Service,
  { readBase, onConflict }: Pick<Surroundings, 'onConflict'> & { readonly readBase: (hash: string) => Buffer | undefined },
): Promise<Outcome> {
  const { path } = file
  if (decision.kind === 'settled')
    return { ...decision, diagnostics: decision.kept === undefined ? [] : [keptNotice(path, decision.kept, update)] }
  if (decision.kind === 'unresolved') return { lock: decision.lock, diagnostics: [markersNotice(path, decision.line)] }
  const { ours, old, next } = decision
  const waiting: LockedFile = { ...old, class: next.class, state: 'kept' }
  const base = readBase(old.base)
  if (base === undefined) return { lock: waiting, diagnostics: [missingBaseNotice(path, update)] }
  // Loaded here: few runs merge anything.
  const { mergeFile } = await import('./merge/index.ts')
  const { id, version } = service.template
  const merge = mergeFile({ path, base, ours, theirs: next.content }, { theirs: `template ${id} ${version}` })
  switch (merge.kind) {
    case 'clean':
      return { change: written(file, merge.content), lock: track(next), diagnostics: [] }
    case 'binary':
      return { lock: { ...waiting, state: 'tracked' }, diagnostics: [keptNotice(path, 'binary', update)] }
    case 'unresolved':
      return { lock: { ...old, class: next.class, state: 'conflict' }, diagnostics: [markersNotice(path, merge.line)] }
    case 'conflict':
      return onConflict === 'keep'
        ? { lock: waiting, diagnostics: [conflictNotice(path, merge.lines, update)] }
        : {
            change: written(file, merge.content),
            lock: { ...track(next), state: 'conflict' },
            diagnostics: [markersNotice(path, merge.lines[0] ?? 1)],
          }
  }
}
