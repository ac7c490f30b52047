import type { BuiltService } from '../render/bake.ts'
import { type KeyParts, keyTag } from './content-key.ts'
import { changedInputs } from './reasons.ts'

/** What is to be done for one service's image. */
export interface ImagePlan {
  readonly service: BuiltService
  readonly key: string
  readonly parts: KeyParts
  /** The image under its content key: `ghcr.io/acme/shop-api:src-…`. */
  readonly reference: string
  readonly action: 'reuse' | 'build'
  readonly reason: string
  /** Of the image that is there. */
  readonly digest: string | undefined
}

/** What the registry knows: the image under the key, and the inputs of the one that was built last. */
export interface Known {
  readonly digest: string | undefined
  readonly previous: KeyParts | undefined
}

/** Decides between reuse and build, and says why. */
export function planImage(service: BuiltService, key: string, parts: KeyParts, known: Known, force: boolean): ImagePlan {
  const reference = `${service.image}:${keyTag(key)}`
  const base = { service, key, parts, reference }
  if (known.digest !== undefined && !force) return { ...base, action: 'reuse', reason: 'unchanged', digest: known.digest }
  return { ...base, action: 'build', reason: force ? 'forced' : reasonOf(parts, known.previous), digest: undefined }
}

function reasonOf(parts: KeyParts, previous: KeyParts | undefined): string {
  if (previous === undefined) return 'never built'
  const changes = changedInputs(previous, parts)
  return changes === '' ? 'its image is gone' : `changed: ${changes}`
}
