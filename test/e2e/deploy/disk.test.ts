import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { RemoteError } from '../../../action/deploy/remote/remote-error.ts'
import { pushApps } from '../../support/hosts/images.ts'
import { leftovers } from '../../support/hosts/leftovers.ts'
import type { TestService } from '../../support/hosts/release.ts'
import { createWorld, type World } from '../../support/hosts/world.ts'
import { run } from '../support/run.ts'

// ROOT is a small file system of its own, which fills up, has no inodes left, or cannot be written.
const phases =
  process.env.NSELF_DEPLOY_LONG === '1'
    ? ['begin', 'preflight', 'pulled', 'start', 'started', 'healthy', 'flipped', 'drained', 'stopped', 'committed']
    : ['start', 'flipped']
const stack = new AsyncDisposableStack()
let world: World
let images: Record<'v1' | 'v2', string>
const service = (version: 'v1' | 'v2'): TestService => ({
  name: 'api',
  class: 'roll',
  image: images[version],
  port: 3001,
  environment: { VERSION: version },
})
const release = (version: 'v1' | 'v2') => world.release({ services: [service(version)] })
const anySpace = { options: { 'min-free-mb': '0' } }

beforeAll(async () => {
  images = await pushApps('agent-e2e/disk', ['v1', 'v2'])
  const root = mkdtempSync(join(tmpdir(), 'nself-disk-'))
  await run('mount', ['-t', 'tmpfs', '-o', 'size=2m,nr_inodes=400', 'tmpfs', root])
  stack.defer(async () => rmSync(root, { recursive: true, force: true }))
  stack.defer(async () => void (await run('umount', ['-l', root])))
  world = stack.use(await createWorld('disk', join(root, 'app')))
  expect(await world.deploy(release('v1'), anySpace)).toMatchObject({ status: 'ok' })
})
afterAll(() => stack.disposeAsync())

/**
 * Covers the file system with a read-only view of itself, and takes the view away again. A run keeps its lock open
 * for writing, so that the kernel refuses `remount,ro` (EBUSY); a file system that fails under a run does not ask.
 * What is open stays open, what is opened now is refused (EROFS).
 */
async function remount(mode: 'ro' | 'rw'): Promise<void> {
  const folder = join(world.root, '..')
  if (mode === 'rw') return void (await run('umount', ['-l', folder]))
  await run('mount', ['--bind', folder, folder])
  await run('mount', ['-o', 'remount,bind,ro', folder])
}

/** What the run says is what answers, and nothing is left beside it. */
async function expectNotHalfWay(status: string): Promise<void> {
  expect(await world.answer('api')).toBe(status === 'ok' ? 'v2' : 'v1')
  expect(await world.containers()).toHaveLength(2)
}

/** With space again, a deploy leads to its release, and nothing is left over. */
async function expectConverges(): Promise<void> {
  for (const version of ['v2', 'v1'] as const) {
    expect(await world.deploy(release(version), anySpace)).toMatchObject({ status: 'ok' })
    expect(await world.answer('api')).toBe(version)
  }
  expect(await world.containers()).toHaveLength(2)
  expect(leftovers(world)).toEqual([])
}

/** Takes what is left of the bytes, or of the inodes; returns what gives it back. */
async function fill(what: 'bytes' | 'inodes'): Promise<() => void> {
  const folder = join(world.root, '../ballast')
  mkdirSync(folder)
  if (what === 'bytes') await run('sh', ['-c', `dd if=/dev/zero of=${folder}/x bs=4k 2>/dev/null || :`])
  else
    for (let file = 0; ; file++) {
      try {
        writeFileSync(join(folder, `${file}`), '')
      } catch {
        break
      }
    }
  return () => rmSync(folder, { recursive: true })
}

async function expectRefused(attempt: Promise<unknown>, message: RegExp): Promise<void> {
  const error = await attempt.catch((caught: unknown) => caught)
  expect(error).toBeInstanceOf(RemoteError)
  const { code, message: said, fix } = (error as RemoteError).diagnostic
  expect(code).toBe('NB858')
  expect(`${said} ${fix}`).toMatch(message)
}

describe('a file system', () => {
  it.each(['bytes', 'inodes'] as const)('without %s takes no release and says so; with some again it does', async (what) => {
    const giveBack = await fill(what)
    await expectRefused(world.deploy(release('v2'), anySpace), /df -i/)
    expect(await world.answer('api')).toBe('v1')
    await expectRefused(world.start(release('v1'), anySpace), /df -i/)
    giveBack()
    expect(await world.deploy(release('v2'), anySpace)).toMatchObject({ status: 'ok' })
    expect(await world.answer('api')).toBe('v2')
    expect(await world.deploy(release('v1'), anySpace)).toMatchObject({ status: 'ok' })
    expect(leftovers(world)).toEqual([])
  })

  it.each(phases)('that fills up at %s never leaves the run half way', async (phase) => {
    let giveBack: Promise<() => void> | undefined
    const result = await world.deploy(release('v2'), {
      ...anySpace,
      onEvent: ({ event }) => {
        if (event === phase) giveBack ??= fill('bytes')
      },
    })
    await expectNotHalfWay(result.status)
    ;(await giveBack)?.()
    await expectConverges()
  })

  it.each(phases)('that becomes read-only at %s never leaves the run half way', async (phase) => {
    let remounting: Promise<void> | undefined
    const result = await world.deploy(release('v2'), {
      ...anySpace,
      onEvent: ({ event }) => {
        if (event === phase) remounting ??= remount('ro')
      },
    })
    await remounting
    expect(['v1', 'v2']).toContain(await world.answer('api'))
    if (result.status === 'ok') expect(await world.answer('api')).toBe('v2')
    await remount('rw')
    await expectConverges()
  })

  it('with too little left for what the run needs is refused before anything changes', async () => {
    const result = await world.deploy(release('v2'), { options: { 'min-free-mb': '50' } })
    expect(result).toMatchObject({ status: 'failed', detail: expect.stringContaining('MB left') })
    expect(await world.answer('api')).toBe('v1')
  })

  it('that is read-only is refused', async () => {
    await remount('ro')
    try {
      expect(await world.probe()).toMatchObject({ writable: false, locked: false })
      await expectRefused(world.start(release('v1'), anySpace), /read-only/)
      expect(await world.answer('api')).toBe('v1')
    } finally {
      await remount('rw')
    }
    expect(await world.deploy(release('v1'), anySpace)).toMatchObject({ status: 'ok' })
  })
})
