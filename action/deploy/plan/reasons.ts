import type { Manifest, ReleaseService } from '../release/types.ts'
import type { VariableChanges } from './types.ts'

/** What was found of a service on the host. */
interface Found {
  readonly differs: boolean
  readonly running: number
  readonly live: number
}

/** Why a service is not what the release says, as far as the release on the host tells. */
export function reasonsOf(service: ReleaseService, before: Manifest | undefined, after: Manifest, found: Found): string[] {
  const reasons: string[] = []
  const old = before?.services.find(({ name }) => name === service.name)
  if (found.differs) {
    if (old === undefined || old.hash === service.hash) reasons.push('it is not what the release on the host says')
    else {
      if (old.image !== service.image) reasons.push(imageChange(old.image, service.image))
      if (old.replicas !== service.replicas) reasons.push(`replicas ${old.replicas} → ${service.replicas}`)
      if (old.class !== service.class) reasons.push(`${old.class} → ${service.class}`)
      const { added, changed, removed } = changedVariables(before?.variables ?? {}, after.variables)
      if (reasons.length === 0) reasons.push(added.length + changed.length + removed.length === 0 ? 'configuration' : 'configuration or variables')
    }
  } else if (found.running < service.replicas) reasons.push(`${found.running} of ${service.replicas} containers are running`)
  else if (found.live > service.replicas) reasons.push(`${found.live} containers instead of ${service.replicas}`)
  return reasons
}

function imageChange(before: string, after: string): string {
  const [, oldDigest = before] = before.split('@sha256:')
  const [, newDigest = after] = after.split('@sha256:')
  return `image ${oldDigest.slice(0, 12)} → ${newDigest.slice(0, 12)}`
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
