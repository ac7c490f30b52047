import { appendFileSync, existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { type Load, startLoad } from '../../support/load/load.ts'
import { call } from '../support/http.ts'
import { run } from '../support/run.ts'
import { doneBy, lastRun, promisedBy } from './support/journal.ts'
import { createStage, type Outcome, type Stage } from './support/stage.ts'

// One project through its life, under load from the first deploy to the last. Each step compares what the dry run says, what the run says and
// writes down, and what became of the containers.

// A step is a plan and a run, each with seconds of draining; a busy machine takes several times that.
vi.setConfig({ testTimeout: 600_000 })

let stage: Stage
const loads: Load[] = []
const token = 'canary-$ecret"with\'everything'

beforeAll(async () => {
  stage = await createStage()
  stage.set({
    CS_1: 'api:express-ts:3001:api',
    CS_1_IMAGE: stage.images.one,
    CS_1_ENV: 'VERSION=1,TOKEN=${TOKEN}',
    CS_2: 'web:express-ts:3002:web',
    CS_2_IMAGE: stage.images.one,
    CS_2_ENV: 'VERSION=1',
    CS_3: 'jobs:python',
    CS_3_IMAGE: stage.images.one,
    CS_3_ENV: 'VERSION=1',
  })
})
afterAll(async () => {
  await Promise.all(loads.map((load) => load.stop()))
  await stage?.[Symbol.asyncDispose]()
})

const touching = ['create', 'roll', 'recreate', 'overlap', 'remove', 'start', 'clean']

/** Plans and deploys; the plan must be what then happens. Returns the services that were touched, and how. */
async function deploy(
  flags: readonly string[] = [],
  variables: Record<string, string> = {},
): Promise<{ actions: Record<string, string>; outcome: Outcome }> {
  const environment = { TOKEN: token, ...variables }
  const dry = await stage.run('deploy', ['--dry-run', ...flags], environment)
  const before = await stage.containers()
  const outcome = await stage.run('deploy', flags, environment)
  const after = await stage.containers()
  expect(outcome.data.diagnostics.filter(({ severity }: { severity: string }) => severity === 'error')).toEqual([])
  expect(outcome.exitCode).toBe(0)
  const [plan] = dry.data.machines
  const { services, edge } = plan
  expect({ ...outcome.data.machines[0], state: '' }).toEqual({ ...plan, state: '' })
  expect(outcome.data.changed).toBe(dry.data.changed)
  if (plan.isUnchanged) expect(outcome.data.machines[0].state).toBe('untouched')
  else expect(doneBy(lastRun(stage.root, plan.release))).toEqual(promisedBy(plan))
  const planned = Object.fromEntries(
    services
      .filter(({ action }: { action: string }) => touching.includes(action))
      .map(({ name, action }: { name: string; action: string }) => [name, action]),
  )
  const names = new Set([...Object.keys(before), ...Object.keys(after)].filter((name) => name !== 'edge'))
  const touched = [...names].filter((name) => JSON.stringify(before[name]) !== JSON.stringify(after[name]))
  const named = touched.filter((name) => name in planned || !(name in before))
  expect(touched.sort()).toEqual(named.sort())
  expect(Object.keys(planned).sort()).toEqual(touched.sort())
  if (before.edge !== undefined && edge !== 'restart') expect(after.edge).toEqual(before.edge)
  return { actions: planned, outcome }
}

const answer = async (service: string) =>
  JSON.parse((await call({ port: stage.port, host: `${service}.production.example.test`, path: '/' })).text)

/** A deploy that fails: its plan was what it set out to do. Returns the message, and what it did by its journal. */
async function deployInVain(): Promise<{ message: string; done: string[]; promised: string[] }> {
  const dry = await stage.run('deploy', ['--dry-run'], { TOKEN: token })
  const before = await stage.containers()
  const { exitCode, data } = await stage.run('deploy', [], { TOKEN: token })
  expect(exitCode).toBe(1)
  expect(data).toMatchObject({ changed: false, release: dry.data['previous-release'], 'previous-release': dry.data['previous-release'] })
  expect(data.machines[0].services).toEqual(dry.data.machines[0].services)
  expect(await stage.containers()).toEqual(before)
  const { message } = data.diagnostics.find(({ code }: { code: string }) => code === 'NB814')
  expect(message).toMatch(/[0-9a-f]{12} serves as before\.$/)
  return { message, done: doneBy(lastRun(stage.root, data.machines[0].release)), promised: promisedBy(dry.data.machines[0]) }
}

/** Goes to an earlier release; what the dry run says must be what then happens. */
async function goBack(flags: readonly string[] = []): Promise<Outcome> {
  const before = await stage.containers()
  const dry = await stage.run('rollback', ['--dry-run', ...flags])
  expect(dry).toMatchObject({ exitCode: 0, data: { changed: false, 'dry-run': true } })
  expect(await stage.containers()).toEqual(before)
  const back = await stage.run('rollback', flags)
  expect(back.data.machines).toEqual(dry.data.machines)
  const [plan] = back.data.machines
  expect(plan.services).toContainEqual(expect.objectContaining({ name: 'api', action: 'roll' }))
  expect(doneBy(lastRun(stage.root, plan.release))).toEqual(promisedBy(plan))
  return back
}

function expectNoLoss() {
  for (const load of loads) expect(load.report()).toMatchObject({ failed: 0, reset: 0, problems: {} })
}

describe('the life of a project', () => {
  it('says what is missing before it connects', async () => {
    const { exitCode, data } = await stage.run('deploy')
    expect(exitCode).toBe(2)
    expect(data.diagnostics.map(({ code, message }: { code: string; message: string }) => `${code} ${message}`)).toContain(
      'NB803 TOKEN has no value; api needs it.',
    )
    expect(await stage.containers()).toEqual({})
  })

  it('deploys to an empty machine', async () => {
    const { actions, outcome } = await deploy()
    expect(actions).toEqual({ api: 'create', jobs: 'create', redis: 'create', web: 'create' })
    expect(outcome.data).toMatchObject({ changed: true, 'previous-release': '', release: expect.stringMatching(/^[0-9a-f]{12}$/) })
    const url = `http://api.production.example.test:${stage.port}`
    expect(outcome.data.urls).toEqual({ api: url, web: url.replace('api', 'web') })
    expect(outcome.data.url).toBe(url)
    expect(await answer('api')).toMatchObject({ version: '1' })
    expect(await run('docker', ['exec', `${stage.project}-api-blue-1`, 'printenv', 'TOKEN'])).toBe(`${token}\n`)
    const address = await stage.edgeAddress()
    const options = { connections: 4, rate: 40, slow: 1 }
    loads.push(
      startLoad({ address: '127.0.0.1', port: stage.port, host: 'api.production.example.test' }, options),
      startLoad({ address, port: 3001, host: 'api:3001' }, options),
      startLoad({ address, port: 3002, host: 'web' }, options),
    )
  })

  it('leaves everything alone when nothing changed, with no round trip after the plan', async () => {
    const { actions, outcome } = await deploy()
    expect(actions).toEqual({})
    expect(outcome.data.changed).toBe(false)
    const trips = () => stage.host.log().split('Starting session: command').length
    const before = trips()
    await stage.run('deploy', [], { TOKEN: token })
    expect(trips() - before).toBe(1)
  })

  it('rolls the one service that changed', async () => {
    stage.set({ CS_1_IMAGE: stage.images.two, CS_1_ENV: 'VERSION=2,TOKEN=${TOKEN}' })
    expect((await deploy()).actions).toEqual({ api: 'roll' })
    expect(await answer('api')).toMatchObject({ version: '2' })
  })

  it('rolls what names a variable whose value changed', async () => {
    const { actions, outcome } = await deploy([], { TOKEN: 'canary-other-token' })
    expect(actions).toEqual({ api: 'roll' })
    expect(outcome.data.machines[0].variables).toEqual({ added: [], changed: ['TOKEN'], removed: [] })
    await deploy()
  })

  it('reloads nginx when only its files changed', async () => {
    stage.set({ CS_2_RATE_LIMIT: '1000r/s' })
    const { actions, outcome } = await deploy()
    expect(actions).toEqual({})
    expect(outcome.data.machines[0].edge).toBe('reload')
  })

  it('scales up and down', async () => {
    stage.set({ CS_1_REPLICAS: 2 })
    expect((await deploy()).actions).toEqual({ api: 'roll' })
    expect((await stage.containers()).api).toHaveLength(2)
    stage.set({ CS_1_REPLICAS: undefined })
    expect((await deploy()).actions).toEqual({ api: 'roll' })
    expect((await stage.containers()).api).toHaveLength(1)
  })

  it('replaces a worker', async () => {
    stage.set({ CS_3_ENV: 'VERSION=2' })
    expect((await deploy()).actions).toEqual({ jobs: 'recreate' })
    stage.set({ CS_3_OVERLAP: 'true' })
    expect((await deploy()).actions).toEqual({})
    stage.set({ CS_3_ENV: 'VERSION=3' })
    expect((await deploy()).actions).toEqual({ jobs: 'overlap' })
  })

  it('adds a service, which others reach by its name at once', async () => {
    stage.set({ CS_4: 'shop:express-ts:3004:shop', CS_4_IMAGE: stage.images.one, CS_4_ENV: 'VERSION=s' })
    expect((await deploy()).actions).toEqual({ shop: 'create' })
    expect(await answer('shop')).toMatchObject({ version: 's' })
    const script = "fetch('http://shop:3004/').then(async (answer) => console.log((await answer.json()).version))"
    expect(await run('docker', ['exec', `${stage.project}-web-blue-1`, 'node', '-e', script])).toBe('s\n')
  })

  it('renames and removes one', async () => {
    stage.set({ CS_4: 'store:express-ts:3004:shop' })
    expect((await deploy()).actions).toEqual({ shop: 'remove', store: 'create' })
    expect(await answer('shop')).toMatchObject({ version: 's' })
    stage.set({ CS_4: undefined, CS_4_IMAGE: undefined, CS_4_ENV: undefined })
    expect((await deploy()).actions).toEqual({ store: 'remove' })
  })

  it('moves no traffic when a migration fails', async () => {
    stage.set({ CS_1_MIGRATE: 'node -e process.exit(3)', CS_1_ENV: 'VERSION=3,TOKEN=${TOKEN}' })
    const { message, done, promised } = await deployInVain()
    expect(message).toContain('migration')
    expect(promised).toEqual(['api migrated', 'api start', 'jobs unchanged', 'web unchanged'])
    expect(done).toEqual(['jobs unchanged', 'web unchanged'])
    expect(await answer('api')).toMatchObject({ version: '2' })
  })

  it('runs a migration with the new image, then rolls', async () => {
    stage.set({ CS_1_MIGRATE: 'node -e console.log(1)' })
    expect((await deploy()).actions).toEqual({ api: 'roll' })
    expect(await answer('api')).toMatchObject({ version: '3' })
  })

  it('keeps the old version when the new one does not get healthy', async () => {
    stage.set({ CS_1_ENV: 'VERSION=4,MODE=exit,TOKEN=${TOKEN}' })
    const { message, done, promised } = await deployInVain()
    expect(message).toContain('api')
    expect(done).toEqual(promised)
    expect(await answer('api')).toMatchObject({ version: '3' })
    stage.set({ CS_1_ENV: 'VERSION=3,TOKEN=${TOKEN}' })
    expect((await deploy()).actions).toEqual({})
  })

  it('goes back to the previous release, and to a named one', async () => {
    stage.set({ CS_1_ENV: 'VERSION=5,TOKEN=${TOKEN}' })
    const { outcome } = await deploy()
    expect(await answer('api')).toMatchObject({ version: '5' })
    const back = await goBack()
    expect(back).toMatchObject({ exitCode: 0, data: { changed: true, release: outcome.data['previous-release'] } })
    expect(await answer('api')).toMatchObject({ version: '3' })
    const forward = await goBack(['--release', outcome.data.release])
    expect(forward).toMatchObject({ exitCode: 0, data: { release: outcome.data.release } })
    expect(await answer('api')).toMatchObject({ version: '5' })
    const unknown = await stage.run('rollback', ['--release', '0123456789ab'])
    expect(unknown.data.diagnostics.map(({ code }: { code: string }) => code)).toEqual(['NB815'])
  })

  it('leaves what keeps data alone, says how it differs, and replaces it when asked', async () => {
    const before = await stage.containers()
    stage.set({ REDIS_PASSWORD: 'canary-redis' })
    const { actions, outcome } = await deploy()
    expect(outcome.data.diagnostics.map(({ code }: { code: string }) => code)).toContain('NB811')
    expect(Object.keys(actions)).not.toContain('redis')
    expect((await stage.containers()).redis).toEqual(before.redis)
    const asked = await stage.run('deploy', ['--recreate', 'redis'], { TOKEN: token })
    expect(asked.exitCode).toBe(0)
    expect((await stage.containers()).redis).not.toEqual(before.redis)
  })

  it('plans what it puts right after somebody was at work by hand', async () => {
    const containers = await stage.containers()
    await run('docker', ['stop', '--time', '1', ...(containers.redis ?? [])])
    const [web = ''] = containers.web ?? []
    const labels = JSON.parse(await run('docker', ['inspect', '--format', '{{json .Config.Labels}}', web])) as Record<string, string>
    const other = { ...labels, 'nself.color': labels['nself.color'] === 'blue' ? 'green' : 'blue' }
    const flags = Object.entries(other).flatMap(([name, value]) => ['--label', `${name}=${value}`])
    await run('docker', ['run', '--detach', ...flags, stage.images.one])
    const flag = join(stage.root, 'edge/live/api.green')
    if (existsSync(flag)) rmSync(flag)
    else writeFileSync(flag, '')
    appendFileSync(join(stage.root, 'edge/conf/nginx.conf'), '# mine\n')
    const dry = await stage.run('deploy', ['--dry-run'], { TOKEN: token })
    const [plan] = dry.data.machines
    expect(plan.edge).toBe('reload')
    expect(plan.services.filter(({ action }: { action: string }) => action !== 'keep')).toMatchObject([
      { name: 'api', action: 'clean' },
      { name: 'redis', action: 'start' },
      { name: 'web', action: 'clean' },
    ])
    expect((await stage.run('deploy', [], { TOKEN: token })).exitCode).toBe(0)
    expect(doneBy(lastRun(stage.root, plan.release))).toEqual(promisedBy(plan))
    expect(await stage.containers()).toEqual(containers)
  })

  it('has a maintenance mode for the public, not for the services among themselves', async () => {
    await Promise.all(loads.splice(0, 1).map(async (load) => expect(await load.stop()).toMatchObject({ failed: 0 })))
    await stage.run('status', ['--maintenance', 'on'])
    const closed = await call({ port: stage.port, host: 'api.production.example.test', path: '/' })
    expect([closed.status, closed.headers['retry-after']]).toEqual([503, '60'])
    const { data } = await stage.run('status', ['--maintenance', 'off'])
    expect(data.machines[0]).toMatchObject({ maintenance: false, locked: false })
    expect(await answer('api')).toMatchObject({ version: '5' })
  })

  it('shows what is there, and no drift', async () => {
    const { data } = await stage.run('status')
    expect(data.machines[0].services.map(({ name, state, drift }: Record<string, string>) => [name, state, drift])).toEqual([
      ['api', 'healthy', ''],
      ['jobs', 'healthy', ''],
      ['redis', 'healthy', ''],
      ['web', 'healthy', ''],
    ])
  })

  it('lost not one request', async () => {
    expectNoLoss()
    const reports = await Promise.all(loads.map((load) => load.stop()))
    console.log(
      reports
        .map(({ total, failed, slowestMilliseconds }) => `${total} requests, ${failed} failed, slowest ${slowestMilliseconds} ms`)
        .join('\n'),
    )
  })

  it('starts nginx again when somebody has stopped it', async () => {
    const containers = await stage.containers()
    await run('docker', ['stop', ...(containers.edge ?? [])])
    const dry = await stage.run('deploy', ['--dry-run'], { TOKEN: token })
    const [plan] = dry.data.machines
    expect(plan).toMatchObject({ edge: 'create', isUnchanged: false })
    expect((await stage.run('deploy', [], { TOKEN: token })).exitCode).toBe(0)
    expect(doneBy(lastRun(stage.root, plan.release))).toEqual(promisedBy(plan))
    expect(await stage.containers()).toEqual(containers)
    expect(await answer('api')).toMatchObject({ version: '5' })
  })

  it('keeps secrets where they belong', async () => {
    const files = readdirSync(stage.root, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())
    const holding = files.map((entry) => join(entry.parentPath, entry.name)).filter((path) => readFileSync(path, 'utf8').includes('canary'))
    expect(holding.length).toBeGreaterThan(0)
    for (const path of holding) {
      expect(path).toMatch(/\/secrets\/[0-9a-f]{16}\/\.env$/)
      expect(statSync(path).mode & 0o777).toBe(0o600)
      expect(statSync(join(path, '..')).mode & 0o777).toBe(0o700)
    }
    expect(await run('docker', ['inspect', `${stage.project}-edge-nginx-1`])).not.toContain('canary')
  })
})
