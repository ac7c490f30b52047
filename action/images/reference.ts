/** An image reference, taken apart as Docker does (github.com/distribution/reference). */
export interface Reference {
  /** `docker.io` when the reference names no registry. */
  readonly registry: string
  /** Path in the registry, with `library/` for Docker's official images. */
  readonly repository: string
  readonly tag: string | undefined
  readonly digest: string | undefined
}

/** Takes a reference apart. The text must be a valid reference. */
export function parseReference(text: string): Reference {
  const [named = '', digest] = text.split('@')
  const slash = named.indexOf('/')
  const first = slash === -1 ? '' : named.slice(0, slash)
  const hasRegistry = /[.:]/.test(first) || first === 'localhost'
  const registry = hasRegistry ? first.replace(/^index\.docker\.io$/, 'docker.io') : 'docker.io'
  const path = hasRegistry ? named.slice(slash + 1) : named
  const colon = path.lastIndexOf(':')
  const repository = colon === -1 ? path : path.slice(0, colon)
  return {
    registry,
    repository: registry === 'docker.io' && !repository.includes('/') ? `library/${repository}` : repository,
    tag: colon === -1 ? undefined : path.slice(colon + 1),
    digest,
  }
}

/** The short form of a name and its tag, as BuildKit looks up named contexts: `node:24`, `ghcr.io/acme/base`. */
export function familiarName({ registry, repository, tag }: Reference): string {
  const name = registry === 'docker.io' ? repository.replace(/^library\//, '') : `${registry}/${repository}`
  return tag === undefined || tag === 'latest' ? name : `${name}:${tag}`
}

/** The manifest that a reference means: its digest, else its tag, else `latest`. */
export function targetOf({ tag, digest }: Reference): string {
  return digest ?? tag ?? 'latest'
}

/** The key under which Docker's configuration keeps the login of a registry; Docker Hub's is historical. */
export function loginKey(registry: string): string {
  return registry === 'docker.io' ? 'https://index.docker.io/v1/' : registry
}
