/** What is accepted for a manifest: an image or an index, as OCI and as Docker spell them. */
export const manifestTypes = [
  'application/vnd.oci.image.index.v1+json',
  'application/vnd.docker.distribution.manifest.list.v2+json',
  'application/vnd.oci.image.manifest.v1+json',
  'application/vnd.docker.distribution.manifest.v2+json',
].join(', ')

/** The scope of a token (distribution's token protocol). */
export function scopeOf(repository: string, actions: string): string {
  return `repository:${repository}:${actions}`
}

/** Where a registry's API is. */
export function originOf(registry: string): string {
  const host = registry === 'docker.io' ? 'registry-1.docker.io' : registry
  return `${isLoopback(`http://${host}`) ? 'http' : 'https'}://${host}`
}

/** The host that may be sent a password without TLS; nothing for a registry that is not on this machine. */
export function insecureHost(origin: string): string | undefined {
  return isLoopback(origin) ? new URL(origin).hostname : undefined
}

// As the Engine: loopback addresses need no TLS.
function isLoopback(origin: string): boolean {
  const { hostname } = new URL(origin)
  return hostname === 'localhost' || hostname === '[::1]' || hostname.startsWith('127.')
}
