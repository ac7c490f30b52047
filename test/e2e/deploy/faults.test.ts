import { appendFileSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { pushApps } from '../../support/hosts/images.ts'
import { leftovers } from '../../support/hosts/leftovers.ts'
import { localHost } from '../../support/hosts/local-host.ts'
import type { BuiltRelease, TestService } from '../../support/hosts/release.ts'
import { createWorld, type World } from '../../support/hosts/world.ts'
import { type Load, startLoad } from '../../support/load/load.ts'
import { run } from '../support/run.ts'

// One project under load, and everything that can go wrong with the next release. After each fault: the old or the new version answers,
// the run says what happened, and running it again leads to the release with nothing left over.
const isLong = process.env.NSELF_DEPLOY_LONG === '1'
const stack = new AsyncDisposableStack()
let world: World
let images: Record<'v1' | 'v2', string>
let load: Load
/** The version that is live before a case, and the one it wants. */
let live: 'v1' | 'v2' = 'v1'
const next = (): 'v1' | 'v2' => (live === 'v1' ? 'v2' : 'v1')

const api = (version: 'v1' | 'v2', more: Partial<TestService> = {}): TestService => ({
  name: 'api',
  class: 'roll',
  image: images[version],
  port: 3001,
  environment: { VERSION: version },
  migrate: ['true'],
  ...more,
})
const worker = (version: 'v1' | 'v2', more: Partial<TestService> = {}): TestService => ({
  name: 'worker',
  class: 'recreate',
  image: images[version],
  environment: { VERSION: version },
  ...more,
})
const release = (version: 'v1' | 'v2', more: Partial<TestService> = {}, ofWorker: Partial<TestService> = {}) =>
  world.release({ services: [api(version, more), worker(version, ofWorker)], edgeLine: `add_header X-Edge ${version};` })

beforeAll(async () => {
  images = await pushApps('agent-e2e/faults', ['v1', 'v2'])
  world = stack.use(await createWorld('faults'))
  expect(await world.deploy(release('v1'))).toMatchObject({ status: 'ok' })
  load = startLoad(world.target('api'), { connections: 8, rate: 60, slow: 2 })
  stack.defer(async () => void (await load.stop()))
})
afterAll(() => stack.disposeAsync())

/** All is as a whole deploy of this version leaves it. */
async function expectWhole(version: 'v1' | 'v2', built: BuiltRelease): Promise<void> {
  expect(await world.answer('api')).toBe(version)
  const { containers, locked, owner, current, edgeHash, green } = await world.probe()
  const [color = ''] = containers.filter(({ service }) => service === 'api').map((container) => container.color)
  expect(containers.map(({ service, state }) => `${service} ${state}`).sort()).toEqual(['api running', 'edge running', 'worker running'])
  expect(containers.filter(({ role }) => role === '').map(({ image }) => image)).toEqual([images[version], images[version]])
  expect({ locked, owner, current, green }).toEqual({
    locked: false,
    owner: null,
    current: built.id,
    green: color === 'green' ? ['api'] : [],
  })
  expect(edgeHash).toBe(/edgeHash\t(\w+)/.exec(built.files.get('release.tsv') ?? '')?.[1])
  expect(leftovers(world)).toEqual([])
  expect(load.report()).toMatchObject({ failed: 0, problems: {} })
}

/** Deploying again leads to the release, whatever was found. */
async function expectConverges(version = next()): Promise<void> {
  const built = release(version)
  expect(await world.deploy(built)).toMatchObject({ status: 'ok' })
  live = version
  await expectWhole(version, built)
}

describe('the agent, killed at', () => {
  const short = ['pulled', 'started:api', 'flipped:api', 'stopped:api', 'started:worker', 'committed']
  const long = [
    'begin',
    'preflight',
    'migrating:api',
    'migrated:api',
    'edge',
    'start:api',
    'healthy:api',
    'drained:api',
    'start:worker',
    'stopped:worker',
    'healthy:worker',
    'success',
  ]
  it.each(isLong ? [...short, ...long] : short)('%s', async (event) => {
    const built = release(next())
    const result = await world.deploy(built, { ssh: localHost({ NSELF_AGENT_KILL_AT: event }) })
    expect(result.status).toBe('interrupted')
    expect(['v1', 'v2']).toContain(await world.answer('api'))
    expect((await world.probe()).locked).toBe(false)
    await expectConverges()
  })

  it.each(isLong ? ['failed', 'undone'] : ['undone'])('%s, while it takes back a failed release', async (event) => {
    const result = await world.deploy(release(next(), {}, { environment: { VERSION: next(), MODE: 'exit' } }), {
      ssh: localHost({ NSELF_AGENT_KILL_AT: event }),
    })
    expect(result.status).toBe('interrupted')
    expect(['v1', 'v2']).toContain(await world.answer('api'))
    await expectConverges()
  })
})

describe('a release that fails', () => {
  const mode = (MODE: string) => ({ environment: { VERSION: 'bad', MODE } })
  const absent = 'sha256:'.padEnd(71, '0')
  const cases: [string, () => BuiltRelease, string, Record<string, string>][] = [
    ['an unhealthy image', () => release(next(), { ...mode('unhealthy'), startSeconds: 10 }), 'health check failed', {}],
    ['a program that ends at once', () => release(next(), mode('exit')), 'ended or was restarted', {}],
    ['a crash loop after health', () => release(next(), mode('crash')), 'it was healthy, and then', {}],
    [
      'a start that takes too long',
      () => release(next(), { environment: { START_MS: '60000' }, startSeconds: 3 }),
      'not healthy after 3 s',
      {},
    ],
    [
      'an image that is not in the registry',
      () => release(next(), { image: images.v1.replace(/sha256:.*/, absent) }),
      'could not be pulled',
      {},
    ],
    ['a registry that is gone', () => release(next(), { image: `127.0.0.1:9/gone@${absent}` }), 'could not be pulled', {}],
    ['a migration that fails', () => release(next(), { migrate: ['sh', '-c', 'echo boom; exit 3'] }), 'boom', {}],
    ['a worker that ends at once, after the service was rolled', () => release(next(), {}, mode('exit')), 'worker: it ended', {}],
    ['answers that are errors, while they are observed', () => release(next(), mode('errors')), 'answers were errors', { observe: '8' }],
    [
      'an invalid edge',
      () => world.release({ services: [api(next()), worker(next())], edgeLine: 'no_such_directive;' }),
      'no_such_directive',
      {},
    ],
    ['too little space', () => release(next()), 'MB left', { 'min-free-mb': '100000000' }],
  ]
  it.each(cases)('%s', async (name, build, detail, options) => {
    const before = load.report()
    const result = await world.deploy(build(), { options })
    expect(result.status).toBe('failed')
    expect(result.detail).toContain(detail)
    if (name.startsWith('answers') || name.startsWith('a crash loop')) {
      // The failures are the app's own: its errors, and what a crash of its took along. Going back ends them.
      await load.stop()
      load = startLoad(world.target('api'), { connections: 8, rate: 60, slow: 2 })
    } else expect(load.report().failed).toBe(before.failed)
    await expectWhole(live, release(live))
  })

  it('a first deploy leaves no service behind', async () => {
    await using empty = await createWorld('first')
    const bad = empty.release({ services: [api('v1'), worker('v1', mode('exit'))] })
    expect(await empty.deploy(bad)).toMatchObject({ status: 'failed' })
    expect(await empty.containers()).toEqual(['edge-nginx-1 running'])
    expect(await empty.deploy(empty.release({ services: [api('v1'), worker('v1')] }))).toMatchObject({ status: 'ok' })
    expect(await empty.answer('api')).toBe('v1')
  })
})

describe('a container that ignores SIGTERM', () => {
  it('is killed after its grace, and not before', async () => {
    const stubborn = { environment: { VERSION: live, MODE: 'stubborn' } }
    expect(await world.deploy(release(live, stubborn, stubborn))).toMatchObject({ status: 'ok' })
    await expectConverges()
  })
})

describe('what people do on a host by hand', () => {
  const container = async (service: string) => (await world.probe()).containers.find((one) => one.service === service)?.id ?? ''
  const cases: [string, () => Promise<unknown>][] = [
    ['a service is stopped', async () => run('docker', ['stop', '-t', '1', await container('worker')])],
    ['a worker is removed', async () => run('docker', ['rm', '-f', await container('worker')])],
    [
      'the flag is changed',
      async () => {
        const flag = join(world.root, 'edge/live/api.green')
        const { green } = await world.probe()
        if (green.length > 0) rmSync(flag)
        else writeFileSync(flag, '')
      },
    ],
    [
      'the edge configuration is edited',
      async () => {
        const { edgeHash } = await world.probe()
        appendFileSync(join(world.root, `edge/conf-${edgeHash}/nginx.conf`), '# mine\n')
      },
    ],
    ['a file of the release is edited', async () => appendFileSync(join(world.root, 'current/compose.yml'), '\n# mine\n')],
    ['the values are edited', async () => appendFileSync(join(world.root, 'secrets', release(live).secrets.hash, '.env'), 'A="b"\n')],
    ['the link to the current release is removed', async () => rmSync(join(world.root, 'current'))],
    ['the state folder is removed', async () => rmSync(join(world.root, 'state'), { recursive: true })],
    ['the values are removed', async () => rmSync(join(world.root, 'secrets'), { recursive: true })],
    [
      'a second worker is started',
      async () => {
        const project = world.project
        const [id, image] = [await container('worker'), images[live]]
        const labels = JSON.parse(await run('docker', ['inspect', '-f', '{{json .Config.Labels}}', id])) as Record<string, string>
        const flags = Object.entries(labels).flatMap(([name, value]) => ['--label', `${name}=${value}`])
        await run('docker', ['run', '-d', '--name', `${project}-mine`, ...flags, image])
      },
    ],
  ]
  it.each(cases)('%s', async (_, spoil) => {
    await spoil()
    const built = release(live)
    expect(await world.deploy(built)).toMatchObject({ status: 'ok' })
    await expectWhole(live, built)
  })
})

describe('the audit log', () => {
  it('has one line for each run that ended', () => {
    const lines = readFileSync(join(world.root, 'state/audit.log'), 'utf8')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line))
    expect(lines.at(-1)).toMatchObject({ action: 'activate', result: 'ok', owner: { who: 'test' } })
  })
})
