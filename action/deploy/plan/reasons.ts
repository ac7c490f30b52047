import type { Manifest, ReleaseService } from '../release/types.ts'
import type { VariableChanges } from './types.ts'

/** What was found of a service on the host. */
interface Found {
  readonly differs: boolean
  readonly running: number
  readonly unhealthy: number
}

/** Why a service is not what the release says, as far as the release on the host tells. */
export function reasonsOf(service: ReleaseService, before: Manifest | undefined, after: Manifest, found: Found): string[] {
  if (found.differs) {
    const old = before?.services.find(({ name }) => name === service.name)
    if (old === undefined || old.hash === service.hash) return ['it is not what the release on the host says']
    return differences(old, service, changedVariables(before?.variables ?? {}, after.variables))
  }
  if (found.unhealthy > 0) return [`${found.unhealthy} of ${service.replicas} containers are unhealthy`]
  if (found.running < service.replicas) return [`${found.running} of ${service.replicas} containers are running`]
  return found.running > service.replicas ? [`${found.running} containers instead of ${service.replicas}`] : []
}

function differences(old: ReleaseService, service: ReleaseService, { added, changed, removed }: VariableChanges): string[] {
  const reasons = [
    ...(old.image === service.image ? [] : [imageChange(old.image, service.image)]),
    ...(old.replicas === service.replicas ? [] : [`replicas ${old.replicas} → ${service.replicas}`]),
    ...(old.class === service.class ? [] : [`${old.class} → ${service.class}`]),
  ]
  if (reasons.length > 0) return reasons
  return [added.length + changed.length + removed.length === 0 ? 'configuration' : 'configuration or variables']
}

function imageChange(before: string, after: string): string {
  // Of two digests the beginnings are enough to tell them apart; tags are short.
  const short = (image: string) => image.split('@sha256:')[1]?.slice(0, 12) ?? image
  return `image ${short(before)} → ${short(after)}`
}

/** Which variables two releases differ in, by name. */
export function changedVariables(before: Readonly<Record<string, string>>, after: Readonly<Record<string, string>>): VariableChanges {
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])].sort()
  return {
    added: names.filter((name) => !Object.hasOwn(before, name)),
    changed: names.filter((name) => Object.hasOwn(before, name) && Object.hasOwn(after, name) && before[name] !== after[name]),
    removed: names.filter((name) => !Object.hasOwn(after, name)),
  }
}
