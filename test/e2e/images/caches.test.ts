import { readdirSync, rmSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { runCommand } from '../../../action/commands/index.ts'
import { actionAsync } from '../../integration/support/bundle.ts'
import { type CacheService, startCacheService } from './support/cache-service.ts'
import { contextOf, imagesProject, runImages } from './support/project.ts'
import { removeImages } from './support/registry.ts'
import { type RegistryServer, startRegistry } from './support/registry-server.ts'

const stack = new AsyncDisposableStack()
let registry: RegistryServer
let cache: CacheService

beforeAll(async () => {
  registry = stack.use(await startRegistry())
  cache = stack.use(await startCacheService())
  stack.defer(() => removeImages(registry.host))
  return () => stack.disposeAsync()
})

const project = (version: string) =>
  imagesProject(['kept'], () => ({
    Dockerfile: 'FROM busybox:stable\nCOPY slow.txt /\nRUN cat /slow.txt /proc/sys/kernel/random/uuid > /made\nCOPY fast.txt /\n',
    'slow.txt': 'slow',
    'fast.txt': version,
  }))

describe('cache: gha', () => {
  // BuildKit would wait for it without end.
  it('whose service never answers is left out', async () => {
    const silent = createServer(() => {})
    await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve))
    stack.defer(() => void silent.close())
    const url = `http://127.0.0.1:${(silent.address() as AddressInfo).port}/`
    using own = project('gha-1')
    const outer = { ACTIONS_RUNTIME_TOKEN: 'token', ACTIONS_RESULTS_URL: url, ACTIONS_CACHE_URL: url }
    const lines: string[] = []
    const context = contextOf(own, { registry: `${registry.host}/silent` }, outer)
    const { data } = await runCommand('build', { ...context, progress: (line) => void lines.push(line) })
    expect(data.built).toEqual(['kept'])
    expect(lines).toContain('The cache (gha) does not answer; building without it.')
  })

  const part = (content: object) => Buffer.from(JSON.stringify(content)).toString('base64url')
  const scopes = JSON.stringify([{ Scope: 'refs/heads/main', Permission: 3 }])
  it.each([
    ['a token that is none', 'token'],
    ['a token without scopes', `${part({ alg: 'HS256' })}.${part({})}.e30`],
    ['a service that refuses everything', `${part({ alg: 'HS256' })}.${part({ ac: scopes })}.e30`],
  ])('%s fails nothing', async (what, token) => {
    const broken = stack.use(await startCacheService())
    broken.broken = true
    using own = project(`gha-2 ${what}`)
    const { ACTIONS_RESULTS_URL: url = '' } = broken.environment
    const outer = { ...broken.environment, ACTIONS_RUNTIME_TOKEN: token, ACTIONS_CACHE_URL: url }
    const { exitCode, data, text } = await runImages(own, 'build', { registry: `${registry.host}/gha` }, outer)
    expect({ exitCode, built: data.built, text: exitCode === 0 ? '' : text }).toEqual({ exitCode: 0, built: ['kept'], text: '' })
  })
})

const filesIn = (folder: string) => readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile()).length

describe('cache: local in GitHub Actions', () => {
  it('is saved with the run that builds, and the next machine starts from it', async () => {
    using one = project('1')
    const inputs = { command: 'build', registry: `${registry.host}/kept`, cache: 'local', 'cache-folder': 'layers' }
    const first = await actionAsync(one.root, inputs, cache.environment)
    expect(first).toMatchObject({ exitCode: 0, outputs: { built: '["kept"]' } })
    expect(cache.keys()).toEqual([expect.stringMatching(/^nself-layers-shop-linux-amd64-[0-9a-f]{24}$/)])

    rmSync(join(one.root, 'layers'), { recursive: true })
    one.write('services/kept/fast.txt', '2')
    const second = await actionAsync(one.root, inputs, cache.environment)
    expect(second).toMatchObject({ exitCode: 0, outputs: { built: '["kept"]' } })
    expect(second.stdout).toMatch(/Cache restored successfully/)
    expect(second.stdout).toMatch(/importing cache manifest from local/)
    expect(cache.keys()).toHaveLength(2)
  })

  it('that is broken fails nothing, and says so', async () => {
    using own = project('3')
    const broken = stack.use(await startCacheService())
    broken.broken = true
    const inputs = { command: 'build', registry: `${registry.host}/broken`, cache: 'local' }
    const { exitCode, stdout } = await actionAsync(own.root, inputs, broken.environment)
    expect(exitCode).toBe(0)
    expect(stdout).toMatch(/Failed to (restore|save)|could not be (restored|saved)/)
  }, 120_000)

  it('does not grow: what a build no longer needs is gone', async () => {
    using own = project('4')
    const inputs = { registry: `${registry.host}/small`, cache: 'local' } as const
    await runImages(own, 'build', inputs)
    const before = filesIn(own.path('.buildx-cache'))
    expect(before).toBeGreaterThan(3)
    own.write('services/kept/fast.txt', '5')
    await runImages(own, 'build', inputs)
    expect(filesIn(own.path('.buildx-cache'))).toBe(before)
  })
})
