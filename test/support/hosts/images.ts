import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { run } from '../../e2e/support/run.ts'

/** The registry of the engine fixture. */
const registry = '127.0.0.1:5000'

/** Builds and pushes the app with a file of its own for each version, and returns the images by digest. A host has to pull them. */
export async function pushApps<Version extends string>(repository: string, versions: readonly Version[]): Promise<Record<Version, string>> {
  const images: [Version, string][] = []
  for (const version of versions) images.push([version, await pushApp(`${registry}/${repository}`, version)])
  return Object.fromEntries(images) as Record<Version, string>
}

async function pushApp(repository: string, version: string): Promise<string> {
  const context = mkdtempSync(join(tmpdir(), 'nself-app-'))
  try {
    cpSync(join(import.meta.dirname, 'app'), context, { recursive: true })
    writeFileSync(join(context, 'version'), `${repository} ${version}\n`)
    writeFileSync(join(context, 'Dockerfile'), 'FROM node:26-slim\nWORKDIR /app\nCOPY . .\nCMD ["node", "server.mjs"]\n')
    await run('docker', ['buildx', 'build', '--quiet', '--provenance=false', '--push', '--tag', `${repository}:${version}`, context])
    const answer = await fetch(`http://${repository.replace('/', '/v2/')}/manifests/${version}`, {
      headers: { accept: 'application/vnd.oci.image.manifest.v1+json, application/vnd.docker.distribution.manifest.v2+json' },
    })
    await run('docker', ['image', 'rm', `${repository}:${version}`]).catch(() => 'it is not here')
    return `${repository}@${answer.headers.get('docker-content-digest')}`
  } finally {
    rmSync(context, { recursive: true })
  }
}
