import { rmSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { FakeGitHub } from '../../integration/support/github.ts'
import type { TemporaryProject } from '../../support/project.ts'
import { pushBase, removeImages, tagsOf } from '../images/support/registry.ts'
import { type RegistryServer, startRegistry } from '../images/support/registry-server.ts'
import { run } from '../support/run.ts'
import { type Runner, startRunner } from './support/act.ts'
import { adopt, commit, nself } from './support/adopter.ts'

const stack = new AsyncDisposableStack()
let runner: Runner
let registry: RegistryServer

beforeAll(async () => {
  runner = stack.use(await startRunner())
  registry = stack.use(await startRegistry())
  stack.defer(() => removeImages(registry.host))
})
afterAll(() => stack.disposeAsync())

const services = { PROJECT_NAME: 'shop', POSTGRES_PASSWORD: 'development', HASURA_ENABLED: 'false', AUTH_ENABLED: 'false' }
const env = (lines: Record<string, string>) =>
  Object.entries({ ...services, ...lines })
    .map(([name, value]) => `${name}=${value}\n`)
    .join('')

/** What a repository holds, with the modes of its files. */
async function tracked(project: TemporaryProject) {
  const files = (await run('git', ['-C', project.root, 'ls-files', '--stage'])).trim().split('\n')
  const entries = files.map((line) => /^(\d+) \S+ \d\t(.*)$/.exec(line) ?? [])
  return Object.fromEntries(entries.map(([, mode, file = '']) => [file, { content: project.read(file), executable: mode === '100755' }]))
}

describe('an adopter with nothing but a .env.dev', () => {
  it('is green from the first push on', async () => {
    using project = await adopt(registry.host, { '.env.dev': env({ SERVICES_ENABLED: 'false' }) })
    const { exitCode, log, jobs } = await runner.run(project.root, { event: 'push', workflow: 'nself.yml' })
    expect({ exitCode, log: exitCode === 0 ? '' : log }).toEqual({ exitCode: 0, log: '' })
    expect(jobs).toEqual(['check', 'plan'])
    const daily = await runner.run(project.root, { event: 'schedule', workflow: 'nself-status.yml' })
    expect({ exitCode: daily.exitCode, jobs: daily.jobs }).toEqual({ exitCode: 0, jobs: ['certificates'] })
  })

  it('has its first service built by the first push, a green pull request, and nothing left to do for the bot', async () => {
    using project = await adopt(registry.host, { '.env.dev': env({ SERVICES_ENABLED: 'true', CS_1: 'api:express-ts:3001:api' }) })
    const push = await runner.run(project.root, { event: 'push', workflow: 'nself.yml' })
    expect({ exitCode: push.exitCode, log: push.exitCode === 0 ? '' : push.log }).toEqual({ exitCode: 0, log: '' })
    expect([push.jobs, push.outputs.built]).toEqual([['check', 'plan'], '["api"]'])
    const pull = await runner.run(project.root, { event: 'pull_request', workflow: 'nself.yml' })
    expect([pull.exitCode, pull.jobs]).toEqual([0, ['check']])
    await using github = await FakeGitHub.start(await tracked(project))
    const event = { event: 'push', workflow: 'nself-update.yml', environment: { GITHUB_API_URL: github.url } } as const
    const update = await runner.run(project.root, event)
    expect([update.exitCode, update.outputs['pull-request-operation']]).toEqual([0, 'none'])
  })

  it('with a conflict that nobody resolved fails the check, and is not built', async () => {
    using project = await adopt(registry.host, { '.env.dev': env({ SERVICES_ENABLED: 'true', CS_1: 'api:express-ts:3001' }) })
    const readme = 'services/api/README.md'
    project.write(readme, `<<<<<<< yours\nmine\n=======\ntheirs\n>>>>>>> template express-ts 9.9.9\n${project.read(readme)}`)
    // As `generate` leaves it when both sides changed the same lines.
    const lock = 'services/.scaffold/lock.json'
    project.write(lock, project.read(lock).replace(/("README\.md": .*"state":)"tracked"/, '$1"conflict"'))
    await commit(project, 'Merge half of it')
    const { exitCode, log, jobs } = await runner.run(project.root, { event: 'push', workflow: 'nself.yml' })
    expect([exitCode === 0, jobs]).toEqual([false, ['check']])
    expect(log).toMatch(/NB517.*services\/api\/README\.md/)
  })
})

describe('three services', () => {
  let project: TemporaryProject
  const names = ['one', 'two', 'three']
  beforeAll(async () => {
    await pushBase(`${registry.host}/acme/base:1`, 'first')
    const own = names.map((name) => [`services/${name}/Dockerfile`, `FROM ${registry.host}/acme/base:1\nCOPY . /app\n`])
    const lines = names.map((name, index) => [`CS_${index + 1}`, `${name}:custom:${3001 + index}`])
    project = await adopt(registry.host, {
      '.env.dev': env({ SERVICES_ENABLED: 'true', ...Object.fromEntries(lines) }),
      ...Object.fromEntries(own),
    })
    return () => project[Symbol.dispose]()
  })
  const push = () => runner.run(project.root, { event: 'push', workflow: 'nself.yml' })

  it('are built by a job each, and found by the last one', async () => {
    const { exitCode, log, jobs, outputs } = await push()
    expect({ exitCode, log: exitCode === 0 ? '' : log }).toEqual({ exitCode: 0, log: '' })
    expect(jobs).toEqual(['build one', 'build three', 'build two', 'check', 'finish', 'plan'])
    expect(Object.keys(JSON.parse(outputs.images ?? '{}')).sort()).toEqual([...names].sort())
    expect(await tagsOf(`${registry.host}/acme/shop-one`)).toEqual(expect.arrayContaining(['main', 'src-last']))
  })

  it('unchanged, cost one short job', async () => {
    const { exitCode, jobs, outputs } = await push()
    expect({ exitCode, jobs, built: outputs.built }).toEqual({ exitCode: 0, jobs: ['check', 'plan'], built: '[]' })
  })

  it('of which one changed, cost one job, too', async () => {
    project.write('services/two/new.txt', 'new')
    await commit(project, 'Change two')
    const { exitCode, jobs, outputs } = await push()
    expect({ exitCode, jobs, built: outputs.built }).toEqual({ exitCode: 0, jobs: ['check', 'plan'], built: '["two"]' })
  })

  it('whose base moved are rebuilt by the schedule', async () => {
    await pushBase(`${registry.host}/acme/base:1`, 'second')
    const { exitCode, jobs } = await runner.run(project.root, { event: 'schedule', workflow: 'nself-rebuild.yml' })
    expect(exitCode).toBe(0)
    expect(jobs.filter((job) => job.includes('build '))).toHaveLength(3)
  })

  it('whose generated files are old fail the check, with the file that differs', async () => {
    rmSync(project.path('docker-compose.yml'))
    await commit(project, 'Lose a file')
    const { exitCode, log } = await runner.run(project.root, { event: 'pull_request', workflow: 'nself.yml' })
    expect(exitCode).not.toBe(0)
    expect(log).toMatch(/docker-compose\.yml/)
  })

  it('get a pull request with what is missing, and none when it is there', async () => {
    const github = stack.use(await FakeGitHub.start(await tracked(project)))
    const update = () =>
      runner.run(project.root, { event: 'push', workflow: 'nself-update.yml', environment: { GITHUB_API_URL: github.url } })
    const first = await update()
    expect({ exitCode: first.exitCode, log: first.exitCode === 0 ? '' : first.log }).toEqual({ exitCode: 0, log: '' })
    expect(first.outputs['pull-request-operation']).toBe('created')
    await github.merge(Number(first.outputs['pull-request-number']), 'squash')
    await nself(project.root, ['generate'])
    await commit(project, 'Merge the pull request')
    expect((await update()).outputs['pull-request-operation']).toBe('none')
  })
})
