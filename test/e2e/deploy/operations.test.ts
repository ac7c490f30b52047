import { createHash } from 'node:crypto'
import { existsSync, readdirSync, utimesSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { pushApps } from '../../support/hosts/images.ts'
import { leftovers } from '../../support/hosts/leftovers.ts'
import { localHost } from '../../support/hosts/local-host.ts'
import type { TestRelease, TestService } from '../../support/hosts/release.ts'
import { createWorld, type World } from '../../support/hosts/world.ts'
import { startLoad } from '../../support/load/load.ts'
import { run } from '../support/run.ts'

// What a run takes back of what it began, what it looks at before it begins, and what it tidies up afterwards.
const stack = new AsyncDisposableStack()
let world: World
let images: Record<'v1' | 'v2' | 'v3', string>

const service = (name: string, version: 'v1' | 'v2' | 'v3', more: Partial<TestService> = {}): TestService => ({
  name,
  class: 'roll',
  image: images[version],
  port: 3001,
  environment: { VERSION: version },
  ...more,
})
const db = (environment: Record<string, string> = {}, command = 'sleep 99999'): TestService => ({
  name: 'db',
  class: 'static',
  image: 'busybox:stable',
  command: ['sh', '-c', command],
  probe: 'none',
  environment,
})
const release = (services: readonly TestService[], more: Partial<TestRelease> = {}) => world.release({ services, ...more })
const base = () => [service('api', 'v1'), db()]

beforeAll(async () => {
  images = await pushApps('agent-e2e/operations', ['v1', 'v2', 'v3'])
  world = stack.use(await createWorld('operations'))
  expect(await world.deploy(release(base()))).toMatchObject({ status: 'ok' })
})
afterAll(() => stack.disposeAsync())

const ids = async () => Object.fromEntries((await world.probe()).containers.map(({ service, id }) => [service, id]))

describe('a machine that is prepared', () => {
  it('has the images, and serves what it did', async () => {
    const before = await ids()
    const built = release([service('api', 'v2'), db()])
    const prepared = await world.deploy(built, { action: 'prepare' })
    expect(prepared).toMatchObject({ status: 'ok', detail: 'prepared' })
    expect(prepared.events.map(({ event }) => event)).toContain('pulling')
    expect(await ids()).toEqual(before)
    expect(await world.probe()).toMatchObject({ current: release(base()).id, locked: false })
    const activated = await world.start(built)
    expect(activated.status).toBe('ok')
    expect(activated.events.map(({ event }) => event)).not.toContain('pulling')
    expect(await world.deploy(release(base()))).toMatchObject({ status: 'ok' })
  })

  it('and cannot get an image says so, and serves what it did', async () => {
    const before = await ids()
    const image = images.v1.replace(/sha256:.*/, 'sha256:'.padEnd(71, '0'))
    const result = await world.deploy(release([service('api', 'v2', { image }), db()]), { action: 'prepare' })
    expect(result).toMatchObject({ status: 'failed', restored: true, detail: expect.stringContaining('could not be pulled') })
    expect(await ids()).toEqual(before)
    expect(leftovers(world)).toEqual([])
  })
})

describe('a service that is added', () => {
  const added = (more: Partial<TestService> = {}) => [...base(), service('extra', 'v1', { port: 3002, ...more })]

  it('and fails leaves nothing, not even its name', async () => {
    const before = await world.containers()
    const result = await world.deploy(release(added({ environment: { MODE: 'exit' } })))
    expect(result).toMatchObject({ status: 'failed', restored: true })
    expect(await world.containers()).toEqual(before)
  })

  it('by a run that is killed leaves nothing once another release is there', async () => {
    const before = await world.containers()
    const killed = await world.deploy(release(added()), { ssh: localHost({ NSELF_AGENT_KILL_AT: 'named:extra' }) })
    expect(killed.status).toBe('interrupted')
    expect(await world.deploy(release(base()))).toMatchObject({ status: 'ok' })
    expect(await world.containers()).toEqual(before)
    expect(leftovers(world)).toEqual([])
  })
})

describe('the name of a service that was added', () => {
  it('is given again when somebody has removed the container that has it', async () => {
    const services = [...base(), service('extra', 'v1', { port: 3002 })]
    expect(await world.deploy(release(services))).toMatchObject({ status: 'ok' })
    expect((await world.probe()).names).toEqual(expect.arrayContaining(['api', 'extra']))
    await run('docker', ['rm', '--force', `${world.project}-edge-extra-1`])
    expect((await world.probe()).names).not.toContain('extra')
    const again = await world.deploy(release(services))
    expect(again.events.filter(({ event }) => event === 'named')).toMatchObject([{ service: 'extra' }])
    expect((await world.probe()).names).toContain('extra')
    expect(await world.deploy(release(base()))).toMatchObject({ status: 'ok' })
  })
})

describe('what is replaced in place', () => {
  it('keeps data and does not start: the one before is made again', async () => {
    const broken = release([service('api', 'v1'), db({ A: 'b' }, 'exit 3')])
    const result = await world.deploy(broken, { options: { recreate: 'db' } })
    expect(result).toMatchObject({ status: 'failed', restored: true, detail: expect.stringContaining('db: it ended') })
    expect(await world.containers()).toContain('db-1 running')
    expect(await world.deploy(release(base()))).toMatchObject({ status: 'ok' })
    expect((await world.probe()).containers.find(({ service: name }) => name === 'db')).toMatchObject({ state: 'running', restarts: 0 })
  })

  it('stays when something else fails afterwards, and the report says so', async () => {
    const before = await ids()
    const half = release([service('api', 'v1', { environment: { MODE: 'exit' } }), db({ A: 'b' })])
    const result = await world.deploy(half, { options: { recreate: 'db' } })
    expect(result).toMatchObject({ status: 'failed', detail: expect.stringContaining('so it stays: db') })
    const { db: now, ...others } = await ids()
    const { db: then, ...same } = before
    expect(now).not.toBe(then)
    expect(others).toEqual(same)
    expect(await world.deploy(release(base()), { options: { recreate: 'db' } })).toMatchObject({ status: 'ok' })
  })

  it('is nginx, and does not start: the one before is made again', async () => {
    const broken = release(base(), { edgeCommand: ['nginx', '-c', '/nowhere/nginx.conf'] })
    const result = await world.deploy(broken, { options: { 'restart-edge': 'true' } })
    expect(result).toMatchObject({ status: 'failed', restored: true, detail: expect.stringContaining('does not stay up') })
    expect(await world.answer('api')).toBe('v1')
    expect((await world.deploy(release(base()))).events.map(({ event }) => event)).not.toContain('drift')
  })

  it('is nginx, because that was asked for: it has every name afterwards', async () => {
    const services = [...base(), service('extra', 'v1', { port: 3002 })]
    expect(await world.deploy(release(services))).toMatchObject({ status: 'ok' })
    expect(await world.containers()).toContain('edge-extra-1 running')
    const edgeCommand = ['nginx', '-c', '/etc/nginx/nself/conf/nginx.conf', '-g', 'daemon off; worker_rlimit_nofile 4096;']
    expect(await world.deploy(release(services, { edgeCommand }), { options: { 'restart-edge': 'true' } })).toMatchObject({ status: 'ok' })
    expect(await world.containers()).not.toContain('edge-extra-1 running')
    expect([await world.answer('api'), await world.answer('extra')]).toEqual(['v1', 'v1'])
    expect(await world.deploy(release(base()), { options: { 'restart-edge': 'true' } })).toMatchObject({ status: 'ok' })
  })
})

describe('a port that nginx is to have', () => {
  it.each([
    ['the same address', '127.0.0.1'],
    ['every address', '0.0.0.0'],
  ])('and another program has at %s: refused before anything is made', async (_, address) => {
    await using empty = await createWorld('ports')
    const built = empty.release({ services: [service('api', 'v1')] })
    const server = createServer().listen(empty.edgePort, address)
    await new Promise((resolve) => server.once('listening', resolve))
    const result = await empty.deploy(built)
    expect(result).toMatchObject({
      status: 'failed',
      detail: expect.stringContaining(`port ${empty.edgePort} of this host is taken by another program`),
    })
    expect(await empty.containers()).toEqual([])
    await new Promise((resolve) => server.close(resolve))
    expect(await empty.deploy(built)).toMatchObject({ status: 'ok' })
  })

  it('and a container has: it is named', async () => {
    await using empty = await createWorld('ports')
    const name = `${empty.project}-stray`
    await run('docker', ['run', '--detach', '--name', name, '--publish', `127.0.0.1:${empty.edgePort}:80`, 'busybox:stable', 'sleep', '60'])
    try {
      const result = await empty.deploy(empty.release({ services: [service('api', 'v1')] }))
      expect(result).toMatchObject({ status: 'failed', detail: expect.stringContaining(`taken by ${name}`) })
    } finally {
      await run('docker', ['rm', '--force', name])
    }
  })
})

describe('errors that are observed', () => {
  it('count for the services of this run, not for those that had them before', async () => {
    await using other = await createWorld('observed')
    const bad = service('bad', 'v1', { environment: { VERSION: 'v1', MODE: 'errors' }, port: 3002 })
    const of = (version: 'v1' | 'v2') => other.release({ services: [service('api', version), bad] })
    expect(await other.deploy(of('v1'))).toMatchObject({ status: 'ok' })
    const loads = ['api', 'bad'].map((name) => startLoad(other.target(name), { connections: 3, rate: 20, slow: 0 }))
    const result = await other.deploy(of('v2'), { options: { observe: '5' } })
    const [good] = await Promise.all(loads.map((load) => load.stop()))
    expect(result.status).toBe('ok')
    const observed = result.events.filter(({ event }) => event === 'observed')
    expect(observed).toMatchObject([{ service: 'api', detail: expect.stringMatching(/^0 of [1-9]\d+ answers were errors$/) }])
    expect(good).toMatchObject({ failed: 0 })
  })
})

describe('old releases', () => {
  it('go with their own images, and nothing else does', async () => {
    await using old = await createWorld('prune')
    const of = (version: 'v1' | 'v2' | 'v3', more: Record<string, string> = {}) =>
      old.release({ services: [service('api', version, { environment: { VERSION: version, ...more } })], secrets: { SECRET: version } })
    const releases = [of('v3'), of('v2'), of('v1'), of('v1', { A: 'b' })]
    const foreign = ['nself.keep/prune-of-another/api:0123456789ab', 'prune-of-nobody:1']
    for (const built of releases.slice(0, 3)) expect(await old.deploy(built)).toMatchObject({ status: 'ok' })
    for (const tag of foreign) await run('docker', ['tag', images.v2, tag])
    try {
      // As if they had come two hours ago: what is new may belong to somebody who waits.
      const long = new Date(Date.now() - 2 * 3600 * 1000)
      for (const folder of ['releases', 'secrets'])
        for (const name of readdirSync(join(old.root, folder))) utimesSync(join(old.root, folder, name), long, long)
      const last = releases[3] as (typeof releases)[number]
      const result = await old.deploy(last, { options: { 'prune-keep': '1' } })
      expect(
        result.events
          .filter(({ event }) => event === 'pruned')
          .map(({ detail }) => detail)
          .sort(),
      ).toEqual(
        releases
          .slice(0, 2)
          .map(({ id }) => id)
          .sort(),
      )
      expect(readdirSync(join(old.root, 'releases')).sort()).toEqual(
        releases
          .slice(2)
          .map(({ id }) => id)
          .sort(),
      )
      expect(readdirSync(join(old.root, 'secrets'))).toEqual([createHash('sha256').update(last.secrets.text).digest('hex').slice(0, 16)])
      expect(existsSync(join(old.root, 'state/journal', `${releases[0]?.id}.jsonl`))).toBe(false)
      const tags = (await run('docker', ['image', 'ls', '--format', '{{.Repository}}:{{.Tag}}'])).split('\n')
      expect(tags.filter((tag) => tag.startsWith(`nself.keep/${old.project}/`)).sort()).toEqual(
        releases
          .slice(2)
          .map(({ id }) => `nself.keep/${old.project}/api:${id}`)
          .sort(),
      )
      expect(tags).toEqual(expect.arrayContaining(foreign))
      await expect(run('docker', ['image', 'inspect', images.v3])).rejects.toThrow()
      for (const tag of foreign) await run('docker', ['image', 'inspect', tag])
      expect(await old.start(releases[2] as typeof last, { action: 'rollback' })).toMatchObject({ status: 'ok' })
    } finally {
      await run('docker', ['image', 'rm', ...foreign])
    }
  })
})
