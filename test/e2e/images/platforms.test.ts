import { beforeAll, describe, expect, it } from 'vitest'
import { actionAsync } from '../../integration/support/bundle.ts'
import { runCommandLine } from './support/command.ts'
import { imagesProject, runImages } from './support/project.ts'
import { blobOf, manifestOf, moveTag, pushBase, removeImages, tagsOf } from './support/registry.ts'
import { type RegistryServer, startRegistry } from './support/registry-server.ts'

const platforms = ['linux/amd64', 'linux/arm64']

// Nothing runs in these builds: BuildKit makes such images for every platform.
const project = (services: readonly string[]) =>
  imagesProject(services, (name) => ({ Dockerfile: 'FROM scratch\nCOPY . /app\n', 'name.txt': name }))

let registry: RegistryServer
beforeAll(async () => {
  registry = await startRegistry()
  return async () => {
    await removeImages(registry.host)
    await registry[Symbol.asyncDispose]()
  }
})

/** The platforms of an index as `linux/arm64`, sorted, and what its images' configurations say. */
async function platformsOf(repository: string, target: string) {
  const { manifests } = JSON.parse((await manifestOf(repository, target)).text) as {
    manifests: { digest: string; platform: { os: string; architecture: string }; annotations?: Record<string, string> }[]
  }
  const images = manifests.filter(({ annotations }) => annotations?.['vnd.docker.reference.type'] === undefined)
  const configured = await Promise.all(
    images.map(async ({ digest }) => {
      const { config } = JSON.parse((await manifestOf(repository, digest)).text) as { config: { digest: string } }
      const { os, architecture } = JSON.parse(String(await blobOf(repository, config.digest))) as { os: string; architecture: string }
      return `${os}/${architecture}`
    }),
  )
  return { named: images.map(({ platform }) => `${platform.os}/${platform.architecture}`).sort(), configured: configured.sort() }
}

describe('images for two platforms', () => {
  it('built by a job each, from the matrix of plan: the last job joins them, tags them and writes the digests', async () => {
    using own = project(['one', 'two'])
    const namespace = `${registry.host}/jobs`
    const { data } = await runImages(own, 'plan', { registry: namespace, platforms, runners: { 'linux/arm64': 'arm' } })
    const { include } = data.matrix
    expect(include.map(({ name, runner }) => `${name} on ${runner}`)).toEqual([
      'one (linux/amd64) on ubuntu-latest',
      'one (linux/arm64) on arm',
      'two (linux/amd64) on ubuntu-latest',
      'two (linux/arm64) on arm',
    ])
    for (const { services, platforms: platform } of include) {
      const job = ['build', '--registry', namespace, '--services', services, '--platforms', platform]
      expect(await runCommandLine(own.root, job)).toMatchObject({ exitCode: 0, data: { built: [services] } })
    }
    expect(await tagsOf(`${namespace}/shop-one`)).not.toContain('stable')

    const inputs = { command: 'build', registry: namespace, platforms: platforms.join(), tags: 'stable' }
    const last = await actionAsync(own.root, inputs)
    expect(last).toMatchObject({ exitCode: 0, outputs: { built: '["one","two"]', 'digests-file': 'nself-digests.json' } })
    const images = JSON.parse(last.outputs.images ?? '') as Record<string, string>
    for (const name of ['one', 'two']) {
      const repository = `${namespace}/shop-${name}`
      const { digest } = await manifestOf(repository, 'stable')
      expect(images[name]).toBe(`${repository}@${digest}`)
      expect(await platformsOf(repository, digest)).toEqual({ named: platforms, configured: platforms })
    }
    expect(JSON.parse(own.read('nself-digests.json'))).toMatchObject({ services: { one: { image: images.one, platforms } } })

    const again = await runImages(own, 'build', { registry: namespace, platforms })
    expect(again.data).toMatchObject({ built: [], reused: ['one', 'two'], images })
  })

  it('built by one job, and found again', async () => {
    using own = project(['both'])
    const inputs = { registry: `${registry.host}/both`, platforms, tags: 'stable' }
    expect((await runImages(own, 'build', inputs)).data.built).toEqual(['both'])
    expect(await platformsOf(`${registry.host}/both/shop-both`, 'stable')).toEqual({ named: platforms, configured: platforms })
    expect((await runImages(own, 'build', inputs)).data.reused).toEqual(['both'])
    // One platform alone is another image.
    expect((await runImages(own, 'plan', { ...inputs, platforms: ['linux/arm64'] })).data.reasons).toEqual({ both: 'changed: platforms' })
  })

  it('of which one is missing: the job of the other has nothing to do, and nothing is joined', async () => {
    using own = project(['half'])
    const inputs = { registry: `${registry.host}/half` }
    await runImages(own, 'build', { ...inputs, platforms: ['linux/arm64'] })
    expect((await runImages(own, 'plan', { ...inputs, platforms })).data.matrix.include).toHaveLength(2)
    expect((await runImages(own, 'build', { ...inputs, platforms: ['linux/arm64'] })).data.reused).toEqual(['half'])
    expect((await runImages(own, 'build', { ...inputs, platforms: ['linux/amd64'] })).data.built).toEqual(['half'])
  })
})

it('a base that is named after the platform counts when it moves', async () => {
  const base = `${registry.host}/acme/base-amd64`
  await pushBase(`${base}:1`, 'first')
  await pushBase(`${base}:2`, 'second')
  using own = imagesProject(['web'], () => ({
    Dockerfile: `FROM ${registry.host}/acme/base-s390x:1 AS final-s390x\nFROM ${registry.host}/acme/base-$TARGETARCH:1 AS final-amd64\nFROM final-\${TARGETARCH}\n`,
  }))
  const inputs = { registry: `${registry.host}/acme`, platforms: ['linux/amd64'] }
  expect(await runImages(own, 'build', inputs)).toMatchObject({ exitCode: 0, data: { built: ['web'] } })
  await moveTag(base, '2', '1')
  expect((await runImages(own, 'build', inputs)).data).toMatchObject({ built: ['web'], reasons: { web: `changed: base ${base}:1 moved` } })
})
