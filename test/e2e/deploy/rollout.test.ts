import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Ssh } from '../../../action/deploy/remote/ssh.ts'
import { pushApps } from '../../support/hosts/images.ts'
import { localHost } from '../../support/hosts/local-host.ts'
import type { TestService } from '../../support/hosts/release.ts'
import { createWorld, type World } from '../../support/hosts/world.ts'
import { startEastWest } from '../../support/load/east-west.ts'
import { startGrpc } from '../../support/load/grpc.ts'
import { type Load, startLoad } from '../../support/load/load.ts'
import { startWebSockets } from '../../support/load/websockets.ts'

// One project's life, under a load that never pauses. Each step starts where the last one ended.
const stack = new AsyncDisposableStack()
let world: World
let images: Record<'v1' | 'v2', string>
let load: Load
let eastWest: Load
let sockets: ReturnType<typeof startWebSockets>
let grpc: ReturnType<typeof startGrpc>

const api = (version: 'v1' | 'v2', more: Partial<TestService> = {}): TestService => ({
  name: 'api',
  class: 'roll',
  image: images[version],
  port: 3001,
  environment: { VERSION: version },
  ...more,
})
const echo = (version: 'v1' | 'v2', more: Partial<TestService> = {}): TestService => ({
  name: 'echo',
  class: 'roll',
  image: images[version],
  port: 3002,
  command: ['node', 'grpc.mjs'],
  grpc: true,
  ...more,
})
const db = (environment = {}): TestService => ({
  name: 'db',
  class: 'static',
  image: 'busybox:stable',
  command: ['sleep', '99999'],
  probe: 'none',
  environment,
})
const worker = (version: 'v1' | 'v2', more: Partial<TestService> = {}): TestService => ({
  name: 'worker',
  class: 'recreate',
  image: images[version],
  environment: { VERSION: version },
  ...more,
})

beforeAll(async () => {
  images = await pushApps('agent-e2e/rollout', ['v1', 'v2'])
  world = stack.use(await createWorld('rollout'))
})
afterAll(() => stack.disposeAsync())

const base = () => [api('v1'), echo('v1'), db(), worker('v1')]

/** Deploys, and says which services changed and what became of it. */
async function deploy(services: readonly TestService[], more: object = {}, options: Record<string, string> = {}) {
  const result = await world.deploy(world.release({ services, ...more }), { options })
  const names = (event: string) => result.events.filter((entry) => entry.event === event).map(({ service }) => service)
  return { ...result, started: names('start'), names }
}

/** Ids of everything that runs, to see what was left alone. */
const ids = async () =>
  Object.fromEntries((await world.probe()).containers.map(({ name, id }) => [name.replace(`${world.project}-`, ''), id]))

describe('a host', () => {
  it('that is empty gets everything', async () => {
    expect(await deploy(base())).toMatchObject({ status: 'ok', started: ['api', 'echo', 'worker'] })
    expect(await world.answer('api')).toBe('v1')
    expect(await world.containers()).toEqual([
      'api-blue-1 running',
      'db-1 running',
      'echo-blue-1 running',
      'edge-nginx-1 running',
      'worker-1 running',
    ])
    load = startLoad(world.target('api'), { connections: 10, rate: 100, slow: 2 })
    stack.defer(async () => void (await load.stop()))
    sockets = startWebSockets(world.target('api'), 2)
    stack.defer(async () => void (await sockets.stop()))
    grpc = startGrpc(world.target('echo'))
    stack.defer(async () => void (await grpc.stop()))
    eastWest = await startEastWest(world.project, 'api', 3001, 40)
  })

  it('that has it all is left alone, in two round trips after the plan', async () => {
    const before = await ids()
    let calls = 0
    const local = localHost()
    const counting: Ssh = {
      host: 'local',
      run: (...call) => {
        calls++
        return local.run(...call)
      },
    }
    const result = await world.deploy(world.release({ services: base() }), { ssh: counting })
    expect(result.status).toBe('ok')
    expect(calls - 1).toBe(2)
    expect(await ids()).toEqual(before)
  })
})

describe('a release', () => {
  it('with one service changed rolls just that one', async () => {
    const before = await ids()
    expect(await deploy([api('v2'), echo('v1'), db(), worker('v1')])).toMatchObject({ status: 'ok', started: ['api'] })
    const { 'api-green-1': green, ...others } = await ids()
    const { 'api-blue-1': blue, ...kept } = before
    expect(others).toEqual(kept)
    expect(green).not.toBe(blue)
    expect(await world.answer('api')).toBe('v2')
  })

  it('with every service changed, more replicas and another edge rolls them all', async () => {
    const result = await deploy([api('v1', { replicas: 2 }), echo('v2'), db(), worker('v2', { class: 'overlap' })], {
      edgeLine: 'server_tokens off;',
    })
    expect(result).toMatchObject({ status: 'ok', started: ['api', 'echo', 'worker'] })
    expect(await world.containers()).toEqual([
      'api-blue-1 running',
      'api-blue-2 running',
      'caller running',
      'db-1 running',
      'echo-green-1 running',
      'edge-nginx-1 running',
      'worker-2 running',
    ])
  })

  it('with another edge configuration alone only reloads', async () => {
    const before = await ids()
    const result = await deploy([api('v1', { replicas: 2 }), echo('v2'), db(), worker('v2', { class: 'overlap' })], {
      edgeLine: 'server_tokens on;',
    })
    expect(result).toMatchObject({ status: 'ok', started: [] })
    expect(result.names('edge')).toHaveLength(1)
    expect(await ids()).toEqual(before)
  })

  it('with a service added gives it a name on the network, and traffic', async () => {
    const result = await deploy([api('v2'), echo('v2'), db(), worker('v2', { class: 'overlap' }), api('v1', { name: 'extra', port: 3003 })])
    expect(result).toMatchObject({ status: 'ok', started: ['extra', 'api'] })
    expect(result.names('named')).toEqual(['extra'])
    expect([await world.answer('extra'), await world.answer('api')]).toEqual(['v1', 'v2'])
  })

  it('with another port of a service loses nothing on the way', async () => {
    const outside = startLoad(world.target('extra'), { connections: 4, rate: 40, slow: 1 })
    const result = await deploy([api('v2'), echo('v2'), db(), worker('v2', { class: 'overlap' }), api('v2', { name: 'extra', port: 4003 })])
    expect(await outside.stop()).toMatchObject({ failed: 0, problems: {} })
    expect(result).toMatchObject({ status: 'ok', started: ['extra'] })
    expect(result.names('edge')).toHaveLength(2)
    expect(await world.answer('extra')).toBe('v2')
  })

  it('with a service renamed moves its traffic, and with one removed removes it', async () => {
    const renamed = { ...api('v2', { name: 'other', port: 4003 }), host: 'extra.test' }
    const outside = startLoad(world.target('extra'), { connections: 4, rate: 40, slow: 1 })
    const result = await deploy([api('v2'), echo('v2'), db(), worker('v2', { class: 'overlap' }), renamed])
    expect(await outside.stop()).toMatchObject({ failed: 0, problems: {} })
    expect(result).toMatchObject({ status: 'ok', started: ['other'] })
    expect(result.names('removed')).toEqual(['extra'])
    expect((await deploy([api('v2'), echo('v2'), db(), worker('v2', { class: 'overlap' })])).names('removed')).toEqual(['other'])
    expect((await world.containers()).filter((line) => /extra|other/.test(line))).toEqual([])
  })

  it('with another setting of a stateful service reports it and touches nothing, until it is asked for', async () => {
    const services = [api('v2'), echo('v2'), db({ A: 'b' }), worker('v2', { class: 'overlap' })]
    const before = await ids()
    expect((await deploy(services)).names('drift')).toEqual(['db'])
    expect(await ids()).toEqual(before)
    expect((await deploy(services, {}, { recreate: 'db' })).names('drift')).toEqual([])
    const { 'db-1': db1, ...others } = await ids()
    const { 'db-1': db0, ...same } = before
    expect(others).toEqual(same)
    expect(db1).not.toBe(db0)
  })

  it('whose migration fails moves no traffic', async () => {
    const before = await ids()
    const result = await deploy([
      api('v1', { migrate: ['sh', '-c', 'echo no such table; exit 4'] }),
      echo('v2'),
      db({ A: 'b' }),
      worker('v2', { class: 'overlap' }),
    ])
    expect(result).toMatchObject({ status: 'failed', started: [] })
    expect(result.detail).toContain('no such table')
    expect(await ids()).toEqual(before)
  })

  it('can be gone back from', async () => {
    const { releases, current } = await world.probe()
    const first = world.release({ services: base() })
    expect(releases.map(({ id }) => id)).toContain(first.id)
    const result = await world.start(first, { action: 'rollback' })
    expect(result.status).toBe('ok')
    expect(await world.answer('api')).toBe('v1')
    expect(await world.probe()).toMatchObject({ current: first.id, previous: current, locked: false })
  })
})

describe('the load', () => {
  it('lost nothing', async () => {
    const reports = {
      public: await load.stop(),
      eastWest: await eastWest.stop(),
      grpc: await grpc.stop(),
      webSockets: await sockets.stop(),
    }
    console.log(JSON.stringify(reports, null, 1))
    expect(reports.public).toMatchObject({ failed: 0, reset: 0, problems: {} })
    expect(reports.eastWest).toMatchObject({ failed: 0, reset: 0, problems: {} })
    expect(reports.grpc).toMatchObject({ failed: 0, problems: {} })
    expect(reports.webSockets.refused).toBe(0)
    // A drain closes them, never before its time: 10 seconds here.
    expect(reports.webSockets.closedAfter.every((milliseconds) => milliseconds >= 9000)).toBe(true)
  })
})
