import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { homedir, tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { run } from '../support/run.ts'
import { runCommandLine } from './support/command.ts'
import { imagesProject } from './support/project.ts'
import { manifestOf, removeImages } from './support/registry.ts'
import { type RegistryServer, startRegistry } from './support/registry-server.ts'

const image = 'moby/buildkit:buildx-stable-1'
const hasBuildKit =
  spawnSync('docker', ['image', 'inspect', image]).status === 0 || spawnSync('docker', ['pull', '--quiet', image]).status === 0

// BuildKit in a container: hosted runners have its image, elsewhere `up.sh buildkit` makes a stand-in from source.
describe.runIf(hasBuildKit)('a builder made for the run', () => {
  const stack = new AsyncDisposableStack()
  const buildx = mkdtempSync(join(tmpdir(), 'nself-buildx-'))
  let registry: RegistryServer
  beforeAll(async () => {
    registry = stack.use(await startRegistry())
    stack.defer(() => removeImages(registry.host))
    stack.defer(() => rmSync(buildx, { recursive: true }))
    // It asks the same mirror as the Engine.
    const mirrors = JSON.parse(await run('docker', ['info', '--format', '{{json .RegistryConfig.Mirrors}}'])) as string[] | null
    const names = (mirrors ?? []).map((mirror) => mirror.replace(/^https?:\/\/|\/$/g, ''))
    const hosts = names.map((name) => `[registry."${name}"]\nhttp = true\n`).join('')
    mkdirSync(buildx, { recursive: true })
    writeFileSync(
      join(buildx, 'buildkitd.default.toml'),
      `[registry."docker.io"]\nmirrors = ${JSON.stringify(names)}\n${hosts}[registry."${registry.host}"]\nhttp = true\n`,
    )
    return () => stack.disposeAsync()
  })

  const project = () =>
    imagesProject(['remote'], () => ({ Dockerfile: 'FROM busybox:stable\nCOPY . /app\nRUN date +%s%N > /dev/null\n', 'a.txt': 'a' }))
  const build = (root: string, namespace: string) =>
    runCommandLine(
      root,
      ['build', '--registry', `${registry.host}/${namespace}`, '--endpoint', 'unix:///var/run/docker.sock', '--cache', 'registry'],
      { BUILDX_CONFIG: buildx, DOCKER_CONFIG: process.env.DOCKER_CONFIG ?? join(homedir(), '.docker') },
    )

  it('builds, pushes and caches, and is gone afterwards', async () => {
    using own = project()
    expect(await build(own.root, 'first')).toMatchObject({ exitCode: 0, data: { built: ['remote'] } })
    expect(await run('docker', ['ps', '--all', '--format', '{{.Names}}'])).not.toContain('buildx_buildkit_nself-')
  })

  it('gives equal images for equal files, at different times', async () => {
    using one = project()
    using two = project()
    for (const [{ root }, namespace] of [
      [one, 'one'],
      [two, 'two'],
    ] as const)
      expect(await build(root, namespace)).toMatchObject({ exitCode: 0, data: { built: ['remote'] } })
    const layers = async (namespace: string) => {
      const repository = `${registry.host}/${namespace}/shop-remote`
      const index = JSON.parse((await manifestOf(repository, 'src-last')).text)
      return JSON.parse((await manifestOf(repository, index.manifests?.[0]?.digest ?? 'src-last')).text).layers
    }
    expect(await layers('one')).toEqual(await layers('two'))
  })

  it('that cannot be made is an error with the command to look closer, and nothing is built', async () => {
    using own = project()
    const args = ['build', '--registry', `${registry.host}/none`, '--endpoint', 'tcp://127.0.0.1:1']
    const { exitCode, stderr } = await runCommandLine(own.root, args, { BUILDX_CONFIG: buildx })
    expect(exitCode).toBe(1)
    expect(stderr).toMatch(/^error: No builder could be made at tcp:\/\/127\.0\.0\.1:1: /m)
    expect(stderr).toContain('docker buildx create --driver remote --bootstrap tcp://127.0.0.1:1')
  })
})
