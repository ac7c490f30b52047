import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readAgentScript } from '../../../action/adapters/agent-script.ts'
import { checkTargetHost, checkTargetInputs } from '../../../action/commands/deploy/deploy-target.ts'
import { formatPlan } from '../../../action/deploy/plan/format-plan.ts'
import { hostStatus } from '../../../action/deploy/plan/host-status.ts'
import { planSwarm } from '../../../action/deploy/plan/swarm-plan.ts'
import { encodeEnv } from '../../../action/deploy/release/env-content.ts'
import type { Manifest } from '../../../action/deploy/release/types.ts'
import type { HostContainer, Probe, SwarmFacts } from '../../../action/deploy/remote/probe.ts'
import { plainReferences } from '../../../action/deploy/swarm/plain-references.ts'
import { type Inputs, readInputs } from '../../../action/inputs.ts'
import { tool } from '../../support/project.ts'
import { bundle, bundleOf } from './support.ts'

describe('plainReferences', () => {
  const values = new Map([
    ['A', 'a'],
    ['EMPTY', ''],
  ])
  it.each([
    ['plain', 'plain'],
    ['$$A and $$$$', '$$A and $$$$'],
    ['${A}-$A', '${VALUE_A}-${VALUE_A}'],
    ['${A:?why}${A?why}', '${VALUE_A}${VALUE_A}'],
    ['${NONE}|${EMPTY}', '|${VALUE_EMPTY}'],
    ['${A:-x}${A-x}', '${VALUE_A}${VALUE_A}'],
    ['${NONE:-x}${NONE-y}', 'xy'],
    ['${EMPTY:-x}${EMPTY-x}', 'x${VALUE_EMPTY}'],
    ['${A:+x}${A+x}${NONE:+x}${EMPTY:+y}${EMPTY+z}', 'xxz'],
    ['{"k":"${NONE:-${A:-}}"}', '{"k":"${VALUE_A}"}'],
    ['${NONE:-${EMPTY:-a$$b}}!', 'a$$b!'],
    ['a$', 'a$$'],
    ['$(id) ${} $1', '$$(id) $${} $$1'],
    ['${A', '${VALUE_A}'],
  ])('%s → %s', (text, plain) => {
    expect(plainReferences(text, values)).toBe(plain)
  })
})

// A whole release as it is uploaded, apart from nginx's files, which hardly differ from those for machines.
describe('a release of example 2 for a swarm', () => {
  const text = readFileSync(join(tool, 'examples/2-microservices/.env.dev'), 'utf8')
  const { files } = bundleOf({ '.env.prod': `${text}\nBASE_DOMAIN=example.com\nSSL_MODE=custom\n` }, { target: 'swarm' })
  const own = [...files].filter(([path]) => !path.startsWith('edge/') || /gateway/.test(path))

  it.each(own)('%s', async (path, content) => {
    await expect(content).toMatchFileSnapshot(join(tool, 'test/golden/deploy/2-microservices-swarm', path))
  })

  it('has no file of the colours', () => {
    expect([...files.keys()].filter((path) => /blue|green|edge\.yml/.test(path))).toEqual([])
  })
})

describe('what a swarm cannot do', () => {
  const found = (text: string) =>
    bundle(text, { target: 'swarm' })
      .diagnostics.filter(({ severity }) => severity === 'error')
      .map(({ code, message }) => `${code} ${message}`)
  it.each([
    ['letsencrypt, the default', 'CS_1=a:gin', 'NB819 SSL_MODE is letsencrypt'],
    ['one address', 'SSL_MODE=none\nNGINX_BIND_IP=127.0.0.1\nCS_1=a:gin', 'NB819 NGINX_BIND_IP is 127.0.0.1'],
    ['a name of nginx', 'SSL_MODE=none\nCS_1=nginx-internal:gin', 'NB818 nginx-internal is what'],
    [
      'a name of another service',
      'SSL_MODE=none\nCS_1=a:gin\nCS_2=a-app:gin',
      'NB818 a-app is what a deploy to a swarm calls the tasks of a.',
    ],
    ['long names', `SSL_MODE=none\nCS_1=${'a'.repeat(50)}:gin`, 'NB819 aaaa'],
  ])('%s', (_, text, message) => {
    expect(found(`POSTGRES_ENABLED=false\n${text}`)).toEqual([expect.stringContaining(message)])
  })

  const inputs = (more: Partial<Inputs>) => ({ ...(readInputs(new Map([['target', 'swarm']]), (name) => name).inputs as Inputs), ...more })
  const address = { username: 'u', host: 'h', port: 22 }
  it.each([
    ['several machines', { hosts: [address, address] }],
    ['observe', { observe: 5 }],
    ['restart-edge', { restartEdge: true }],
    ['maintenance', { maintenance: 'on' as const }],
  ])('%s', (_, more) => {
    expect(checkTargetInputs(inputs(more)).map(({ code }) => code)).toEqual(['NB819'])
    expect(checkTargetInputs(inputs({ ...more, target: 'hosts' }))).toEqual([])
  })
})

const text =
  'SSL_MODE=none\nPOSTGRES_PASSWORD=x1\nHASURA_ENABLED=false\nAUTH_ENABLED=false\nCS_1=api:gin\nCS_1_DATABASE=api\nCS_2=jobs:python\n'
const release = (more = '', settings = {}) => bundleOf(`${text}${more}`, { target: 'swarm', ...settings })
const ready: SwarmFacts = { state: 'active', manager: true, dataNodes: 1 }

/** A manager of a swarm on which a release runs as it should. */
function managerWith(manifest: Manifest | undefined, more: Partial<Probe> = {}): Probe {
  const task = (service: string, hash: string, role = ''): HostContainer => ({
    ...{ id: service, name: service, service, role, color: 'none', hash, image: 'i', state: 'running', health: '', restarts: 0 },
  })
  const { services = [], edge = { hash: '' }, release: current = '', edgeHash = '', envHash = '' } = manifest ?? {}
  const own = services.filter(({ class: kind }) => kind !== 'once').map(({ name, hash }) => task(name, hash))
  const nginx = manifest === undefined ? [] : [task('edge', edge.hash, 'edge'), task('nginx-internal', edge.hash, 'edge')]
  return {
    ...{
      docker: '26.1.5',
      compose: '2.26.1',
      arch: 'amd64',
      liveRestore: false,
      freeKb: 1e7,
      freeInodes: 1e6,
      exists: true,
      writable: true,
    },
    ...{
      missing: [],
      previous: '',
      agents: [],
      certificates: [],
      unknown: [],
      green: [],
      names: [],
      maintenance: false,
      locked: false,
      owner: null,
    },
    current,
    releases: manifest === undefined ? [] : [{ id: current, intact: true, status: 'ok' }],
    manifest: manifest ?? null,
    secrets: [envHash],
    edgeHash,
    containers: [...own, ...nginx],
    swarm: ready,
    ...more,
  }
}

describe('planSwarm', () => {
  const before = release().manifest
  const kept = { api: 'keep', jobs: 'keep', postgres: 'keep', redis: 'keep', 'postgres-init': 'run', edge: 'keep' }
  const plan = (after: Manifest, probe = managerWith(before)) => planSwarm('m', after, probe, { recreate: [], newCertificates: false })
  const actions = (...args: Parameters<typeof plan>) => {
    const { services, edge } = plan(...args)
    return { ...Object.fromEntries(services.map(({ name, action }) => [name, action])), edge }
  }

  it('does nothing where the release runs, and says so', () => {
    expect(plan(before)).toMatchObject({ isUnchanged: true, edge: 'keep' })
    expect(formatPlan(plan(before))).toContain('Nothing to do.')
  })

  it.each([
    ['a new image: new tasks first', release('', { digests: { api: 'b' } }), { api: 'overlap' }],
    ['another worker: old tasks end first', release('', { digests: { jobs: 'b' } }), { jobs: 'recreate' }],
    ['more replicas', release('CS_1_REPLICAS=3'), { api: 'overlap' }],
    ['a rate limit', release('CS_1_RATE_LIMIT=10'), { edge: 'replace', 'postgres-init': 'keep' }],
    ['other ports', release('NGINX_HTTP_PORT=8080'), { edge: 'replace', 'postgres-init': 'keep' }],
    ['a service more', release('CS_3=web:gin'), { web: 'create', edge: 'replace' }],
    ['a database of another version, which stays', release('POSTGRES_VERSION=17-alpine'), { postgres: 'differs', 'postgres-init': 'keep' }],
  ])('%s', (_, { manifest }, expected) => {
    expect(actions(manifest)).toEqual({ ...kept, ...expected })
  })

  it('replaces nginx for certificates that come along', () => {
    const certificates = { recreate: [], newCertificates: true }
    expect(planSwarm('m', before, managerWith(before), certificates)).toMatchObject({ edge: 'replace', isUnchanged: false })
  })

  it('scales without a new version', () => {
    const hash = ({ services }: Manifest) => services.find(({ name }) => name === 'api')?.hash
    expect(hash(release('CS_1_REPLICAS=3').manifest)).toBe(hash(before))
  })

  it('creates everything on an empty swarm', () => {
    const created = { api: 'create', jobs: 'create', postgres: 'create', redis: 'create', edge: 'create' }
    expect(actions(before, managerWith(undefined))).toEqual({ ...kept, ...created })
  })

  it('status compares in the same way, and has no word of what only a machine by itself has', () => {
    const { services, lines } = hostStatus('m', managerWith(before))
    expect(services.map(({ name, drift }) => [name, drift])).toEqual(['api', 'jobs', 'postgres', 'redis'].map((name) => [name, '']))
    expect(lines.join('\n')).not.toMatch(/maintenance|live-restore/)
  })
})

describe('checkTargetHost', () => {
  const swarm = release()
  const ssh = { host: 'm' } as Parameters<typeof checkTargetHost>[1]['ssh']
  const found = (probe: Probe, target: 'hosts' | 'swarm' = 'swarm') =>
    checkTargetHost(target, { ssh, probe }, swarm).map(({ code, message, fix }) => `${code} ${message} ${fix}`)
  const facts = (more: Partial<SwarmFacts>) => managerWith(undefined, { swarm: { ...ready, ...more } })
  it.each([
    ['no swarm', facts({ state: 'inactive', manager: false }), /NB813 .*no Docker Swarm.*docker swarm init/],
    ['a worker', facts({ manager: false }), /NB813 .*worker.*docker node ls/],
    ['nobody keeps data', facts({ dataNodes: 0 }), /NB813 .*docker node update --label-add nself.data=true/],
    ['two keep data', facts({ dataNodes: 2 }), /NB813 .*2 machines.*--label-rm/],
    ['a release for machines', managerWith(bundleOf(text).manifest), /NB820 .*target: hosts.*docker compose -p shop-production-edge down/],
  ])('%s', (_, probe, message) => {
    expect(found(probe)).toEqual([expect.stringMatching(message)])
  })

  it('lets a ready manager through, and a release for a swarm to no machine by itself', () => {
    expect(found(managerWith(swarm.manifest))).toEqual([])
    expect(found(managerWith(swarm.manifest), 'hosts')).toEqual([expect.stringMatching(/NB820 .*docker stack rm shop-production/)])
  })
})

describe('the agent for a swarm', () => {
  const agent = readAgentScript(tool, 'swarm')
  const functions = agent.slice(0, agent.lastIndexOf('main "$@"'))

  it('has functions of its own in the place of those for containers', () => {
    for (const name of ['preflight', 'ensure_edge', 'plan', 'undo', 'probe_containers', 'probe_edge'])
      expect(agent.match(new RegExp(`^${name}\\(\\)`, 'gm')), name).toHaveLength(2)
  })

  // Control characters are refused in env files; line ends and tabs are not.
  const character = fc.oneof(
    fc.constantFrom(
      ...'\\"\'$`!#&|;<>(){}[]*?~=% \t\n\r',
      '${A}',
      '$$',
      '$(touch hacked)',
      '`touch hacked`',
      '\\n',
      '\\\\n',
      'é',
      '漢',
      '\n\n',
    ),
    fc.string({ unit: 'grapheme-ascii', minLength: 1, maxLength: 1 }),
  )
  const value = fc.array(character, { maxLength: 12 }).map((parts) => parts.join(''))

  const has = (program: string) => spawnSync('sh', ['-c', `command -v ${program}`]).status === 0
  const shells = [['dash'], ['busybox', 'sh']].filter(([program = '']) => has(program))

  it.runIf(has('shellcheck'))('has nothing that shellcheck finds, but functions that others take the place of', () => {
    const { stdout } = spawnSync('shellcheck', ['--shell=sh', '--exclude=SC2317', '-'], { encoding: 'utf8', input: agent })
    expect(stdout).toBe('')
  })

  it.each(shells)('hands values over as they are, and executes none (%s)', (shell = '', ...words) => {
    const folder = mkdtempSync(join(tmpdir(), 'nself-values-'))
    try {
      writeFileSync(join(folder, 'agent.sh'), `${functions}\nENV_FILE=$1\nshift\nwith_values "$@"\n`)
      fc.assert(
        fc.property(fc.array(value, { minLength: 20, maxLength: 20 }), (values) => {
          const named = new Map(values.map((text, index) => [`V${index}`, text]))
          writeFileSync(join(folder, '.env'), encodeEnv(named))
          const print = 'process.stdout.write(JSON.stringify(process.env))'
          const { stdout, stderr } = spawnSync(
            shell,
            [...words, join(folder, 'agent.sh'), join(folder, '.env'), process.execPath, '-e', print],
            {
              encoding: 'utf8',
              cwd: folder,
            },
          )
          expect(stderr).toBe('')
          const found = Object.entries(JSON.parse(stdout) as Record<string, string>).filter(([name]) => name.startsWith('VALUE_'))
          expect(new Map(found)).toEqual(new Map([...named].map(([name, text]) => [`VALUE_${name}`, text])))
        }),
        { numRuns: 10 },
      )
    } finally {
      rmSync(folder, { recursive: true })
    }
  })
})
