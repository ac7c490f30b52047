import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { makeCertificates } from '../../support/certificates.ts'
import { startEastWest } from '../../support/load/east-west.ts'
import { type Load, startLoad } from '../../support/load/load.ts'
import { call } from '../support/http.ts'
import { freePorts } from '../support/ports.ts'
import { run } from '../support/run.ts'
import { createStage, type Outcome, type Stage } from './support/stage.ts'
import { objectNames, type Swarm, startSwarm, tasksOf } from './support/swarm.ts'

// One project on a swarm of one machine, under load from its first deploy on. Each step compares what the dry run says, what the run says,
// and what became of the tasks.

const token = 'canary-$ecret"with\'every`thing\\n'
const stack = new AsyncDisposableStack()
let stage: Stage
let swarm: Swarm
let loads: Load[] = []

beforeAll(async () => {
  stage = stack.use(await createStage())
  // A swarm publishes at all addresses.
  stage.set({
    NGINX_BIND_IP: undefined,
    CS_1: 'api:express-ts:3001:api',
    CS_1_IMAGE: stage.images.one,
    CS_1_ENV: 'VERSION=1,TOKEN=${TOKEN}',
    CS_1_REPLICAS: 2,
    CS_2: 'web:express-ts:3002:web',
    CS_2_IMAGE: stage.images.one,
    CS_2_ENV: 'VERSION=1',
    CS_3: 'jobs:python',
    CS_3_IMAGE: stage.images.one,
    CS_3_ENV: 'VERSION=1',
  })
})
afterAll(async () => {
  await Promise.all(loads.map((load) => load.stop().catch(() => {})))
  await run('docker', ['rm', '--force', `${stage?.project}-caller`]).catch(() => '')
  await stack.disposeAsync()
})

const command = (name: 'deploy' | 'rollback' | 'status', flags: readonly string[] = []) =>
  stage.run(name, ['--target', 'swarm', ...flags], { TOKEN: token })
const findings = ({ data }: Outcome): string[] =>
  data.diagnostics
    .filter(({ severity }: { severity: string }) => severity === 'error')
    .map(({ code, message, fix }: Record<string, string>) => `${code} ${message} ${fix}`)
const answer = async (service: string) =>
  JSON.parse((await call({ port: stage.port, host: `${service}.production.example.test` })).text).version

/** Plans and deploys. Returns the plan; services that it keeps have the same tasks afterwards, the others have none of them. */
async function deploy(): Promise<Record<string, string>> {
  const dry = await command('deploy', ['--dry-run'])
  const before = await tasksOf(stage.project)
  const outcome = await command('deploy')
  expect(findings(outcome)).toEqual([])
  expect(outcome.exitCode).toBe(0)
  const after = await tasksOf(stage.project)
  const { services, edge } = dry.data.machines[0]
  expect(outcome.data.machines[0].services).toEqual(services)
  expect(outcome.data.changed).toBe(dry.data.changed)
  const plan = Object.fromEntries(services.map(({ name, action }: Record<string, string>) => [name, action]))
  for (const [name, action] of Object.entries(plan))
    if (action === 'keep') expect(after[name], name).toEqual(before[name])
    else expect(before[name] ?? [], name).not.toEqual(after[name] ?? [])
  return { ...Object.fromEntries(Object.entries(plan).filter(([, action]) => action !== 'keep')), nginx: edge } as Record<string, string>
}

describe('a project on a swarm', () => {
  it('says what is missing, and what to run', async () => {
    expect(findings(await command('deploy'))).toEqual([expect.stringMatching(/^NB813 .*in no Docker Swarm.*docker swarm init/)])
    swarm = stack.use(await startSwarm())
    expect(findings(await command('deploy'))).toEqual([expect.stringMatching(/^NB813 .*docker node update --label-add nself\.data=true/)])
    await run('docker', ['node', 'update', '--label-add', 'nself.data=true', swarm.node])
    const refused = await command('deploy', ['--observe', '10s'])
    expect([refused.exitCode, ...findings(refused)]).toEqual([2, expect.stringContaining('NB819')])
  })

  it('deploys to it', async () => {
    expect(await deploy()).toEqual({ api: 'create', jobs: 'create', redis: 'create', web: 'create', nginx: 'create' })
    expect(await answer('api')).toBe('1')
    const [task = ''] = (await tasksOf(stage.project)).api ?? []
    const container = (await run('docker', ['inspect', '--format', '{{.Status.ContainerStatus.ContainerID}}', task])).trim()
    expect(await run('docker', ['exec', container, 'printenv', 'TOKEN'])).toBe(`${token}\n`)
    loads = [
      startLoad({ address: '127.0.0.1', port: stage.port, host: 'api.production.example.test' }, { connections: 24, rate: 130, slow: 4 }),
      await startEastWest(stage.project, 'api', 3001, 50),
    ]
  })

  it('leaves everything alone when nothing changed', async () => {
    const before = await tasksOf(stage.project)
    const { data, exitCode } = await command('deploy')
    expect([exitCode, data.changed]).toEqual([0, false])
    expect(await tasksOf(stage.project)).toEqual(before)
  })

  it('updates what changed, new tasks first', async () => {
    stage.set({ CS_1_IMAGE: stage.images.two, CS_1_ENV: 'VERSION=2,TOKEN=${TOKEN}', CS_3_ENV: 'VERSION=2' })
    expect(await deploy()).toEqual({ api: 'overlap', jobs: 'recreate', nginx: 'keep' })
    expect(await answer('api')).toBe('2')
  })

  it('takes everything back when an image is missing: the swarm its service, the agent what it did before', async () => {
    const missing = `${stage.images.one.split('@')[0]}@sha256:${'0'.repeat(64)}`
    stage.set({ CS_1_ENV: 'VERSION=bad,TOKEN=${TOKEN}', CS_2_IMAGE: missing })
    const outcome = await command('deploy')
    expect([outcome.exitCode, ...findings(outcome)]).toEqual([1, expect.stringMatching(/^NB814 .*web: .*went back by itself/)])
    expect(await answer('api')).toBe('2')
    expect((await command('status')).data.machines[0].services.map(({ name, drift }: Record<string, string>) => [name, drift])).toEqual(
      ['api', 'jobs', 'redis', 'web'].map((name) => [name, '']),
    )
  })

  it('takes back a version that ends, and says why', async () => {
    stage.set({ CS_1_ENV: 'VERSION=bad,MODE=exit,TOKEN=${TOKEN}', CS_2_IMAGE: stage.images.one })
    const outcome = await command('deploy')
    expect([outcome.exitCode, ...findings(outcome)]).toEqual([
      1,
      expect.stringMatching(/^NB814 .*api: .*non-zero exit \(3\).*went back by itself/),
    ])
    expect(await answer('api')).toBe('2')
  })

  it('scales with an update, and goes back', async () => {
    stage.set({ CS_1_ENV: 'VERSION=3,TOKEN=${TOKEN}', CS_1_REPLICAS: 3 })
    expect(await deploy()).toEqual({ api: 'overlap', nginx: 'keep' })
    expect((await tasksOf(stage.project)).api).toHaveLength(3)
    expect(await answer('api')).toBe('3')
    const back = await command('rollback')
    expect(back).toMatchObject({ exitCode: 0, data: { changed: true } })
    expect(await answer('api')).toBe('2')
  })

  it('lost not one request', async () => {
    const reports = await Promise.all(loads.splice(0).map((load) => load.stop()))
    for (const { total, failed, problems, slowestMilliseconds } of reports)
      console.log(`${total} requests, ${failed} failed, slowest ${slowestMilliseconds} ms`, problems)
    for (const report of reports) expect(report).toMatchObject({ failed: 0, reset: 0, problems: {} })
  })

  it('adds and removes a service, has certificates as secrets and nginx’s files as configs, and none of earlier releases', async () => {
    const { chain, key } = makeCertificates().sign(['*.production.example.test', 'production.example.test'])
    const folder = join(stage.root, 'ssl/certificates/production-example-test')
    mkdirSync(folder, { recursive: true })
    writeFileSync(join(folder, 'fullchain.pem'), chain)
    writeFileSync(join(folder, 'privkey.pem'), key)
    const { port } = await freePorts('port')
    const before = await objectNames()
    stage.set({ CS_1_ENV: 'VERSION=2,TOKEN=${TOKEN}', CS_1_REPLICAS: 2 })
    stage.set({ SSL_MODE: 'custom', NGINX_HTTPS_PORT: port, CS_3: 'shop:express-ts:3003:shop', CS_3_ENV: 'VERSION=s' })
    expect(await deploy()).toMatchObject({ jobs: 'remove', shop: 'create', nginx: 'replace' })
    const script = "fetch('http://shop:3003/').then(async (answer) => console.log((await answer.json()).version))"
    expect(await run('docker', ['run', '--rm', '--network', `${stage.project}_network`, 'node:26-slim', 'node', '-e', script])).toBe('s\n')
    const secure = await call({ port, host: 'web.production.example.test', tls: true })
    expect([secure.status, JSON.parse(secure.text).version]).toEqual([200, '1'])
    const after = await objectNames()
    expect(after.secrets).toHaveLength(2)
    const used = readdirSync(join(stage.root, 'current/stack'))
      .map((file) => readFileSync(join(stage.root, 'current/stack', file), 'utf8'))
      .join()
    expect(after.configs.filter((name) => !used.includes(name))).toEqual([])
    expect(before.configs.some((name) => !used.includes(name))).toBe(true)
  })

  it('keeps secrets where they belong', async () => {
    const files = readdirSync(stage.root, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())
    const holding = files.map((entry) => join(entry.parentPath, entry.name)).filter((path) => readFileSync(path, 'utf8').includes('canary'))
    for (const path of holding) expect(path).toMatch(/\/secrets\/[0-9a-f]{16}\/\.env$/)
    expect(holding.length).toBeGreaterThan(0)
    const edge = await run('docker', ['service', 'inspect', `${stage.project}_nginx`, `${stage.project}_nginx-internal`])
    expect(edge).not.toContain('canary')
  })
})
