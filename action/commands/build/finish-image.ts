import type { RegistryClient } from '../../adapters/registry/client.ts'
import { RegistryError } from '../../adapters/registry/http.ts'
import { keyTag } from '../../images/content-key.ts'
import { joinPlatforms, type PlatformImage } from '../../images/image-index.ts'
import type { ImagePlan } from '../../images/image-plan.ts'
import { lastTag } from '../../images/labels.ts'
import type { ImageResult } from '../../report/images.ts'
import type { BuildOutcome } from './build-images.ts'
import { imageBytes } from './inspect-image.ts'
import type { Unplanned } from './plan-images.ts'

/** Moves the tags to an image that is there; a tag never points to what is not complete. */
export async function finishImage(
  plan: ImagePlan,
  outcome: BuildOutcome | undefined,
  tags: readonly string[],
  registry: RegistryClient,
): Promise<ImageResult> {
  const { service, action, reason } = plan
  const base = {
    service,
    key: plan.key,
    parts: plan.parts,
    reason,
    log: outcome?.log,
    previousBytes: plan.previousBytes,
    problem: undefined,
    bytes: undefined,
  }
  let digest = action === 'build' ? outcome?.digest : plan.digest
  try {
    if (action === 'join') digest = await joinImages(plan, registry)
    if (digest === undefined) return { ...base, state: 'failed', digest, problem: 'the build failed' }
    const wanted = [...tags, ...(action === 'reuse' ? [] : [lastTag])]
    const manifest = wanted.length === 0 ? undefined : await registry.manifest(`${service.image}@${digest}`)
    if (manifest !== undefined) for (const tag of wanted) await registry.tag(service.image, tag, manifest)
    if (action === 'reuse') return { ...base, state: 'reused', digest }
    const bytes = manifest === undefined ? undefined : await imageBytes(service.image, manifest.text, registry)
    return { ...base, state: 'built', digest, bytes }
  } catch (error) {
    if (!(error instanceof RegistryError)) throw error
    return { ...base, state: 'failed', digest, problem: `the image is there, but ${error.message}` }
  }
}

/** Makes one image of those that each platform's job has pushed; returns its digest. */
async function joinImages({ service, key, platformReferences }: ImagePlan, registry: RegistryClient): Promise<string | undefined> {
  const images: PlatformImage[] = []
  for (const [platform, reference] of platformReferences) {
    const manifest = await registry.manifest(reference)
    if (manifest === undefined) return undefined
    images.push({ platform, ...manifest })
  }
  await registry.tag(service.image, keyTag(key), joinPlatforms(images))
  return registry.digestOf(`${service.image}:${keyTag(key)}`)
}

/** The result of a service whose image could not even be planned. */
export function unplannedResult({ service, problem }: Unplanned): ImageResult {
  return {
    service,
    key: '',
    parts: {},
    reason: '',
    log: undefined,
    state: 'failed',
    digest: undefined,
    problem,
    bytes: undefined,
    previousBytes: undefined,
  }
}
