import type { Diagnostic } from '../config/diagnostics.ts'
import type { Service } from '../config/project.ts'
import { baseChanges } from './bases.ts'
import type { Change } from './changes.ts'
import { findRenamed } from './find-renamed.ts'
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
  const { project, named, tree, scope } = surroundings
  const only = scope !== undefined && 'only' in scope ? scope.only : undefined
  const changes: Change[] = []
  const diagnostics: Diagnostic[] = []
  const services: Record<string, LockedService> = {}
  const remaining = new Map(Object.entries(lock.services))
  const bases = new Map<string, Buffer>()

  for (const service of project.services.filter(isScaffolded)) {
    if (only !== undefined && service.name !== only) continue
    const renamed = findRenamed(service, remaining, named, tree)
    const previous = renamed?.from ?? service.name
    const locked = remaining.get(previous)
    remaining.delete(previous)
    if (renamed !== undefined) {
      changes.push(...renamed.moves)
      diagnostics.push(renamedNotice(service, renamed))
    }
    const plan = await planService(service, locked, renamed?.directory ?? `services/${service.name}`, surroundings)
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

function unusedConfig({ services }: Lock, { config }: Surroundings): Diagnostic[] {
  const files = Object.entries(services).flatMap(([name, { files }]) => Object.keys(files).map((path) => `services/${name}/${path}`))
  return config.unused(Object.keys(services), files)
}
