import type { Diagnostic } from '../config/diagnostics.ts'
import type { Project, Service } from '../config/project.ts'
import { baseChanges } from './bases.ts'
import type { Change, Tree } from './changes.ts'
import type { Lock, LockedService } from './lock.ts'
import { orphanedNotice, renamedNotice } from './notices.ts'
import { planService, type Surroundings } from './plan-service.ts'

export interface ScaffoldPlan {
  readonly changes: readonly Change[]
  readonly lock: Lock
  readonly diagnostics: readonly Diagnostic[]
}

/**
 * Decides what happens to every scaffolded file. Nothing of the user's is lost: a file is written where nothing is, replaced while
 * it equals the pristine base that the lock records, and merged with it otherwise.
 */
export async function planScaffolds(lock: Lock, surroundings: Surroundings): Promise<ScaffoldPlan> {
  const { project, tree, scope } = surroundings
  const only = scope !== undefined && 'only' in scope ? scope.only : undefined
  const changes: Change[] = []
  const diagnostics: Diagnostic[] = []
  const services: Record<string, LockedService> = {}
  const remaining = new Map(Object.entries(lock.services))
  const bases = new Map<string, Buffer>()

  for (const service of project.services.filter(isScaffolded)) {
    if (only !== undefined && service.name !== only) continue
    const moved = remaining.has(service.name) ? undefined : findRenamed(project, service, remaining, tree)
    const previous = moved ?? service.name
    const locked = remaining.get(previous)
    remaining.delete(previous)
    if (moved !== undefined) {
      changes.push({ kind: 'move', path: `services/${moved}`, to: `services/${service.name}` })
      diagnostics.push(renamedNotice(service, moved))
    }
    const plan = await planService(service, locked, `services/${previous}`, surroundings)
    changes.push(...plan.changes)
    diagnostics.push(...plan.diagnostics)
    for (const { hash, content } of plan.rendered) bases.set(hash, content)
    if (plan.locked !== undefined) services[service.name] = plan.locked
  }
  for (const [name, locked] of remaining) {
    if (only !== undefined) {
      services[name] = locked
      continue
    }
    if (tree.directory(`services/${name}`) === 'missing') continue
    services[name] = { ...locked, orphaned: true }
    diagnostics.push(orphanedNotice(name, locked))
  }
  const after = { services }
  changes.push(...baseChanges(lock, after, bases, tree))
  return { changes, lock: after, diagnostics: [...diagnostics, ...unusedConfig(after, surroundings)] }
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

function unusedConfig({ services }: Lock, { config }: Surroundings): Diagnostic[] {
  const files = Object.entries(services).flatMap(([name, { files }]) => Object.keys(files).map((path) => `services/${name}/${path}`))
  return config.unused(Object.keys(services), files)
}
