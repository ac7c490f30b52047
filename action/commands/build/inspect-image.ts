import type { RegistryClient } from '../../adapters/registry/client.ts'
import { RegistryError } from '../../adapters/registry/http.ts'
import type { KeyParts } from '../../images/content-key.ts'
import { readPartsLabel } from '../../images/labels.ts'

interface ImageManifest {
  readonly manifests?: readonly { readonly digest: string }[]
  readonly config?: { readonly digest: string }
  readonly layers?: readonly { readonly size: number }[]
}

/** What an image tells about itself. Only explanations rest on it: what cannot be found out is left out. */
export interface InspectedImage {
  /** Compressed size of the layers; with several platforms, of the first one. */
  readonly bytes: number | undefined
  readonly parts: KeyParts | undefined
}

const unknown: InspectedImage = { bytes: undefined, parts: undefined }

/** Looks at the image `<repository>:<tag>`: two or three requests. */
export function inspectImage(repository: string, tag: string, registry: RegistryClient): Promise<InspectedImage> {
  return orElse(unknown, async () => {
    const manifest = await firstPlatform(repository, (await registry.manifest(`${repository}:${tag}`))?.text, registry)
    if (manifest.config === undefined) return { bytes: bytesOf(manifest), parts: undefined }
    const { config } = JSON.parse(await registry.blob(repository, manifest.config.digest)) as {
      config?: { Labels?: Record<string, string> }
    }
    return { bytes: bytesOf(manifest), parts: readPartsLabel(config?.Labels) }
  })
}

/** The compressed size of an image whose manifest is known: one request, when it is an index. */
export function imageBytes(repository: string, manifest: string, registry: RegistryClient): Promise<number | undefined> {
  return orElse(undefined, async () => bytesOf(await firstPlatform(repository, manifest, registry)))
}

async function firstPlatform(repository: string, text: string | undefined, registry: RegistryClient): Promise<ImageManifest> {
  const manifest = JSON.parse(text ?? '{}') as ImageManifest
  const first = manifest.manifests?.[0]
  if (first === undefined) return manifest
  return JSON.parse((await registry.manifest(`${repository}@${first.digest}`))?.text ?? '{}') as ImageManifest
}

function bytesOf({ layers }: ImageManifest): number | undefined {
  return layers?.reduce((sum, { size }) => sum + size, 0)
}

async function orElse<T>(fallback: T, find: () => Promise<T>): Promise<T> {
  try {
    return await find()
  } catch (error) {
    if (error instanceof RegistryError || error instanceof SyntaxError) return fallback
    throw error
  }
}
