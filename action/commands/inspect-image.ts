import type { RegistryClient } from '../adapters/registry/client.ts'
import { RegistryError } from '../adapters/registry/http.ts'
import type { KeyParts } from '../images/content-key.ts'
import { readPartsLabel } from '../images/labels.ts'

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

/** Looks at the image `<repository>:<tag>` or `<repository>@<digest>`: two or three requests. */
export async function inspectImage(repository: string, target: string, registry: RegistryClient): Promise<InspectedImage> {
  try {
    let manifest = await readManifest(`${repository}${target}`, registry)
    const first = manifest.manifests?.[0]
    if (first !== undefined) manifest = await readManifest(`${repository}@${first.digest}`, registry)
    const bytes = manifest.layers?.reduce((sum, { size }) => sum + size, 0)
    if (manifest.config === undefined) return { bytes, parts: undefined }
    const { config } = JSON.parse(await registry.blob(repository, manifest.config.digest)) as {
      config?: { Labels?: Record<string, string> }
    }
    return { bytes, parts: readPartsLabel(config?.Labels) }
  } catch (error) {
    if (error instanceof RegistryError || error instanceof SyntaxError) return { bytes: undefined, parts: undefined }
    throw error
  }
}

async function readManifest(reference: string, registry: RegistryClient): Promise<ImageManifest> {
  return JSON.parse((await registry.manifest(reference))?.text ?? '{}') as ImageManifest
}
