import { beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { runCommand } from '../../../action/commands/index.ts'
import { freePorts } from '../support/ports.ts'
import { contextOf, imagesProject, runImages } from './support/project.ts'
import { type Fault, noFault, type RegistryProxy, startProxy } from './support/proxy.ts'
import { manifestOf, removeImages, tagsOf } from './support/registry.ts'
import { startRegistry } from './support/registry-server.ts'
import { startTokenServer } from './support/token-server.ts'

const stack = new AsyncDisposableStack()
let proxy: RegistryProxy

beforeAll(async () => {
  proxy = stack.use(await startProxy(stack.use(await startRegistry()).host))
  stack.defer(() => removeImages(proxy.host))
  return () => stack.disposeAsync()
})

beforeEach(() => {
  proxy.fault = noFault
  proxy.seen.length = 0
})

/** Every service is one layer on busybox. */
const project = (services: readonly string[]) =>
  imagesProject(services, (name) => ({ Dockerfile: 'FROM busybox:stable\nCOPY . /app\n', 'name.txt': name }))

/** A fault of the first `times` requests that meet a condition. */
function firstTimes(times: number, condition: (method: string, path: string) => boolean, fault: Fault): Fault {
  let left = times
  return (request, response) => {
    if (left === 0 || !condition(request.method ?? '', request.url ?? '')) return false
    left--
    return fault(request, response)
  }
}

const status =
  (code: number, headers: Record<string, string> = {}): Fault =>
  (_, response) => {
    response.writeHead(code, headers).end()
    return true
  }
const isManifest = (_: string, path: string) => path.includes('/manifests/')
const isUpload = (method: string, path: string) => path.includes('/blobs/uploads/') && method !== 'POST'

describe('a registry with bad moments', () => {
  it.each<[string, () => Fault]>([
    ['slow', () => () => new Promise((resolve) => setTimeout(() => resolve(false), 300))],
    ['busy (429 with Retry-After)', () => firstTimes(2, isManifest, status(429, { 'retry-after': '1' }))],
    ['broken (500)', () => firstTimes(3, isManifest, status(500))],
    ['cut in an upload', () => firstTimes(1, isUpload, (request) => Boolean(request.socket.destroy()))],
  ])('%s: done all the same', async (name, fault) => {
    using own = project([`s-${name.split(' ')[0]}`])
    proxy.fault = fault()
    const inputs = { registry: `${proxy.host}/moments`, tags: 'stable' }
    expect(await runImages(own, 'build', inputs)).toMatchObject({ exitCode: 0, data: { failed: [] } })
    proxy.fault = fault()
    const again = await runImages(own, 'build', inputs)
    expect(again).toMatchObject({ exitCode: 0, data: { built: [], failed: [] } })
  })

  it('Retry-After is waited for', async () => {
    using own = project(['waits'])
    proxy.fault = firstTimes(1, isManifest, status(429, { 'retry-after': '2' }))
    const start = performance.now()
    await runImages(own, 'plan', { registry: `${proxy.host}/moments` })
    expect(performance.now() - start).toBeGreaterThan(2000)
  })

  it('a token that expires in the middle', async () => {
    const tokens = stack.use(await startTokenServer('acme', 'password'))
    const front = stack.use(await startProxy(stack.use(await startRegistry(tokens.auth)).host))
    stack.defer(() => removeImages(front.host))
    using own = project(['a', 'b', 'c'])
    const inputs = { registry: `${front.host}/tokens`, registryUsername: 'acme', registryPassword: 'password', tags: 'stable' }
    expect(await runImages(own, 'build', inputs)).toMatchObject({ exitCode: 0, data: { failed: [] } })
    const { realm, service } = (tokens.auth as { token: { realm: string; service: string } }).token
    const challenge = `Bearer realm="${realm}",service="${service}",error="invalid_token"`
    const expired = new Set<string>()
    front.fault = (request, response) => {
      const what = `${request.method} ${request.url}`
      if (expired.has(what) || !what.includes('/manifests/')) return false
      expired.add(what)
      return status(401, { 'www-authenticate': challenge })(request, response)
    }
    expect(await runImages(own, 'build', inputs)).toMatchObject({ exitCode: 0, data: { reused: ['a', 'b', 'c'] } })
    expect(expired.size).toBeGreaterThan(3)
  })
})

describe('a forced build', () => {
  it('that fails is a failure, though the image of before is there; its tags stay', async () => {
    const mount = 'RUN --mount=type=secret,id=token'
    using own = imagesProject(['a'], () => ({ Dockerfile: `FROM busybox:stable\n${mount} grep good /run/secrets/token\n` }))
    const inputs = { registry: `${proxy.host}/forced`, tags: 'stable', buildSecrets: { token: 'TOKEN' } }
    const first = await runImages(own, 'build', inputs, { TOKEN: 'good-token' })
    expect(first.data.built).toEqual(['a'])
    const { digest } = await manifestOf(`${proxy.host}/forced/shop-a`, 'stable')
    const second = await runImages(own, 'build', { ...inputs, force: true, noCache: true }, { TOKEN: 'bad-token' })
    expect({ exitCode: second.exitCode, failed: second.data.failed }).toEqual({ exitCode: 1, failed: ['a'] })
    expect((await manifestOf(`${proxy.host}/forced/shop-a`, 'stable')).digest).toBe(digest)
  })
})

describe('a registry that stays broken', () => {
  it('down: each service says so, and nothing is built', async () => {
    using own = project(['a', 'b'])
    const { port } = await freePorts('port')
    const { exitCode, data } = await runImages(own, 'build', { registry: `127.0.0.1:${port}/down` })
    const problem = `GET http://127.0.0.1:${port}/v2/ failed 5 times: ECONNREFUSED`
    expect({ exitCode, reasons: data.reasons }).toEqual({ exitCode: 1, reasons: { a: problem, b: problem } })
  })

  it('every manifest is a 500: each service says so, and nothing is built', async () => {
    using own = project(['a', 'b'])
    proxy.fault = firstTimes(Infinity, isManifest, status(500))
    const { exitCode, data } = await runImages(own, 'build', { registry: `${proxy.host}/broken` })
    expect(exitCode).toBe(1)
    expect(data.failed).toEqual(['a', 'b'])
    expect(data.reasons.a).toMatch(/^HEAD http.* answered 500 5 times$/)
    expect(proxy.seen.filter(({ method }) => method === 'POST')).toEqual([])
  })

  it('nobody may push there: said before anything is built', async () => {
    using own = project(['a', 'b'])
    proxy.fault = firstTimes(Infinity, (method) => method === 'POST', status(403))
    const lines: string[] = []
    const context = contextOf(own, { registry: `${proxy.host}/forbidden`, tags: 'stable' })
    const { exitCode, data } = await runCommand('build', { ...context, progress: (line) => void lines.push(line) })
    expect({ exitCode, failed: data.failed, lines }).toEqual({ exitCode: 1, failed: ['a', 'b'], lines: [] })
    expect((data.reasons as Record<string, string>).a).toContain(
      'the user has no right to push there, or the repository must be created first',
    )
  })

  it('tags may not be moved: the image of before is there, and the run fails with the reason', async () => {
    using own = project(['a'])
    const inputs = { registry: `${proxy.host}/read-only` }
    await runImages(own, 'build', inputs)
    proxy.fault = firstTimes(Infinity, (method) => method === 'PUT', status(403))
    const { exitCode, data } = await runImages(own, 'build', { ...inputs, tags: 'stable' })
    expect(exitCode).toBe(1)
    expect(data.reasons.a).toMatch(/^the image is there, but .*:stable could not be set \(403\): .* no right to push there/)
    expect(await tagsOf(`${proxy.host}/read-only/shop-a`)).not.toContain('stable')
  })

  it('every upload is cut: failed, no tag is set, and a re-run finishes', async () => {
    using own = project(['a'])
    const inputs = { registry: `${proxy.host}/cut`, tags: 'stable' }
    proxy.fault = firstTimes(Infinity, isUpload, (request) => Boolean(request.socket.destroy()))
    const { exitCode, data } = await runImages(own, 'build', inputs)
    expect({ exitCode, failed: data.failed }).toEqual({ exitCode: 1, failed: ['a'] })
    expect(proxy.seen.filter(({ method, path }) => method === 'PUT' && path.includes('/manifests/'))).toEqual([])
    proxy.fault = noFault
    expect((await runImages(own, 'build', inputs)).data.built).toEqual(['a'])
  })

  // BuildKit must not meet it: while it waits for a cache, the Engine builds nothing else.
  it('a cache that never answers is left out', async () => {
    using own = project(['cached', 'other'])
    proxy.fault = (request) => (/shop-other\/manifests\/cache-/.test(request.url ?? '') ? new Promise(() => {}) : false)
    const lines: string[] = []
    const context = contextOf(own, { registry: `${proxy.host}/dead`, cache: 'registry' })
    const { exitCode, data } = await runCommand('build', { ...context, progress: (line) => void lines.push(line) })
    expect({ exitCode, built: data.built }).toEqual({ exitCode: 0, built: ['cached', 'other'] })
    expect(lines).toContain('The cache (registry) does not answer; building without it.')
  })

  it('a cache that answers is used', async () => {
    using own = project(['cached'])
    const inputs = { registry: `${proxy.host}/live`, cache: 'registry' } as const
    expect((await runImages(own, 'build', inputs)).data.built).toEqual(['cached'])
    expect(await tagsOf(`${proxy.host}/live/shop-cached`)).toContain('cache-linux-amd64')
  })
})

// 99 take a few minutes.
describe.each(process.env.NSELF_E2E === '1' ? [12] : [12, 99])('%i services, of which 3 fail', (count) => {
  const services = Array.from({ length: count }, (_, index) => `s${index}`)
  const failing = ['s2', 's5', `s${count - 1}`]
  const namespace = `n${count}`
  const sane = services.filter((name) => !failing.includes(name))

  it('the others are built and tagged, each failure shows its last lines, and a re-run does the rest alone', {
    timeout: 600_000,
  }, async () => {
    using own = project(services)
    const inputs = { registry: `${proxy.host}/${namespace}`, tags: 'stable' }
    for (const name of failing)
      own.write(`services/${name}/Dockerfile`, `FROM busybox:stable\nRUN echo "${name} is about to fail" && exit 7\n`)
    const first = await runImages(own, 'build', inputs)
    expect(first.exitCode).toBe(1)
    expect([...first.data.built].sort()).toEqual([...sane].sort())
    expect([...first.data.failed].sort()).toEqual([...failing].sort())
    for (const name of failing) {
      expect(first.text).toContain(`    ${name} is about to fail\n`)
      expect(first.summary).toContain(`${name} is about to fail`)
      expect(await tagsOf(`${proxy.host}/${namespace}/shop-${name}`)).toEqual([])
    }
    for (const name of sane)
      expect(await tagsOf(`${proxy.host}/${namespace}/shop-${name}`)).toEqual([
        expect.stringMatching(/^src-[0-9a-f]{40}$/),
        'src-last',
        'stable',
      ])
    expect(first.data).not.toHaveProperty('digests-file')

    for (const name of failing) own.write(`services/${name}/Dockerfile`, 'FROM busybox:stable\nCOPY . /app\n')
    const second = await runImages(own, 'build', inputs)
    expect(second.exitCode).toBe(0)
    expect([...second.data.built].sort()).toEqual([...failing].sort())
    expect(Object.keys(second.data.images)).toHaveLength(count)
    expectTagsAfterManifests()
  })

  /** A tag was only ever set to a manifest that was there under its key. */
  function expectTagsAfterManifests(): void {
    const puts = proxy.seen.filter(({ method, path, status: code }) => method === 'PUT' && path.includes('/manifests/') && code === 201)
    for (const name of services) {
      const targets = puts.filter(({ path }) => path.includes(`/shop-${name}/`)).map(({ path }) => path.split('/').at(-1) ?? '')
      const key = targets.findIndex((target) => /^src-[0-9a-f]{40}$/.test(target))
      expect(key).toBeGreaterThanOrEqual(0)
      for (const tag of ['stable', 'src-last']) expect(targets.indexOf(tag)).toBeGreaterThan(key)
    }
  }
})
