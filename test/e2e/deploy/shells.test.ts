import { execFileSync, spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { pushApps } from '../../support/hosts/images.ts'
import { leftovers } from '../../support/hosts/leftovers.ts'
import { localHost } from '../../support/hosts/local-host.ts'
import type { TestService } from '../../support/hosts/release.ts'
import { agentFile, createWorld } from '../../support/hosts/world.ts'

const stack = new AsyncDisposableStack()
const has = (program: string) => spawnSync('sh', ['-c', `command -v ${program}`]).status === 0
let images: Record<'v1' | 'v2', string>

beforeAll(async () => {
  images = await pushApps('agent-e2e/shells', ['v1', 'v2'])
})
afterAll(() => stack.disposeAsync())

it.runIf(has('shellcheck'))('shellcheck finds nothing in the agent', () => {
  expect(spawnSync('shellcheck', ['--shell=sh', agentFile], { encoding: 'utf8' })).toMatchObject({ status: 0, stdout: '' })
})

/** A PATH with nothing but busybox's own programs, docker, and flock, which Debian's busybox lacks. */
function busyboxPath(): string {
  const folder = mkdtempSync(join(tmpdir(), 'nself-busybox-'))
  stack.defer(() => rmSync(folder, { recursive: true }))
  mkdirSync(join(folder, 'bin'))
  execFileSync('busybox', ['--install', '-s', join(folder, 'bin')])
  for (const program of ['docker', 'flock'])
    symlinkSync(execFileSync('sh', ['-c', `command -v ${program}`], { encoding: 'utf8' }).trim(), join(folder, 'bin', program))
  return join(folder, 'bin')
}

/** A PATH whose `sh` is dash. */
function dashPath(): string {
  const folder = mkdtempSync(join(tmpdir(), 'nself-dash-'))
  stack.defer(() => rmSync(folder, { recursive: true }))
  symlinkSync(execFileSync('sh', ['-c', 'command -v dash'], { encoding: 'utf8' }).trim(), join(folder, 'sh'))
  return `${folder}:${process.env.PATH}`
}

describe.each([
  ['dash', dashPath],
  ['busybox', busyboxPath],
])('with %s', (shell, path) => {
  it.runIf(has(shell))('a project is deployed, changed, fails, and goes back', async () => {
    await using world = await createWorld(shell)
    const ssh = localHost({ PATH: path() })
    const service = (version: 'v1' | 'v2', more: Partial<TestService> = {}): TestService => ({
      name: 'api',
      class: 'roll',
      image: images[version],
      port: 3001,
      environment: { VERSION: version, SECRET: '${SECRET}' },
      migrate: ['true'],
      ...more,
    })
    const worker: TestService = { name: 'worker', class: 'recreate', image: images.v1 }
    const release = (version: 'v1' | 'v2', more: Partial<TestService> = {}) =>
      world.release({
        services: [service(version, more), worker],
        edgeLine: `add_header X-Edge ${version};`,
        secrets: { SECRET: 'a "b" $c' },
      })
    const facts = await world.probe(ssh)
    expect(facts).toMatchObject({ missing: [], containers: [], current: '' })
    expect(await world.deploy(release('v1'), { ssh })).toMatchObject({ status: 'ok', detail: expect.stringContaining('api') })
    expect(await world.deploy(release('v2'), { ssh })).toMatchObject({ status: 'ok' })
    expect(await world.answer('api')).toBe('v2')
    const failed = await world.deploy(release('v1', { environment: { MODE: 'exit' } }), { ssh })
    expect(failed).toMatchObject({ status: 'failed', detail: expect.stringContaining('it ended') })
    expect(await world.answer('api')).toBe('v2')
    expect(await world.start(release('v1'), { ssh, action: 'rollback' })).toMatchObject({ status: 'ok' })
    expect(await world.answer('api')).toBe('v1')
    expect(await world.probe(ssh)).toMatchObject({
      current: release('v1').id,
      previous: release('v2').id,
      locked: false,
      missing: [],
      unknown: [],
    })
    expect(leftovers(world)).toEqual([])
  })
})
