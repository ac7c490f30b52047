import type { BuiltService } from '../render/bake.ts'
import { contentKey, type KeyParts, keyTag } from './content-key.ts'
import { changedInputs } from './reasons.ts'

/** What is to be done for one service's image. */
export interface ImagePlan {
  readonly service: BuiltService
  readonly key: string
  readonly parts: KeyParts
  /** The image under its content key: `ghcr.io/acme/shop-api:src-…`. */
  readonly reference: string
  /** `join`: every platform's image is there, built by a job of its own; only the index is missing. */
  readonly action: 'reuse' | 'join' | 'build'
  readonly reason: string
  /** Of the image that is there; when it is built all the same, of the one that is replaced. */
  readonly digest: string | undefined
  /** Compressed size of the image that was built last. */
  readonly previousBytes: number | undefined
  /** Where each platform's own image lies, when there are several platforms. */
  readonly platformReferences: ReadonlyMap<string, string>
}

/** What the registry knows: the image under the key, and the inputs of the one that was built last. */
export interface Known {
  readonly digest: string | undefined
  readonly previous: { readonly parts: KeyParts | undefined; readonly bytes: number | undefined }
  /** Whether each platform's own image is there. */
  readonly hasPlatforms: boolean
}

/** Decides between reuse and build, and says why. */
export function planImage(
  service: BuiltService,
  parts: KeyParts,
  platformReferences: ReadonlyMap<string, string>,
  known: Known,
  force: boolean,
): ImagePlan {
  const key = contentKey(parts)
  const base = {
    service,
    key,
    parts,
    platformReferences,
    previousBytes: known.previous.bytes,
    reference: `${service.image}:${keyTag(key)}`,
  }
  if (known.digest !== undefined && !force) return { ...base, action: 'reuse', reason: 'unchanged', digest: known.digest }
  if (known.hasPlatforms && !force) return { ...base, action: 'join', reason: 'built per platform', digest: known.digest }
  return { ...base, action: 'build', reason: force ? 'forced' : reasonOf(parts, known.previous.parts), digest: known.digest }
}

function reasonOf(parts: KeyParts, previous: KeyParts | undefined): string {
  if (previous === undefined) return 'never built'
  const changes = changedInputs(previous, parts)
  return changes === '' ? 'its image is gone' : `changed: ${changes}`
}
