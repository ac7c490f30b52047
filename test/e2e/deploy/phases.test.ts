import { fork } from 'node:child_process'
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { connectSsh } from '../../../action/adapters/ssh.ts'
import { deliver } from '../../../action/deploy/remote/deliver.ts'
import type { JournalEvent } from '../../../action/deploy/remote/journal.ts'
import { RemoteError } from '../../../action/deploy/remote/remote-error.ts'
import { pushApps } from '../../support/hosts/images.ts'
import { leftovers } from '../../support/hosts/leftovers.ts'
import { localHost } from '../../support/hosts/local-host.ts'
import { engineProxy, registryProxy } from '../../support/hosts/proxies.ts'
import type { BuiltRelease, TestService } from '../../support/hosts/release.ts'
import { restartMachine } from '../../support/hosts/restart.ts'
import { type Host, startHost } from '../../support/hosts/sshd.ts'
import { agent, createWorld, type World } from '../../support/hosts/world.ts'
import { type Load, startLoad } from '../../support/load/load.ts'
import { freePorts } from '../support/ports.ts'
import { lastRun } from './support/journal.ts'

// Faults from outside, each at every phase where it can happen. A kill of the agent alone is in faults.test.ts, a full or read-only disk in
// disk.test.ts, a kill of the whole Engine in engine.test.ts.
const isLong = process.env.NSELF_DEPLOY_LONG === '1'
const phases = isLong
  ? [
      ...['begin', 'preflight', 'pulled', 'migrating:api', 'migrated:api', 'start:api', 'started:api', 'healthy:api', 'edge'],
      ...['flipped:api', 'drained:api', 'stopped:api', 'start:worker', 'stopped:worker', 'started:worker', 'healthy:worker', 'committed'],
    ]
  : ['pulled', 'flipped:api']
const stack = new AsyncDisposableStack()
let host: Host
let world: World
let load: Load
let images: Record<'v1' | 'v2' | 'r1' | 'r2', string>
/** The version that is live before a case, and the one it wants. */
let live: 'v1' | 'v2' = 'v1'
const next = (): 'v1' | 'v2' => (live === 'v1' ? 'v2' : 'v1')

const services = (version: 'v1' | 'v2', image = images[version]): TestService[] => [
  { name: 'api', class: 'roll', image, port: 3001, environment: { VERSION: version }, migrate: ['true'] },
  { name: 'worker', class: 'recreate', image, environment: { VERSION: version } },
]
const release = (version: 'v1' | 'v2') => world.release({ services: services(version), edgeLine: `add_header X-Edge ${version};` })

beforeAll(async () => {
  images = await pushApps('agent-e2e/phases', ['v1', 'v2', 'r1', 'r2'])
  host = stack.use(await startHost())
  world = stack.use(await createWorld('phases'))
  expect(await world.deploy(release('v1'))).toMatchObject({ status: 'ok' })
  load = startLoad(world.target('api'), { connections: 6, rate: 50, slow: 1 })
  stack.defer(async () => void (await load.stop()))
})
afterAll(() => stack.disposeAsync())

/** Does something once, when an event comes. */
function at(phase: string, act: () => unknown): { onEvent: (event: JournalEvent) => void; ended: () => Promise<void> } {
  let acting: Promise<unknown> | undefined
  return {
    onEvent: ({ event, service }) => {
      if (event === phase || `${event}:${service}` === phase) acting ??= Promise.resolve(act())
    },
    ended: async () => {
      expect(acting, `${phase} came`).toBeDefined()
      await acting
    },
  }
}

/** The machine is as a whole deploy of this release leaves it, and no request was lost on the way. */
async function expectWhole(version: 'v1' | 'v2', built: BuiltRelease): Promise<void> {
  live = version
  expect(await world.answer('api')).toBe(version)
  expect((await world.containers()).map((line) => line.replace(/-(blue|green)?-?\d+ /, ' '))).toEqual([
    'api running',
    'edge-nginx running',
    'worker running',
  ])
  expect(await world.probe()).toMatchObject({ locked: false, owner: null, current: built.id, unknown: [] })
  expect(leftovers(world)).toEqual([])
  expect(load.report()).toMatchObject({ failed: 0, problems: {} })
}

/** Running the same again ends well, whatever was found. */
async function expectConverges(version: 'v1' | 'v2'): Promise<void> {
  const built = release(version)
  expect(await world.deploy(built)).toMatchObject({ status: 'ok' })
  await expectWhole(version, built)
}

describe('the connection is cut at', () => {
  it.each(phases)('%s: the run is followed to its end', async (phase) => {
    await using ssh = await connectSsh(host.target)
    const built = release(next())
    const cutting = at(phase, () => host.cutConnections())
    const result = await world.deploy(built, { ssh, onEvent: cutting.onEvent })
    await cutting.ended()
    expect(result.status).toBe('ok')
    expect(result.events).toEqual(lastRun(world.root, built.id))
    await expectWhole(next(), built)
  })
})

describe('the runner is killed at', () => {
  it.each(phases)('%s: the run goes on, and the next runner follows it', async (phase) => {
    const built = release(next())
    await using ssh = await connectSsh(host.target)
    await deliver(ssh, { agent, root: world.root, release: built, secrets: built.secrets }, await world.probe(ssh))
    const runner = fork(join(import.meta.dirname, '../../support/hosts/runner.ts'), [
      JSON.stringify({ target: host.target, root: world.root, release: built.id }),
    ])
    await new Promise<void>((resolve) => {
      runner.on('message', (event: string) => {
        if (event === phase || event === `${phase}:`) resolve()
      })
    })
    runner.kill('SIGKILL')
    expect(await world.start(built, { ssh })).toMatchObject({ status: 'ok' })
    await expectWhole(next(), built)
  })
})

describe('the machine is restarted at', () => {
  it.each(phases)('%s: the next run continues', async (phase) => {
    const version = next()
    await load.stop()
    const restarting = at(phase, () => restartMachine(world))
    const result = await world.deploy(release(version), { onEvent: restarting.onEvent })
    await restarting.ended()
    // The last steps may be over before the cut.
    expect(phase === 'committed' ? ['interrupted', 'ok'] : ['interrupted']).toContain(result.status)
    for (let wait = 0; wait < 100 && !['v1', 'v2'].includes(await world.answer('api')); wait++) await sleep(200)
    expect(['v1', 'v2']).toContain(await world.answer('api'))
    load = startLoad(world.target('api'), { connections: 6, rate: 50, slow: 1 })
    await expectConverges(version)
  })
})

describe('the clock jumps at', () => {
  it.each(phases)('%s, ten years ahead and back', async (phase) => {
    const folder = mkdtempSync(join(tmpdir(), 'nself-clock-'))
    const years = 10 * 365 * 24 * 3600
    const setClock = (seconds: number) => {
      writeFileSync(join(folder, 'offset'), `${seconds}`)
      // What was written before the jump is that much older, or comes from the future.
      const then = new Date(Date.now() - seconds * 1000)
      for (const place of ['releases', 'secrets'])
        for (const name of readdirSync(join(world.root, place))) utimesSync(join(world.root, place, name), then, then)
    }
    mkdirSync(join(folder, 'bin'))
    writeFileSync(join(folder, 'bin/date'), `#!/bin/sh\nexec /bin/date -d "@$(($(/bin/date +%s) + $(cat ${folder}/offset)))" "$@"\n`)
    chmodSync(join(folder, 'bin/date'), 0o755)
    setClock(0)
    try {
      for (const offset of [years, -years]) {
        const built = release(next())
        const jump = at(phase, () => setClock(offset))
        const ssh = localHost({ PATH: `${folder}/bin:${process.env.PATH}` })
        expect(await world.deploy(built, { ssh, onEvent: jump.onEvent })).toMatchObject({ status: 'ok' })
        await jump.ended()
        await expectWhole(next(), built)
      }
    } finally {
      rmSync(folder, { recursive: true })
      const now = new Date()
      for (const name of readdirSync(join(world.root, 'releases'))) utimesSync(join(world.root, 'releases', name), now, now)
    }
  })
})

describe('the Engine stops answering at', () => {
  it.each(phases)('%s, for a moment', async (phase) => {
    await using proxy = await engineProxy()
    const version = next()
    const outage = at(phase, async () => {
      await proxy.cut()
      await sleep(3000)
      await proxy.mend()
    })
    const result = await world.deploy(release(version), { ssh: localHost({ DOCKER_HOST: proxy.host }), onEvent: outage.onEvent })
    await outage.ended()
    expect(['ok', 'failed']).toContain(result.status)
    const answered = await world.answer('api')
    expect(['v1', 'v2']).toContain(answered)
    if (result.status === 'ok') expect(answered).toBe(version)
    else if (result.restored === true) expect(answered).toBe(live)
    await expectConverges(version)
  })
})

describe('another run begins at', () => {
  it.each(phases.filter((phase) => phase !== 'committed'))('%s: it is told who is at work', async (phase) => {
    const [built, back] = [release(next()), release(live)]
    const answers: unknown[] = []
    const attempt = at(phase, async () => {
      for (const action of ['activate', 'rollback'] as const)
        answers.push(await world.start(back, { action }).catch((error: unknown) => error))
    })
    expect(await world.deploy(built, { onEvent: attempt.onEvent })).toMatchObject({ status: 'ok' })
    await attempt.ended()
    for (const answer of answers) {
      expect(answer).toBeInstanceOf(RemoteError)
      const { code, message } = (answer as RemoteError).diagnostic
      expect([code, message]).toEqual(['NB857', expect.stringContaining(`activate of release ${built.id}`)])
    }
    await expectWhole(next(), built)
  })
})

describe('the registry is gone', () => {
  // What is live keeps its image, of whichever registry it came.
  let current: BuiltRelease | undefined
  it.each([
    ['before its first answer', 'r1', 0],
    ['in the middle of the first one', 'r2', 100],
  ] as const)('%s', async (_, image, bytes) => {
    const { port } = await freePorts('port')
    await using proxy = await registryProxy(5000, port, bytes)
    const version = next()
    const through = images[image].replace('127.0.0.1:5000', `127.0.0.1:${port}`)
    const built = world.release({ services: services(version, through), edgeLine: `add_header X-Edge ${version};` })
    const failed = await world.deploy(built)
    expect(failed).toMatchObject({ status: 'failed', restored: true, detail: expect.stringContaining('could not be pulled') })
    await expectWhole(live, current ?? release(live))
    await proxy.mend()
    expect(await world.deploy(built)).toMatchObject({ status: 'ok' })
    await expectWhole(version, built)
    current = built
  })
})
