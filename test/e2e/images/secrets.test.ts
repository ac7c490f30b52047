import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { beforeAll, describe, expect, it } from 'vitest'
import { runCommand } from '../../../action/commands/index.ts'
import { run } from '../support/run.ts'
import { contextOf, imagesProject, runImages } from './support/project.ts'
import { removeImages } from './support/registry.ts'
import { type RegistryServer, startRegistry } from './support/registry-server.ts'

const canary = 'canary-secret-71c0d5'
const outer = { TOKEN_FOR_BUILD: canary }
const traces = [canary, Buffer.from(canary).toString('base64').replace(/=+$/, ''), encodeURIComponent(canary)]

describe('a secret that a build uses', () => {
  let registry: RegistryServer
  beforeAll(async () => {
    registry = await startRegistry()
    return async () => {
      await removeImages(registry.host)
      await registry[Symbol.asyncDispose]()
    }
  })

  it.each([
    ['the process', outer, ''],
    ['the env input', {}, `TOKEN_FOR_BUILD='${canary}'`],
  ])('of %s is in nothing that is pushed, printed or kept', async (source, variables, env) => {
    const mount = 'RUN --mount=type=secret,id=token'
    using project = imagesProject(['web'], () => ({
      Dockerfile: `FROM busybox:stable\n${mount} sha256sum /run/secrets/token > /proof # of ${source}\nCOPY . /app\n`,
    }))
    const inputs = {
      registry: `${registry.host}/${env === '' ? 'process' : 'input'}`,
      env,
      buildSecrets: { token: 'TOKEN_FOR_BUILD' },
      provenance: 'max',
      cache: 'registry',
      tags: 'stable',
    } as const
    const printed: string[] = []
    const result = await runCommand('build', { ...contextOf(project, inputs, variables), progress: (line) => void printed.push(line) })
    expect(result.text).toContain('1 built, 0 reused, 0 failed')

    // The build did have it.
    const { web } = result.data.images as { web: string }
    const digest = (await run('sh', ['-c', `printf %s ${canary} | sha256sum`])).slice(0, 64)
    expect(await run('docker', ['run', '--rm', web, 'cat', '/proof'])).toContain(digest)

    const history = await run('docker', ['image', 'history', '--no-trunc', web])
    const files = ['nself-digests.json', 'nself-digests.json.env'].map((file) => project.read(file))
    const texts = [
      ...pushed(registry.data),
      result.text,
      result.summary,
      JSON.stringify(result.data),
      printed.join('\n'),
      history,
      ...files,
    ]
    expect(pushed(registry.data).some((text) => text.includes('https://slsa.dev/provenance'))).toBe(true)
    for (const trace of traces) expect(texts.filter((text) => text.includes(trace))).toEqual([])
  })

  it('is hidden in the log of a build that prints it', async () => {
    const mount = 'RUN --mount=type=secret,id=token'
    using project = imagesProject(['web'], () => ({
      Dockerfile: `FROM busybox:stable\n${mount} cat /run/secrets/token; echo; echo it failed; exit 1\n`,
    }))
    const inputs = { registry: `${registry.host}/leak`, buildSecrets: { token: 'TOKEN_FOR_BUILD' } }
    const result = await runImages(project, 'build', inputs, outer)
    expect(result.exitCode).toBe(1)
    expect(result.text).toContain('it failed')
    expect(result.text + result.summary + JSON.stringify(result.data)).not.toContain(canary)
  })

  it('does not count as a change, but its name does', async () => {
    using project = imagesProject(['web'], () => ({ Dockerfile: 'FROM busybox:stable\n' }))
    const inputs = { registry: `${registry.host}/names`, buildSecrets: { token: 'TOKEN_FOR_BUILD' } }
    expect((await runImages(project, 'build', inputs, outer)).data.built).toEqual(['web'])
    expect((await runImages(project, 'plan', inputs, { TOKEN_FOR_BUILD: 'another' })).data.reasons).toEqual({ web: 'unchanged' })
    const renamed = { ...inputs, buildSecrets: { other: 'TOKEN_FOR_BUILD' } }
    expect((await runImages(project, 'plan', renamed, outer)).data.reasons).toEqual({ web: 'changed: secrets' })
  })
})

/** Every file of a registry, layers unpacked. */
function pushed(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => readFileSync(join(parentPath, name)))
    .map((bytes) => (bytes[0] === 0x1f && bytes[1] === 0x8b ? gunzipSync(bytes) : bytes).toString('latin1'))
}
