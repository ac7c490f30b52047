/** A manifest as an index names it (OCI image spec, descriptor). */
interface Descriptor {
  readonly mediaType: string
  readonly digest: string
  readonly size: number
  readonly platform?: { readonly os: string; readonly architecture: string; readonly variant?: string }
  readonly [field: string]: unknown
}

/** An image of one platform as a job pushed it: its manifest, or with attestations an index around it. */
export interface PlatformImage {
  readonly platform: string
  readonly mediaType: string
  readonly digest: string
  readonly text: string
}

export const indexType = 'application/vnd.oci.image.index.v1+json'

/** Joins images of single platforms into one index, in the order of the platforms: equal images give an equal index. */
export function joinPlatforms(images: readonly PlatformImage[]): { mediaType: string; text: string } {
  const manifests = [...images].sort((a, b) => (a.platform < b.platform ? -1 : 1)).flatMap(descriptorsOf)
  return { mediaType: indexType, text: JSON.stringify({ schemaVersion: 2, mediaType: indexType, manifests }) }
}

function descriptorsOf({ platform, mediaType, digest, text }: PlatformImage): Descriptor[] {
  const { manifests } = JSON.parse(text) as { manifests?: Descriptor[] }
  if (manifests !== undefined) return manifests
  const [os = '', architecture = '', variant] = platform.split('/')
  return [
    { mediaType, digest, size: Buffer.byteLength(text), platform: { os, architecture, ...(variant === undefined ? {} : { variant }) } },
  ]
}
