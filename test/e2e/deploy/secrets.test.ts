import { spawnSync } from 'node:child_process'
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { connectSsh } from '../../../action/adapters/ssh.ts'
import { pushApps } from '../../support/hosts/images.ts'
import type { TestService } from '../../support/hosts/release.ts'
import { type Host, makeKey, startHost } from '../../support/hosts/sshd.ts'
import { createWorld, type World } from '../../support/hosts/world.ts'
import { run } from '../support/run.ts'

// Values that would be seen anywhere: in argument lists while it runs, in files that others may read, in what is told about the run.
const canary = 'c4n4ry"$HOME\\$(id)`x'
const lines = '-----BEGIN KEY-----\nc4n4ry-second-line\n  c4n4ry third line\n-----END KEY-----\n'
const login = 'l0g1n-canary-password'
const passphrase = 'p4ss-canary-phrase'
const dockerConfig = JSON.stringify({ auths: { '127.0.0.1:5000': { auth: Buffer.from(`me:${login}`).toString('base64') } } })
const needles = ['c4n4ry', login, Buffer.from(`me:${login}`).toString('base64'), passphrase]

const stack = new AsyncDisposableStack()
let host: Host
let world: World
let image: string

beforeAll(async () => {
  image = (await pushApps('agent-e2e/secrets', ['v1'])).v1
  host = stack.use(await startHost())
  world = stack.use(await createWorld('secrets'))
})
afterAll(() => stack.disposeAsync())

const service = (more: Partial<TestService> = {}): TestService => ({
  name: 'api',
  class: 'roll',
  image,
  port: 3001,
  environment: { VERSION: 'v1', SECRET: '${SECRET}', LINES: '${LINES}' },
  ...more,
})
const release = (more: Partial<TestService> = {}) => world.release({ services: [service(more)], secrets: { SECRET: canary, LINES: lines } })

it('secrets are in no argument list, journal, log or open file, and nothing of a login stays', async () => {
  // Made before anybody looks: ssh-keygen itself takes the passphrase of a new key as an argument.
  const { key } = await makeKey(join(host.folder, 'protected'), 'ed25519', passphrase)
  const seen: string[] = []
  let isOver = false
  const sampling = (async () => {
    // Both sides are this machine.
    for (; !isOver; await sleep(15))
      for (const pid of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) seen.push(...argumentsOf(pid))
  })()
  const events: string[] = []
  const authorized = readFileSync(join(host.folder, 'protected.pub'), 'utf8')
  await run('sh', ['-c', `printf '%s' '${authorized}' >> ${host.authorizedKeys}`])
  {
    await using ssh = await connectSsh({ ...host.target, key, passphrase })
    const how = { ssh, dockerConfig, onEvent: (event: object) => void events.push(JSON.stringify(event)) }
    expect(await world.deploy(release(), how)).toMatchObject({ status: 'ok' })
    // One that prints its secret and fails: its last words are told, without it.
    const failing = await world.deploy(
      release({
        environment: { SECRET: '${SECRET}', LINES: '${LINES}' },
        probe: 'http:/nothing/here',
        startSeconds: 6,
        command: ['sh', '-c', 'printf "my secret is %s\\n" "$$SECRET" "$$LINES"; sleep 2; exit 1'],
      }),
      how,
    )
    expect(failing.status).toBe('failed')
    expect(events.join('\n')).toMatch(/my secret is \*\*\* my secret is \*\*\* \*\*\* {3}\*\*\* \*\*\*/)
    events.push(failing.detail)
  }
  isOver = true
  await sampling

  const env = JSON.parse(await run('docker', ['inspect', '-f', '{{json .Config.Env}}', `${world.project}-api-blue-1`])) as string[]
  expect(env).toEqual(expect.arrayContaining([`SECRET=${canary}`, `LINES=${lines}`]))
  const edge = await run('docker', ['inspect', `${world.project}-edge-nginx-1`])
  const told = [...seen, ...events, edge].join('\n')
  for (const needle of needles) expect(told).not.toContain(needle)

  const files = readdirSync(world.root, { recursive: true, encoding: 'utf8' }).map((path) => join(world.root, path))
  for (const file of files.filter((path) => statSync(path).isFile() && !path.endsWith('/.env'))) {
    const text = readFileSync(file, 'utf8')
    for (const needle of needles) expect(text, file).not.toContain(needle)
  }
  const modes = files
    .filter((path) => /\/(secrets|state)(\/|$)/.test(path))
    .map((path) => [path.slice(world.root.length), (statSync(path).mode & 0o077).toString(8)])
  expect(modes.filter(([, open]) => open !== '0')).toEqual([])
  expect(statSync(world.root).mode & 0o777).toBe(0o700)
  expect(readdirSync('/dev/shm').filter((name) => name.startsWith(`nself-login.${world.project}`))).toEqual([])
})

it('a login is gone even when the run is killed', async () => {
  await using killed = await createWorld('login')
  const { localHost } = await import('../../support/hosts/local-host.ts')
  const built = killed.release({ services: [service()], secrets: { SECRET: canary, LINES: lines } })
  const result = await killed.deploy(built, { ssh: localHost({ NSELF_AGENT_KILL_AT: 'preflight' }), dockerConfig })
  expect(result.status).toBe('interrupted')
  const logins = () => readdirSync('/dev/shm').filter((name) => name.startsWith(`nself-login.${killed.project}`))
  for (let wait = 0; wait < 50 && logins().length > 0; wait++) await sleep(100)
  expect(logins()).toEqual([])
})

it('text of any kind in what the agent is told executes nothing', () => {
  const agent = join(import.meta.dirname, '../../../action/deploy/agent/agent.sh')
  const marker = '/tmp/nself-agent-owned'
  const hostile = fc.oneof(
    fc.string({ unit: 'binary' }).filter((text) => !text.includes('\0')),
    fc.constantFrom(
      `$(touch ${marker})`,
      `\`touch ${marker}\``,
      `'; touch ${marker}; '`,
      `"; touch ${marker}; "`,
      `a\ntouch ${marker}\n`,
      `-n`,
      `../../x`,
      `*`,
      `\${IFS}`,
    ),
  )
  fc.assert(
    fc.property(
      fc.constantFrom('receive', 'secrets', 'start', 'follow', 'maintenance', 'probe'),
      fc.array(hostile, { maxLength: 5 }),
      hostile,
      (verb, words, root) => {
        const { status } = spawnSync('sh', [agent, verb, root.startsWith('/') ? root : `/tmp/nself-none/${root}`, ...words], {
          input: words.join(''),
          timeout: 20_000,
        })
        expect(status).not.toBeNull()
      },
    ),
    { numRuns: Number(process.env.NSELF_PROPERTY_RUNS ?? 60) },
  )
  expect(spawnSync('ls', [marker]).status).not.toBe(0)
})

function argumentsOf(pid: string): string[] {
  try {
    return [readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ')]
  } catch {
    return []
  }
}
