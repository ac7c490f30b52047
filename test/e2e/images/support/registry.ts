import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { run } from '../../support/run.ts'

/** Pushes a small image, of busybox if nothing else is said, with a file `/version`. */
export async function pushBase(reference: string, version: string, from = 'busybox:stable'): Promise<void> {
  const context = mkdtempSync(join(tmpdir(), 'nself-base-'))
  try {
    writeFileSync(join(context, 'Dockerfile'), `FROM ${from}\nRUN echo ${version} > /version\n`)
    await run('docker', ['buildx', 'build', '--quiet', '--provenance=false', '--push', '--tag', reference, context])
  } finally {
    rmSync(context, { recursive: true })
  }
}

const accept = [
  'application/vnd.oci.image.index.v1+json',
  'application/vnd.oci.image.manifest.v1+json',
  'application/vnd.docker.distribution.manifest.v2+json',
].join(', ')

/** Points a tag to the manifest of another one in the registry alone: the Engine's own image of that name stays what it was. */
export async function moveTag(repository: string, from: string, to: string): Promise<void> {
  const { mediaType, text } = await manifestOf(repository, from)
  const answer = await fetch(manifestUrl(repository, to), { method: 'PUT', headers: { 'content-type': mediaType }, body: text })
  if (answer.status !== 201) throw new Error(`${repository}:${to} could not be set: ${answer.status}`)
}

export async function manifestOf(repository: string, target: string): Promise<{ mediaType: string; digest: string; text: string }> {
  const answer = await fetch(manifestUrl(repository, target), { headers: { accept } })
  if (!answer.ok) throw new Error(`${repository}:${target}: ${answer.status}`)
  const { headers } = answer
  return { mediaType: headers.get('content-type') ?? '', digest: headers.get('docker-content-digest') ?? '', text: await answer.text() }
}

/** The tags of a repository, sorted; none when it does not exist. */
export async function tagsOf(repository: string): Promise<string[]> {
  const [host, path] = split(repository)
  const answer = await fetch(`http://${host}/v2/${path}/tags/list`)
  if (answer.status === 404) return []
  return (((await answer.json()) as { tags: string[] | null }).tags ?? []).sort()
}

export async function blobOf(repository: string, digest: string): Promise<Buffer> {
  const [host, path] = split(repository)
  const answer = await fetch(`http://${host}/v2/${path}/blobs/${digest}`)
  if (!answer.ok) throw new Error(`${repository}@${digest}: ${answer.status}`)
  return Buffer.from(await answer.arrayBuffer())
}

/** Removes the Engine's images of a namespace. */
export async function removeImages(namespace: string): Promise<void> {
  const list = await run('docker', ['image', 'ls', '--format', '{{.Repository}}:{{.Tag}}'])
  const references = list.split('\n').filter((line) => line.startsWith(`${namespace}/`) && !line.endsWith(':<none>'))
  if (references.length > 0) await run('docker', ['image', 'rm', '--force', ...references])
}

function manifestUrl(repository: string, target: string): string {
  const [host, path] = split(repository)
  return `http://${host}/v2/${path}/manifests/${target}`
}

function split(repository: string): [host: string, path: string] {
  const slash = repository.indexOf('/')
  return [repository.slice(0, slash), repository.slice(slash + 1)]
}
