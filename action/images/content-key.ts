import { createHash } from 'node:crypto'

/** One file, folder or link of a build context, as BuildKit sees it. */
export interface ContextEntry {
  /** With `/`, from the context's root. */
  readonly path: string
  readonly type: 'file' | 'folder' | 'link' | 'special'
  /** Permission bits, set-id and sticky bits included; 0 for links, whose own bits mean nothing. */
  readonly mode: number
  /** sha256 of a file's bytes, the target of a link, kind and number of a device, '' for a folder. */
  readonly content: string
}

/** Everything that decides what comes out of a build, and nothing else. Secrets count by their ids only. */
export interface KeyInputs {
  readonly context: readonly ContextEntry[]
  /** Name and text: one Dockerfile of several may be meant. */
  readonly dockerfile: { readonly path: string; readonly content: string }
  readonly target: string | undefined
  readonly buildArgs: Readonly<Record<string, string>>
  readonly platforms: readonly string[]
  /** Base image → the digest that it has today, or '' where no registry knows it. */
  readonly bases: Readonly<Record<string, string>>
  readonly secretIds: readonly string[]
  /** What changes the manifest: provenance, SBOM. */
  readonly attestations: Readonly<Record<string, string>>
}

/** Hash of each input by name: the reason of a rebuild is the difference of two of these. */
export type KeyParts = Readonly<Record<string, string>>

// Raise it when the canonical form changes: every image is built once more then.
const version = 1
const basePrefix = 'base '

/** Hashes the inputs one by one. Order of files, arguments and platforms does not count. */
export function keyParts(inputs: KeyInputs): KeyParts {
  const { context, dockerfile, target, buildArgs, platforms, bases, secretIds, attestations } = inputs
  const files = context
    .map(({ path, type, mode, content }) => `${path}\0${type}\0${mode.toString(8)}\0${content}`)
    .sort()
    .join('\0')
  return {
    context: hash(files),
    dockerfile: hash(`${dockerfile.path}\0${dockerfile.content}`),
    target: target ?? '',
    'build arguments': hash(canonical(buildArgs)),
    platforms: [...platforms].sort().join(','),
    secrets: [...secretIds].sort().join(','),
    attestations: canonical(attestations),
    ...Object.fromEntries(Object.entries(bases).map(([image, digest]) => [`${basePrefix}${image}`, digest])),
  }
}

/** The content key: 40 hexadecimal digits, usable in a tag. */
export function contentKey(parts: KeyParts): string {
  return hash(`${version}\n${canonical(parts)}`).slice(0, 40)
}

/** The tag under which a registry remembers a key. */
export function keyTag(key: string): string {
  return `src-${key}`
}

/** The base image that a part of a key stands for; nothing for the other parts. */
export function baseOf(part: string): string | undefined {
  return part.startsWith(basePrefix) ? part.slice(basePrefix.length) : undefined
}

/** Base image → digest, of the parts of a key. */
export function basesOf(parts: KeyParts): [image: string, digest: string][] {
  return Object.entries(parts).flatMap(([part, digest]): [string, string][] => {
    const image = baseOf(part)
    return image === undefined ? [] : [[image, digest]]
  })
}

function canonical(record: Readonly<Record<string, string>>): string {
  return JSON.stringify(Object.entries(record).sort(([a], [b]) => (a < b ? -1 : 1)))
}

function hash(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}
