import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { snapshot, type TemporaryProject } from '../../support/project.ts'
import { type CommandRun, runCommandLine } from './support/command.ts'
import { imagesProject } from './support/project.ts'
import { type RegistryProxy, startProxy } from './support/proxy.ts'
import { removeImages } from './support/registry.ts'
import { startRegistry } from './support/registry-server.ts'
import { startTokenServer } from './support/token-server.ts'

const username = 'acme'
const password = 'canary-password-5f3a9c'
// bcrypt, the one kind that the registry reads.
const passwordHash = '$2b$05$abcdefghijklmnopqrstuueSWF0X43U1PYDeDia/YhAKld5Is2SAG'
const auth = Buffer.from(`${username}:${password}`).toString('base64')

const services = Array.from({ length: 10 }, (_, index) => `s${index}`)

describe.each(['Basic', 'Bearer'] as const)('a registry with %s', (scheme) => {
  const stack = new AsyncDisposableStack()
  let proxy: RegistryProxy
  let project: TemporaryProject
  let folder: string
  let registry: string

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'nself-login-'))
    stack.defer(() => rmSync(folder, { recursive: true }))
    proxy = stack.use(await startProxy((await startProtected()).host))
    registry = `${proxy.host}/acme`
    stack.defer(() => removeImages(registry))
    // A base in the same registry, which wants the password, too.
    project = stack.use(
      imagesProject([...services, 'app'], (name) => ({
        Dockerfile: name === 'app' ? `FROM ${registry}/shop-s0:stable\nCOPY . /app\n` : 'FROM busybox:stable\nCOPY . /app\n',
        'name.txt': name,
      })),
    )
    return () => stack.disposeAsync()
  })

  beforeEach(() => {
    proxy.seen.length = 0
  })

  async function startProtected() {
    if (scheme === 'Bearer') return stack.use(await startRegistry(stack.use(await startTokenServer(username, password)).auth))
    const users = join(folder, 'htpasswd')
    writeFileSync(users, `${username}:${passwordHash}\n`)
    return stack.use(await startRegistry({ htpasswd: { realm: 'test', path: users } }))
  }

  /** A Docker configuration with this text, and a folder of its own for the credential helper's program. */
  function dockerConfig(name: string, config: object): Record<string, string> {
    const own = join(folder, name)
    mkdirSync(join(own, 'bin'), { recursive: true })
    writeFileSync(join(own, 'config.json'), JSON.stringify(config))
    const helper = `#!/bin/sh\n[ "$1" = get ] && echo '{"ServerURL":"${proxy.host}","Username":"${username}","Secret":"${password}"}'\n`
    writeFileSync(join(own, 'bin/docker-credential-test'), helper)
    chmodSync(join(own, 'bin/docker-credential-test'), 0o755)
    return { DOCKER_CONFIG: own, PATH: `${join(own, 'bin')}:${process.env.PATH}` }
  }

  const login = ['--registry-username', username, '--registry-password', password]
  const build = (args: readonly string[], env: Record<string, string>) =>
    runCommandLine(project.root, ['build', '--registry', registry, ...args], env)

  function expectNoPassword(run: CommandRun): void {
    const lists = [...run.argumentLists].join('\n')
    for (const secret of [password, auth]) {
      expect(run.stdout).not.toContain(secret)
      expect(run.stderr).not.toContain(secret)
      expect(lists).not.toContain(secret)
    }
  }

  it('a wrong password: one message, and no build', async () => {
    const run = await build(
      ['--services', 's0', '--registry-username', username, '--registry-password', 'wrong-5f3a9c'],
      dockerConfig('wrong', {}),
    )
    expect(run.exitCode).toBe(1)
    expect(run.data.reasons).toEqual({ s0: expect.stringContaining(`does not accept the login of ${username} (401)`) })
    expect(run.stdout + run.stderr + [...run.argumentLists].join('\n')).not.toContain('wrong-5f3a9c')
    expect(proxy.seen.filter(({ method }) => method === 'POST' || method === 'PUT')).toEqual([])
  })

  it('no password: the same, with what to do', async () => {
    const run = await build(['--services', 's0'], dockerConfig('none', {}))
    expect(run.exitCode).toBe(1)
    expect(run.data.reasons.s0).toContain('set registry-username and registry-password, or use docker login')
    expect(proxy.seen.filter(({ method }) => method === 'POST' || method === 'PUT')).toEqual([])
  })

  it('user and password from the inputs, which stay between the tool and the registry', async () => {
    const env = dockerConfig('inputs', {})
    const before = readFileSync(join(env.DOCKER_CONFIG as string, 'config.json'), 'utf8')
    const run = await build([...login, '--services', 's0', '--tags', 'stable'], env)
    expect(run.stderr).not.toContain('rror')
    expect(run).toMatchObject({ exitCode: 0, data: { built: ['s0'] } })
    expect([...run.argumentLists].some((list) => list.includes('buildx bake'))).toBe(true)
    expectNoPassword(run)
    expect(readFileSync(join(env.DOCKER_CONFIG as string, 'config.json'), 'utf8')).toBe(before)
    expect(Object.values(snapshot(env.DOCKER_CONFIG as string)).join()).not.toContain(Buffer.from(password).toString('base64'))
  })

  it.each([
    ['stored', () => ({ auths: { [proxy.host]: { auth } } })],
    ['of a credential helper', () => ({ credHelpers: { [proxy.host]: 'test' } })],
    ['of the credential store', () => ({ credsStore: 'test', auths: { [proxy.host]: {} } })],
  ] as const)('a password of the Docker configuration: %s', async (name, config) => {
    project.write('services/s1/name.txt', name)
    const run = await build(['--services', 's1,app'], dockerConfig(name, config()))
    expect(run).toMatchObject({ exitCode: 0, data: { failed: [] } })
    expect(run.data.built).toContain('s1')
    expectNoPassword(run)
  })

  it('a run that changes nothing asks once per service and base, and logs in once', async () => {
    const env = dockerConfig('count', {})
    expect(await build(login, env)).toMatchObject({ exitCode: 0 })
    proxy.seen.length = 0
    const run = await build(login, env)
    expect(run.data.reused).toHaveLength(services.length + 1)
    // One per service, one for the base in this registry, one to learn how to log in. Tokens come from elsewhere.
    const count = services.length + 1 + 1 + 1
    expect(proxy.seen.map(({ method, path, status }) => `${method} ${path} ${status}`).sort()).toHaveLength(count)
  })

  it('a run that only moves a tag asks three times per service, and logs in once for all of them', async () => {
    const env = dockerConfig('tags', {})
    proxy.seen.length = 0
    const run = await build([...login, '--tags', 'moved'], env)
    expect(run.data.reused).toHaveLength(services.length + 1)
    const count = (services.length + 1) * 3 + 1 + 1
    expect(proxy.seen.map(({ method, path, status }) => `${method} ${path} ${status}`).sort()).toHaveLength(count)
  })
})
