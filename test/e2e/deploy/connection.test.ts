import { fork } from 'node:child_process'
import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { connectSsh } from '../../../action/adapters/ssh.ts'
import { agentCommand, agentName } from '../../../action/deploy/remote/agent.ts'
import { deliver } from '../../../action/deploy/remote/deliver.ts'
import { packRelease } from '../../../action/deploy/remote/pack.ts'
import { RemoteError } from '../../../action/deploy/remote/remote-error.ts'
import { pushApps } from '../../support/hosts/images.ts'
import { leftovers } from '../../support/hosts/leftovers.ts'
import type { TestService } from '../../support/hosts/release.ts'
import { type Host, startHost } from '../../support/hosts/sshd.ts'
import { agent, createWorld, type World } from '../../support/hosts/world.ts'
import { lastRun } from './support/journal.ts'

// Through a real sshd: what is cut, killed or tampered with on the way.
const stack = new AsyncDisposableStack()
let host: Host
let world: World
let images: Record<'v1' | 'v2', string>
let live: 'v1' | 'v2' = 'v1'
const next = (): 'v1' | 'v2' => (live === 'v1' ? 'v2' : 'v1')
const service = (version: 'v1' | 'v2', more: Partial<TestService> = {}): TestService => ({
  name: 'api',
  class: 'roll',
  image: images[version],
  port: 3001,
  environment: { VERSION: version },
  ...more,
})
const release = (version: 'v1' | 'v2', more: Partial<TestService> = {}) => world.release({ services: [service(version, more)] })

beforeAll(async () => {
  images = await pushApps('agent-e2e/connection', ['v1', 'v2'])
  host = stack.use(await startHost())
  world = stack.use(await createWorld('connection'))
  await using ssh = await connectSsh(host.target)
  expect(await world.deploy(release('v1'), { ssh })).toMatchObject({ status: 'ok' })
})
afterAll(() => stack.disposeAsync())

async function expectConverges(): Promise<void> {
  await using ssh = await connectSsh(host.target)
  expect(await world.deploy(release(next()), { ssh, lockWaitSeconds: 120 })).toMatchObject({ status: 'ok' })
  live = next()
  expect(await world.answer('api')).toBe(live)
  expect(await world.containers()).toHaveLength(2)
  expect(leftovers(world)).toEqual([])
}

describe('a run', () => {
  it('goes on while the connection is cut again and again, and is followed to its end, no event twice', async () => {
    await using ssh = await connectSsh(host.target)
    let cutting: Promise<void> | undefined
    const cutAgainAndAgain = async () => {
      for (let cut = 0; cut < 3; cut++) {
        await host.cutConnections()
        await sleep(3000)
      }
    }
    const onEvent = () => {
      cutting ??= cutAgainAndAgain()
    }
    const result = await world.deploy(release(next()), { ssh, onEvent })
    await cutting
    live = next()
    expect(result.status).toBe('ok')
    const lines = result.events.map(({ at, event, service }) => `${at} ${event} ${service}`)
    expect(new Set(lines).size).toBe(lines.length)
    expect(result.events.map(({ event }) => event)).toEqual(
      expect.arrayContaining(['begin', 'start', 'flipped', 'stopped', 'committed', 'success']),
    )
    expect(await world.answer('api')).toBe(live)
  })

  it('goes on when the runner is killed, and the next run waits for it', async () => {
    const built = release(next())
    await using ssh = await connectSsh(host.target)
    await deliver(ssh, { agent, root: world.root, release: built, secrets: built.secrets }, await world.probe(ssh))
    const runner = fork(join(import.meta.dirname, '../../support/hosts/runner.ts'), [
      JSON.stringify({ target: host.target, root: world.root, release: built.id }),
    ])
    await new Promise((resolve) => runner.on('message', resolve))
    runner.kill('SIGKILL')
    expect((await world.probe()).locked).toBe(true)
    await expectConverges()
  })

  it('that is at work is followed by whoever wants the same, without waiting for the lock', async () => {
    await using ssh = await connectSsh(host.target)
    const built = release(next())
    const first = world.deploy(built, { ssh })
    for (let wait = 0; wait < 300 && !(await world.probe()).locked; wait++) await sleep(100)
    const second = await world.start(built, { ssh, lockWaitSeconds: 0 })
    expect(second.status).toBe('ok')
    expect(second.events).toEqual((await first).events)
    live = next()
    expect(await world.answer('api')).toBe(live)
  })

  it('is followed event by event through a login shell that greets everybody', async () => {
    const greeting = 'Welcome to {this} machine!'
    await using greeter = await startHost({ config: [`ForceCommand echo '${greeting}'; exec sh -c "$SSH_ORIGINAL_COMMAND"`] })
    await using ssh = await connectSsh(greeter.target)
    expect((await ssh.run('true', { timeoutSeconds: 10 })).stdout).toBe(`${greeting}\n`)
    const built = release(next())
    const { status, events } = await world.deploy(built, { ssh })
    live = next()
    expect(status).toBe('ok')
    expect(events).toEqual(lastRun(world.root, built.id))
  })

  it('finds the lock taken, and says by whom', async () => {
    await using ssh = await connectSsh(host.target)
    const first = world.deploy(release(next()), { ssh })
    for (let wait = 0; wait < 300 && !(await world.probe()).locked; wait++) await sleep(100)
    const second = await world.start(release(live), { ssh, action: 'rollback' }).catch((error: unknown) => error)
    expect(second).toBeInstanceOf(RemoteError)
    expect((second as RemoteError).diagnostic).toMatchObject({
      code: 'NB857',
      message: expect.stringMatching(/activate of release [0-9a-f]{12}, since .*, who test/),
    })
    expect(await first).toMatchObject({ status: 'ok' })
    live = next()
  })

  it('waits for the lock when it is told to: a deploy during a rollback, one after the other', async () => {
    await using ssh = await connectSsh(host.target)
    const back = world.start(release(next()), { ssh, action: 'rollback' })
    await sleep(1000)
    const forth = await world.start(release(live), { ssh, lockWaitSeconds: 200 })
    expect([(await back).status, forth.status]).toEqual(['ok', 'ok'])
    expect(await world.answer('api')).toBe(live)
    expect(leftovers(world)).toEqual([])
  })
})

describe('an upload', () => {
  const receive = async (built: { id: string }, sum: string, bytes: AsyncIterable<Uint8Array> | Uint8Array) => {
    await using ssh = await connectSsh(host.target)
    return await ssh.run(agentCommand(agent, world.root, 'receive', built.id, sum), { stdin: bytes, timeoutSeconds: 30 })
  }
  const bytesOf = async (stream: AsyncIterable<Uint8Array>) => {
    const chunks: Uint8Array[] = []
    for await (const chunk of stream) chunks.push(chunk)
    return Buffer.concat(chunks)
  }
  const other = () => release(next(), { environment: { VERSION: next(), OTHER: 'x' } })
  const there = (built: { id: string }) => existsSync(join(world.root, 'releases', built.id))

  it('that is cut short leaves nothing', async () => {
    const built = other()
    const { stream, sum } = packRelease(built.files)
    const bytes = await bytesOf(stream)
    expect(await receive(built, sum, bytes.subarray(0, bytes.length / 2))).toMatchObject({
      exitCode: 1,
      stderr: expect.stringMatching(/whole|the one that was sent/),
    })
    expect(there(built)).toBe(false)
    expect(leftovers(world)).toEqual([])
  })

  it.each([
    ['another content', (files: Map<string, string>) => files.set('compose.yml', `${files.get('compose.yml')} `)],
    ['one file more', (files: Map<string, string>) => files.set('evil.yml', '')],
    ['one file less', (files: Map<string, string>) => files.delete('edge.yml')],
  ])('with %s is refused', async (_, change) => {
    const built = other()
    const { sum } = packRelease(built.files)
    const files = new Map(built.files)
    change(files)
    const result = await receive(built, sum, packRelease(files).stream)
    expect(result).toMatchObject({ exitCode: 1, stderr: expect.stringContaining('checksums differs') })
    expect(there(built)).toBe(false)
    expect(leftovers(world)).toEqual([])
  })

  it('whose connection is cut leaves nothing', async () => {
    const built = other()
    const { stream, sum } = packRelease(built.files)
    const bytes = await bytesOf(stream)
    const slow = (async function* () {
      yield bytes.subarray(0, 1024)
      await sleep(4000)
      yield bytes.subarray(1024)
    })()
    const upload = receive(built, sum, slow).catch((error: RemoteError) => error.diagnostic.code)
    await sleep(2000)
    await host.cutConnections()
    expect(await upload).toBe('NB856')
    for (let wait = 0; wait < 50 && leftovers(world).length > 0; wait++) await sleep(100)
    expect(there(built)).toBe(false)
    expect(leftovers(world)).toEqual([])
  })

  it('of an agent that is cut short is refused', async () => {
    await using ssh = await connectSsh(host.target)
    const half = agent.slice(0, 1000)
    const pretending = {
      ...ssh,
      run: (command: string, options: Parameters<typeof ssh.run>[1]) =>
        ssh.run(command.replace(agentName(agent), 'agent-000000000000.sh'), { ...options, stdin: Buffer.from(half) }),
    }
    const built = other()
    const facts = { ...(await world.probe()), agents: [] }
    await expect(deliver(pretending, { agent, root: world.root, release: built, secrets: built.secrets }, facts)).rejects.toThrow(
      'did not arrive whole',
    )
    expect(readdirSync(join(world.root, 'state')).filter((name) => name.includes('000000000000'))).toEqual([])
  })
})
