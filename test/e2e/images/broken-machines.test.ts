import { randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { createConnection, createServer, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { run } from '../support/run.ts'
import { imagesProject, runImages } from './support/project.ts'
import { removeImages, tagsOf } from './support/registry.ts'
import { type RegistryServer, startRegistry } from './support/registry-server.ts'

const stack = new AsyncDisposableStack()
let registry: RegistryServer

beforeAll(async () => {
  registry = stack.use(await startRegistry())
  stack.defer(() => removeImages(registry.host))
})
afterAll(() => stack.disposeAsync())

/** A way to the Engine that can be cut: for whoever uses it, the daemon is dead then. */
async function startEngineDoor() {
  const folder = mkdtempSync(join(tmpdir(), 'nself-engine-'))
  const open = new Set<Socket>()
  const server = createServer((client) => {
    const engine = createConnection('/var/run/docker.sock')
    for (const [socket, other] of [
      [client, engine],
      [engine, client],
    ] as const) {
      open.add(socket)
      socket.on('error', () => {}).on('close', () => other.destroy())
      socket.pipe(other)
    }
  })
  const path = join(folder, 'docker.sock')
  await new Promise<void>((resolve) => server.listen(path, resolve))
  return {
    address: `unix://${path}`,
    kill: () => {
      server.close()
      for (const socket of open) socket.destroy()
    },
    [Symbol.dispose]: () => rmSync(folder, { recursive: true, force: true }),
  }
}

describe('an Engine that dies in a build', () => {
  it('is a failure of the images that were not done, with nothing half published; the next run does them', async () => {
    using engine = await startEngineDoor()
    // Bytes that no earlier run has left in BuildKit's cache: a cached step ends before the Engine does.
    const unseen = randomBytes(16).toString('hex')
    using project = imagesProject(['a', 'b'], () => ({ Dockerfile: 'FROM busybox:stable\nCOPY . /app\nRUN sleep 6\n', 'x.txt': unseen }))
    const inputs = { registry: `${registry.host}/dead`, tags: 'stable' }
    const building = runImages(project, 'build', inputs, { DOCKER_HOST: engine.address })
    await sleep(3000)
    engine.kill()
    const { exitCode, data, text } = await building
    expect({ exitCode, failed: data.failed }).toEqual({ exitCode: 1, failed: ['a', 'b'] })
    expect(text).not.toMatch(/^\s+at /m)
    expect(existsSync(project.path('nself-digests.json'))).toBe(false)
    expect(await tagsOf(`${registry.host}/dead/shop-a`)).toEqual([])

    const again = await runImages(project, 'build', inputs)
    expect({ exitCode: again.exitCode, built: again.data.built }).toEqual({ exitCode: 0, built: ['a', 'b'] })
  })
})

// Only root can mount.
describe.runIf(process.getuid?.() === 0)('a registry whose disk is full', () => {
  it('is a failure that says so, without a tag; with space the next run finishes', async () => {
    await using full = await startRegistry()
    mkdirSync(full.data, { recursive: true })
    await run('mount', ['-t', 'tmpfs', '-o', 'size=4m', 'tmpfs', full.data])
    try {
      using project = imagesProject(['big'], () => ({ Dockerfile: 'FROM busybox:stable\nCOPY . /app\n' }))
      project.write('services/big/noise', randomBytes(8 * 1024 ** 2))
      const inputs = { registry: `${full.host}/full`, tags: 'stable' }
      const first = await runImages(project, 'build', inputs)
      expect({ exitCode: first.exitCode, failed: first.data.failed }).toEqual({ exitCode: 1, failed: ['big'] })
      expect(await tagsOf(`${full.host}/full/shop-big`)).toEqual([])
      await run('mount', ['-o', 'remount,size=64m', full.data])
      expect(await runImages(project, 'build', inputs)).toMatchObject({ exitCode: 0, data: { built: ['big'] } })
    } finally {
      await run('umount', ['--lazy', full.data])
      await removeImages(full.host)
    }
  })
})
