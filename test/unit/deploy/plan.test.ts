import { describe, expect, it } from 'vitest'
import { formatPlan, formatPlanMarkdown } from '../../../action/deploy/plan/format-plan.ts'
import { planHost } from '../../../action/deploy/plan/host-plan.ts'
import { hostStatus } from '../../../action/deploy/plan/host-status.ts'
import type { Manifest } from '../../../action/deploy/release/types.ts'
import type { HostContainer, Probe } from '../../../action/deploy/remote/probe.ts'
import { bundleOf, emptyProbe as empty } from './support.ts'

const text = `SSL_MODE=none
POSTGRES_PASSWORD=x1
HASURA_ENABLED=false
AUTH_ENABLED=false
CS_1=api:gin
CS_1_DATABASE=api_db
CS_1_MIGRATE=./migrate
CS_1_ENV=TOKEN=\${TOKEN}
CS_2=jobs:python
`
const options = { recreate: [], restartEdge: false }
const release = (more = '', settings = {}) => bundleOf(`${text}${more}`, { outer: { TOKEN: 'one' }, ...settings }).manifest

/** A host on which a release runs as it should. */
function hostWith(manifest: Manifest, more: Partial<Probe> = {}): Probe {
  const containers = manifest.services
    .filter(({ class: serviceClass }) => serviceClass !== 'once')
    .flatMap((service) =>
      Array.from({ length: service.replicas }, (_, index) =>
        container(service.name, service.hash, service.class === 'roll' ? 'blue' : 'none', { id: `${service.name}${index}` }),
      ),
    )
  return {
    ...empty,
    exists: true,
    current: manifest.release,
    releases: [{ id: manifest.release, intact: true, status: 'ok' }],
    manifest,
    secrets: [manifest.envHash],
    edgeHash: manifest.edgeHash,
    names: manifest.services.filter(({ class: serviceClass }) => serviceClass === 'roll').map(({ name }) => name),
    containers: [...containers, container('edge', manifest.edge.hash, 'none', { role: 'edge' })],
    ...more,
  }
}

function container(service: string, hash: string, color: string, more: Partial<HostContainer> = {}): HostContainer {
  return {
    id: service,
    name: service,
    service,
    role: '',
    color,
    hash,
    image: 'i',
    state: 'running',
    health: 'healthy',
    restarts: 0,
    ...more,
  }
}

const actions = (manifest: Manifest, probe: Probe, settings = options) => {
  const plan = planHost('host', manifest, probe, settings)
  return { ...Object.fromEntries(plan.services.map(({ name, action }) => [name, action])), edge: plan.edge, unchanged: plan.isUnchanged }
}
const kept = { api: 'keep', jobs: 'keep', postgres: 'keep', redis: 'keep', 'postgres-init': 'keep', edge: 'keep', unchanged: false }
const before = release()
const change = (probe: Probe, service: string, changes: Partial<HostContainer>): Probe => ({
  ...probe,
  containers: probe.containers.map((each) => (each.service === service ? { ...each, ...changes } : each)),
})

describe('planHost', () => {
  it('creates everything on an empty host', () => {
    const created = { api: 'create', jobs: 'create', postgres: 'create', redis: 'create', 'postgres-init': 'run', edge: 'create' }
    expect(actions(before, empty)).toEqual({ ...created, unchanged: false })
  })

  it('does nothing where the release runs', () => {
    expect(actions(before, hostWith(before))).toEqual({ ...kept, unchanged: true })
  })

  it.each([
    ['a new image', release('', { digests: { api: 'b' } }), { api: 'roll', 'postgres-init': 'run' }],
    ['another worker', release('', { digests: { jobs: 'b' } }), { jobs: 'recreate', 'postgres-init': 'run' }],
    ['another value', release('', { outer: { TOKEN: 'two' } }), { api: 'roll', 'postgres-init': 'run' }],
    ['more replicas', release('CS_1_REPLICAS=3'), { api: 'roll', 'postgres-init': 'run' }],
    ['another domain', release('CS_1_PROD_DOMAIN=other.example.com'), { api: 'roll', edge: 'reload', 'postgres-init': 'run' }],
    ['a service more', release('CS_3=web:gin'), { web: 'create', edge: 'reload', 'postgres-init': 'run' }],
    ['a rate limit', release('CS_1_RATE_LIMIT=10'), { edge: 'reload' }],
    ['other ports', release('NGINX_HTTP_PORT=8080'), { edge: 'differs' }],
    ['another database version', release('POSTGRES_VERSION=17-alpine'), { postgres: 'differs', 'postgres-init': 'keep' }],
  ])('%s', (_, after, expected) => {
    expect(actions(after, hostWith(before))).toEqual({ ...kept, ...expected })
  })

  it('removes what the release does not have', () => {
    expect(actions(before, hostWith(release('CS_3=web:gin')))).toEqual({ ...kept, web: 'remove', edge: 'reload' })
  })

  it.each([
    ['a stopped container', change(hostWith(before), 'api', { state: 'exited' }), { api: 'roll' }],
    ['an unhealthy container', change(hostWith(before), 'api', { health: 'unhealthy' }), { api: 'roll' }],
    ['a container of somebody else’s making', change(hostWith(before), 'api', { hash: 'other' }), { api: 'roll' }],
    ['a stopped database', change(hostWith(before), 'postgres', { state: 'exited' }), { postgres: 'start' }],
    [
      'a changed database',
      change(hostWith(before), 'postgres', { hash: 'other' }),
      { postgres: 'differs', 'postgres-init': 'keep', unchanged: true },
    ],
    ['a paused worker', change(hostWith(before), 'jobs', { state: 'paused' }), { jobs: 'recreate' }],
    [
      'nginx gone',
      { ...hostWith(before), containers: hostWith(before).containers.filter(({ role }) => role !== 'edge') },
      { edge: 'create', 'postgres-init': 'keep' },
    ],
    ['nginx stopped', change(hostWith(before), 'edge', { state: 'exited' }), { edge: 'create', 'postgres-init': 'keep' }],
    ['edited nginx files', hostWith(before, { edgeHash: 'other' }), { edge: 'reload', 'postgres-init': 'keep' }],
  ])('%s', (_, probe, expected) => {
    expect(actions(before, probe)).toEqual({ ...kept, 'postgres-init': 'run', ...expected })
  })

  it('cleans up what an interrupted run left, and looks at the live colour only', () => {
    const probe = hostWith(before)
    const left = { ...probe, containers: [...probe.containers, container('api', 'new', 'green')] }
    expect(actions(before, left)).toEqual({ ...kept, api: 'clean' })
    expect(actions(before, { ...left, green: ['api'] })).toMatchObject({ api: 'roll' })
  })

  it('takes the other colour for live when nothing runs where the flag points, and puts the flag right', () => {
    expect(actions(before, hostWith(before, { green: ['api'] }))).toEqual({ ...kept, api: 'clean' })
  })

  it('gives a service its name again, unless nginx starts anyway', () => {
    expect(actions(before, hostWith(before, { names: [] }))).toEqual({ ...kept, api: 'clean' })
    expect(actions(before, change(hostWith(before, { names: [] }), 'edge', { state: 'exited' }))).toMatchObject({
      api: 'keep',
      edge: 'create',
    })
  })

  it('replaces what keeps data when it is asked for, and nothing else', () => {
    expect(actions(before, hostWith(before), { recreate: ['postgres'], restartEdge: true } as never)).toMatchObject({
      postgres: 'recreate',
      redis: 'keep',
      edge: 'keep',
    })
    expect(actions(release('NGINX_HTTP_PORT=8080'), hostWith(before), { ...options, restartEdge: true })).toMatchObject({ edge: 'restart' })
  })

  it.each([
    ['the release is not current', { current: 'aaaaaaaaaaaa' }],
    ['its files were edited', { releases: [{ id: before.release, intact: false, status: 'ok' }] }],
    ['its last run failed', { releases: [{ id: before.release, intact: true, status: 'failed' }] }],
    ['its values are gone', { secrets: [] }],
  ])('is not unchanged when %s', (_, facts) => {
    expect(planHost('host', before, hostWith(before, facts), options).isUnchanged).toBe(false)
  })

  it('names variables, never their values', () => {
    const after = release('CS_1_ENV=TOKEN=${TOKEN},NEW=${NEW_SECRET}\nREDIS_PASSWORD=', { outer: { TOKEN: 'two', NEW_SECRET: 'canary' } })
    expect(planHost('host', after, hostWith(before), options).variables).toEqual({
      added: ['NEW_SECRET', 'REDIS_PASSWORD'],
      changed: ['TOKEN'],
      removed: [],
    })
  })
})

describe('formatPlan', () => {
  const after = release('CS_3=web:gin\nPOSTGRES_VERSION=17-alpine', { digests: { api: 'b' }, outer: { TOKEN: 'two' } })
  const plan = planHost('deploy@host:22', after, hostWith(before, { unknown: ['stray'] }), options)

  it('reads like a plan', () => {
    expect(formatPlan(plan).replaceAll(after.release, 'AFTER').replaceAll(before.release, 'BEFORE')).toMatchInlineSnapshot(`
      "deploy@host:22: release AFTER, now BEFORE
           service        action
        ~  api            roll     image aaaaaaaaaaaa → bbbbbbbbbbbb; its migration runs first
        =  jobs           keep
        !  postgres       differs  image postgres:16-alpine → postgres:17-alpine; left alone, since it keeps data; recreate: postgres replaces it
        >  postgres-init  run
        =  redis          keep
        +  web            create
        variables, changed: TOKEN
        not of this deploy, left alone: stray
        nginx reloads its files.
      Plan: 1 to create, 1 to roll, 2 unchanged, 1 different, left alone.
      "
    `)
  })

  it('is Markdown that no name can break', () => {
    expect(formatPlanMarkdown({ ...plan, unknown: ['a|b<script>'] })).toContain('a\\|b&lt;script&gt;')
  })

  it('says when there is nothing to do', () => {
    expect(formatPlan(planHost('h', before, hostWith(before), options))).toContain('Nothing to do.')
  })
})

describe('hostStatus', () => {
  it('tells what runs and how it differs', () => {
    const probe = change(hostWith(before, { previous: 'bbbbbbbbbbbb', maintenance: true }), 'api', { state: 'exited', restarts: 3 })
    const status = hostStatus('host', probe)
    expect(status.services.find(({ name }) => name === 'api')).toEqual({
      name: 'api',
      color: 'blue',
      containers: 1,
      state: 'exited, restarted 3 times',
      image: 'i',
      drift: 'roll: 0 of 1 containers are running',
    })
    expect(status.lines).toContain('maintenance: on')
  })

  it('shows the colour that serves when the flag points to the other one', () => {
    const { services } = hostStatus('host', hostWith(before, { green: ['api'] }))
    expect(services.find(({ name }) => name === 'api')).toMatchObject({
      color: 'blue',
      state: 'healthy',
      drift: expect.stringContaining('flag'),
    })
  })

  it('has something to say about an empty host', () => {
    expect(hostStatus('host', empty)).toMatchObject({ services: [], current: '' })
  })
})
