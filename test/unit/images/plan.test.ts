import { describe, expect, it } from 'vitest'
import { joinPlatforms } from '../../../action/images/image-index.ts'
import { partsLabel, readPartsLabel } from '../../../action/images/labels.ts'
import { buildMatrix } from '../../../action/images/matrix.ts'
import { readProgress } from '../../../action/images/progress.ts'
import { parseReference } from '../../../action/images/reference.ts'
import { explainRefusal } from '../../../action/images/refusals.ts'
import { expandTags } from '../../../action/images/tags.ts'

describe('references', () => {
  it.each([
    ['node', 'docker.io', 'library/node', undefined],
    ['node:26', 'docker.io', 'library/node', '26'],
    ['acme/api:1', 'docker.io', 'acme/api', '1'],
    ['index.docker.io/acme/api', 'docker.io', 'acme/api', undefined],
    ['ghcr.io/acme/api:1', 'ghcr.io', 'acme/api', '1'],
    ['localhost/api', 'localhost', 'api', undefined],
    ['127.0.0.1:5000/a/b', '127.0.0.1:5000', 'a/b', undefined],
  ])('%s', (text, registry, repository, tag) => expect(parseReference(text)).toEqual({ registry, repository, tag, digest: undefined }))

  it('keep their digest', () =>
    expect(parseReference('a:1@sha256:0')).toMatchObject({ repository: 'library/a', tag: '1', digest: 'sha256:0' }))
})

describe('tags', () => {
  const sources = { sha: 'abc', branch: 'feature/x', semver: '', environment: 'staging' }
  it.each([
    ['{branch},{sha}', {}, ['abc', 'feature-x']],
    ['latest\n{environment}', {}, ['latest', 'staging']],
    ['{semver},{major},{minor}', { semver: '1.2.3' }, ['1', '1.2', '1.2.3']],
    ['{semver},{major},{minor}', { semver: '1.2.3-rc.1' }, ['1.2.3-rc.1']],
    ['v{semver},{sha}', {}, ['abc']],
    ['.hidden', {}, ['hidden']],
    ['a,a,', {}, ['a']],
    ['', {}, []],
  ])('%s', (templates, more, tags) => expect(expandTags(templates, { ...sources, ...more })).toEqual(tags))
})

describe('the matrix', () => {
  it('has a job per service and platform, on its runner', () => {
    expect(buildMatrix(['api', 'web'], ['linux/amd64', 'linux/arm64'], { 'linux/arm64': 'arm' }).include).toEqual([
      { name: 'api (linux/amd64)', services: 'api', platforms: 'linux/amd64', runner: 'ubuntu-latest' },
      { name: 'api (linux/arm64)', services: 'api', platforms: 'linux/arm64', runner: 'arm' },
      { name: 'web (linux/amd64)', services: 'web', platforms: 'linux/amd64', runner: 'ubuntu-latest' },
      { name: 'web (linux/arm64)', services: 'web', platforms: 'linux/arm64', runner: 'arm' },
    ])
  })

  it('stays below the 256 jobs that a matrix may have', () => {
    const services = Array.from({ length: 99 }, (_, index) => `s${index}`)
    const { include } = buildMatrix(services, ['linux/amd64', 'linux/arm64', 'linux/arm/v7'], {})
    expect(include.length).toBeLessThanOrEqual(256)
    expect(new Set(include.flatMap((job) => job.services.split(','))).size).toBe(99)
  })

  it('is empty when nothing is missing', () => expect(buildMatrix([], ['linux/amd64'], {})).toEqual({ include: [] }))
})

describe('an index of several platforms', () => {
  const amd = {
    platform: 'linux/amd64',
    mediaType: 'application/vnd.oci.image.manifest.v1+json',
    digest: 'sha256:a',
    text: '{"config":{}}',
  }
  it('names each image with its platform, whatever the order', () => {
    const arm = { ...amd, platform: 'linux/arm64/v8', digest: 'sha256:b' }
    const { text } = joinPlatforms([arm, amd])
    expect(text).toBe(joinPlatforms([amd, arm]).text)
    expect(JSON.parse(text).manifests).toMatchObject([
      { digest: 'sha256:a', size: 13, platform: { os: 'linux', architecture: 'amd64' } },
      { digest: 'sha256:b', platform: { os: 'linux', architecture: 'arm64', variant: 'v8' } },
    ])
  })

  it('takes over what an index of one platform holds, attestations included', () => {
    const manifests = [{ digest: 'sha256:1' }, { digest: 'sha256:2', annotations: { 'vnd.docker.reference.type': 'attestation-manifest' } }]
    const { text } = joinPlatforms([{ ...amd, text: JSON.stringify({ manifests }) }])
    expect(JSON.parse(text).manifests).toEqual(manifests)
  })
})

describe('the log of a bake run', () => {
  const log = [
    '#1 [internal] load local bake definitions',
    '#2 [api internal] load build definition from Dockerfile',
    '#2 DONE 0.1s',
    '#3 [api 1/2] FROM a',
    '#3 CACHED',
    '#6 [web 1/2] FROM a',
    '#6 sha256:ab 1MB / 2MB 0.2s',
    '#6 DONE 1.2s',
    '#7 [api] exporting to image',
    '#7 exporting layers 0.3s done',
    '#7 DONE 0.5s',
    '#4 [web 2/2] RUN make',
    '#4 0.312 make: *** no rule',
    '#4 ERROR: process "/bin/sh -c make" did not complete successfully: exit code: 2',
    '#5 [api 2/2] RUN sleep 9',
    '#5 CANCELED',
  ].join('\n')

  it('is taken apart by target', () => {
    const logs = readProgress(log, ['api', 'web'])
    expect(logs.get('api')).toMatchObject({ steps: 2, cachedSteps: 1, failed: false })
    expect(logs.get('api')?.seconds).toBeCloseTo(0.1 + 0.5)
    expect(logs.get('web')).toMatchObject({ steps: 2, cachedSteps: 0, failed: true })
    expect(logs.get('web')?.seconds).toBeCloseTo(1.2 + 0.312)
    expect(logs.get('web')?.lines).toContain('make: *** no rule')
  })

  it('belongs to the one target when there is only one', () => {
    expect(readProgress('#4 [2/2] RUN make\n#4 ERROR: x', ['api']).get('api')).toMatchObject({ steps: 1, failed: true })
  })
})

describe('a registry that takes no image', () => {
  it.each([
    ['ghcr.io/acme/shop-api', 403, /packages: write.*Manage Actions access, role Write.*owner's name, here acme/],
    ['ghcr.io/acme/shop-api', 401, /packages: write/],
    ['registry.example.com/acme/api', 401, /nobody is logged in.*docker login registry\.example\.com/],
    ['registry.example.com/acme/api', 403, /no right to push there, or the repository must be created first/],
    ['acme/api', 404, /^docker\.io\/acme\/api cannot be pushed to \(404\)/],
    ['ghcr.io/acme/shop-api', undefined, /cannot be pushed to: ECONNREFUSED$/],
  ])('%s, %s', (image, status, explained) => expect(explainRefusal(parseReference(image), status, 'ECONNREFUSED')).toMatch(explained))
})

describe('the label with the inputs', () => {
  it.each([
    undefined,
    {},
    { [partsLabel]: 'x' },
    { [partsLabel]: 'null' },
    { [partsLabel]: '[]' },
  ])('of a stranger (%j) explains nothing', (labels) => {
    expect(Object.keys(readPartsLabel(labels) ?? {})).toEqual([])
  })
})
