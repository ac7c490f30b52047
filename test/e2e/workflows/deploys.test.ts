import { randomBytes } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Host, startHost } from '../../support/hosts/sshd.ts'
import type { TemporaryProject } from '../../support/project.ts'
import { pushBase, removeImages } from '../images/support/registry.ts'
import { type RegistryServer, startRegistry } from '../images/support/registry-server.ts'
import { call } from '../support/http.ts'
import { freePorts } from '../support/ports.ts'
import { run } from '../support/run.ts'
import { type Event, type Runner, startRunner, type WorkflowRun } from './support/act.ts'
import { adopt, commit } from './support/adopter.ts'
import { fromDocs } from './support/from-docs.ts'

const stack = new AsyncDisposableStack()
const name = `actdeploy${randomBytes(2).toString('hex')}`
const environments = ['staging', 'production'] as const
type Environment = (typeof environments)[number]
let runner: Runner
let registry: RegistryServer
let project: TemporaryProject
let ports: Record<Environment, number>
let hosts: Record<Environment, Host>
let machines: string

/** A service that says its version, and at /base that of the image below it. */
const dockerfile = (base: string) => `FROM ${base}\nCOPY server.mjs version /app/\nCMD ["node", "/app/server.mjs"]\n`
const server = `import { createServer } from 'node:http'
import { readFileSync } from 'node:fs'
const version = readFileSync('/app/version', 'utf8')
const base = readFileSync('/version', 'utf8').trim()
createServer(({ url }, response) => response.end(url === '/base' ? base : version)).listen(process.env.PORT)
process.on('SIGTERM', () => process.exit(0))
`

beforeAll(async () => {
  machines = mkdtempSync(join(tmpdir(), 'nself-machines-'))
  stack.defer(() => rmSync(machines, { recursive: true, force: true }))
  runner = stack.use(await startRunner())
  registry = stack.use(await startRegistry())
  stack.defer(() => removeImages(registry.host))
  await pushBase(`${registry.host}/acme/base:1`, 'first', 'node:26-slim')
  hosts = { staging: stack.use(await startHost()), production: stack.use(await startHost()) }
  ports = await freePorts(...environments)
  stack.defer(() => removeStacks())
  const own = (environment: Environment) =>
    `BASE_DOMAIN=${environment}.example.test\nSSL_MODE=none\nNGINX_HTTP_PORT=${ports[environment]}\nNGINX_BIND_IP=127.0.0.1\n`
  project = stack.use(
    await adopt(
      registry.host,
      {
        '.env': `PROJECT_NAME=${name}\nPOSTGRES_ENABLED=false\nHASURA_ENABLED=false\nAUTH_ENABLED=false\nSERVICES_ENABLED=true\nCS_1=web:custom:3001:web\nCS_2=other:custom:3002:other\n`,
        '.env.dev': '# Nothing of its own.\n',
        '.env.staging': own('staging'),
        '.env.prod': own('production'),
        ...Object.fromEntries(
          ['web', 'other'].flatMap((service) => [
            [`services/${service}/Dockerfile`, dockerfile(`${registry.host}/acme/base:1`)],
            [`services/${service}/server.mjs`, server],
            [`services/${service}/version`, 'one'],
          ]),
        ),
      },
      { 'deploy-path': `${machines}/\${{ inputs.environment }}` },
    ),
  )
})
afterAll(() => stack.disposeAsync())

async function removeStacks(): Promise<void> {
  for (const environment of environments) {
    const ids = await run('docker', ['ps', '--all', '--quiet', '--filter', `label=nself.project=${name}-${environment}`])
    if (ids !== '') await run('docker', ['rm', '--force', '--volumes', ...ids.trim().split('\n')])
    await run('sh', ['-c', `docker network rm ${name}-${environment}_network || true`])
  }
}

/** Starts a workflow, with the variables and secrets of its environment. */
async function start(workflow: string, environment: Environment, event: Partial<Event> = {}): Promise<WorkflowRun> {
  const { target, folder } = hosts[environment]
  const variables = { NSELF_HOST: `${target.username}@127.0.0.1:${target.port}`, NSELF_KNOWN_HOSTS: target.knownHosts as string }
  const secrets = { NSELF_KEY: readFileSync(join(folder, 'client_key'), 'utf8') }
  const result = await runner.run(project.root, { event: 'workflow_dispatch', workflow, variables, secrets, ...event })
  expect({ exitCode: result.exitCode, log: result.exitCode === 0 ? '' : result.log }).toEqual({ exitCode: 0, log: '' })
  return result
}

const dispatch = (workflow: string, environment: Environment, inputs: Record<string, string> = {}) =>
  start(workflow, environment, { inputs: { environment, ...inputs } })

const ask = async (environment: Environment, service: string, path = '/') =>
  (await call({ port: ports[environment], host: `${service}.${environment}.example.test`, path })).text
const version = (environment: Environment, service = 'web') => ask(environment, service)

describe('deploys by hand', () => {
  it('show a plan, and do nothing', async () => {
    const { log } = await dispatch('nself-deploy.yml', 'staging', { 'dry-run': 'true' })
    expect(log).toMatch(/would change/)
    expect(await run('docker', ['ps', '--quiet', '--filter', `label=nself.project=${name}-staging`])).toBe('')
  })

  it('reach the machine of their environment, and no other', async () => {
    expect((await dispatch('nself-deploy.yml', 'staging')).outputs.changed).toBe('true')
    expect(await version('staging')).toBe('one')
    expect(await run('docker', ['ps', '--quiet', '--filter', `label=nself.project=${name}-production`])).toBe('')
    await dispatch('nself-deploy.yml', 'production')
    expect(await version('production')).toBe('one')
  })

  it('of a new commit replace what runs; a rollback brings it back', async () => {
    for (const service of ['web', 'other']) project.write(`services/${service}/version`, 'two')
    await commit(project, 'Version two')
    await dispatch('nself-deploy.yml', 'production')
    expect(await version('production')).toBe('two')
    expect(await version('staging')).toBe('one')
    await dispatch('nself-rollback.yml', 'production')
    expect(await version('production')).toBe('one')
  })

  it('of one service leave the others what they are', async () => {
    await dispatch('nself-deploy.yml', 'staging', { services: 'web' })
    expect(await version('staging')).toBe('two')
    expect(await version('staging', 'other')).toBe('one')
  })

  it('go back to a release by its name, with either workflow', async () => {
    const second = (await dispatch('nself-deploy.yml', 'production')).outputs.release as string
    expect(await version('production')).toBe('two')
    for (const service of ['web', 'other']) project.write(`services/${service}/version`, 'three')
    await commit(project, 'Version three')
    const third = (await dispatch('nself-deploy.yml', 'production')).outputs.release as string
    const back = await dispatch('nself-rollback.yml', 'production', { release: second })
    expect([back.outputs.release, await version('production')]).toEqual([second, 'two'])

    project.write(
      '.github/workflows/back.yml',
      project
        .read('.github/workflows/nself-deploy.yml')
        .replace('    with:\n', `    with:\n      rollback: true\n      release: ${third}\n`),
    )
    const forth = await dispatch('back.yml', 'production')
    expect([forth.jobs, forth.outputs.release, await version('production')]).toEqual([['deploy'], third, 'three'])
  })

  it('follow a nightly rebuild, when a base has moved', async () => {
    expect(await ask('staging', 'web', '/base')).toBe('first')
    await pushBase(`${registry.host}/acme/base:1`, 'second', 'node:26-slim')
    const own = `    with:\n      registry: ${registry.host}/acme\n      deploy-path: ${machines}/staging\n`
    project.write('.github/workflows/nightly.yml', fromDocs('docs/workflows.md', 'Deploy what a rebuild built').replace('    with:\n', own))
    const { jobs, outputs } = await start('nightly.yml', 'staging', { event: 'schedule' })
    expect([jobs.at(0), jobs.at(-1), outputs.changed]).toEqual(['build other', 'plan', 'true'])
    expect([await ask('staging', 'web', '/base'), await ask('staging', 'other', '/base')]).toEqual(['second', 'second'])
    expect(await ask('production', 'web', '/base')).toBe('first')
  })

  it('are what the page about deploying shows', async () => {
    const { target } = hosts.production
    const text = fromDocs('docs/deploy.md', 'Deploying')
      .replaceAll('ghcr.io/acme', `${registry.host}/acme`)
      .replace(
        'host: deploy@203.0.113.7',
        `host: ${target.username}@127.0.0.1:${target.port}\n          deploy-path: ${machines}/production`,
      )
    project.write('.github/workflows/page.yml', text)
    const key = readFileSync(join(hosts.production.folder, 'client_key'), 'utf8')
    const { outputs } = await start('page.yml', 'production', {
      variables: { KNOWN_HOSTS: target.knownHosts as string },
      secrets: { DEPLOY_KEY: key },
    })
    expect([outputs.changed, await ask('production', 'web', '/base')]).toEqual(['true', 'second'])
  })
})
