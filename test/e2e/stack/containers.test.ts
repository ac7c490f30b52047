import { describe, expect, inject, it } from 'vitest'
import { containerOf, containersOf, execute } from '../support/docker.ts'

const { project, ports, passwords } = inject('stack')
const services = ['api', 'users', 'echo', 'jobs', 'hooks']
const MiB = 1024 ** 2

describe('a service container', () => {
  it.each([
    ['api', { Memory: 512 * MiB, NanoCpus: 1e9 }],
    ['users', { Memory: 256 * MiB, NanoCpus: 0.25e9 }],
    ['echo', { Memory: 256 * MiB, NanoCpus: 0.25e9 }],
  ])('has the memory and processor limits of its lines: %s', async (service, limits) => {
    for (const { HostConfig } of await containersOf(project, service)) expect(HostConfig).toMatchObject({ ...limits, PidsLimit: 100 })
  })

  it('comes as often as REPLICAS says', async () => {
    expect(await containersOf(project, 'users')).toHaveLength(2)
    expect(await containersOf(project, 'api')).toHaveLength(1)
  })

  it.each(services)('may not gain privileges, and is restarted: %s', async (service) => {
    for (const { HostConfig } of await containersOf(project, service))
      expect(HostConfig).toMatchObject({
        CapAdd: null,
        CapDrop: ['ALL'],
        SecurityOpt: ['no-new-privileges:true'],
        Init: true,
        RestartPolicy: { Name: 'unless-stopped' },
        LogConfig: { Type: 'json-file', Config: { 'max-size': '10m', 'max-file': '3' } },
      })
  })

  it('has a read-only root, except where `compose watch` copies changed files into it', async () => {
    const readOnly = async (service: string) => (await containersOf(project, service)).map(({ HostConfig }) => HostConfig.ReadonlyRootfs)
    expect(await readOnly('users')).toEqual([true, true])
    expect(await readOnly('echo')).toEqual([true])
    expect(await readOnly('hooks')).toEqual([false])
  })

  it("with HEALTHCHECK=disabled is up as soon as it runs; the image's own check does not apply", async () => {
    const { Config, State } = await containerOf(project, 'jobs')
    expect(Config.Healthcheck.Test.join(' ')).not.toContain('/dev/tcp')
    expect(State.Health.Status).toBe('healthy')
  })

  it('runs as a user without rights', async () => {
    expect((await execute(project, 'hooks', 'id', '-u')).trim()).toBe('10001')
  })
})

describe('ports of the host', () => {
  const bindings = async (service: string) =>
    (await containersOf(project, service)).flatMap(({ NetworkSettings }) =>
      Object.values(NetworkSettings.Ports).flatMap((each) => each ?? []),
    )

  it.each(['api', 'echo', 'jobs', 'hooks', 'postgres', 'redis'] as const)('%s listens on 127.0.0.1 alone', async (service) => {
    expect(await bindings(service)).toEqual([{ HostIp: '127.0.0.1', HostPort: String(ports[service]) }])
  })

  it('nginx listens on 127.0.0.1 alone', async () => {
    const own = await bindings('nginx')
    expect(own.map(({ HostPort }) => Number(HostPort)).sort()).toEqual([ports.http, ports.https].sort())
    expect(new Set(own.map(({ HostIp }) => HostIp))).toEqual(new Set(['127.0.0.1']))
  })

  it('a service with replicas has none', async () => {
    expect(await bindings('users')).toEqual([])
  })
})

describe('secrets', () => {
  it('are no part of the nginx container', async () => {
    const container = JSON.stringify(await containerOf(project, 'nginx'))
    for (const password of Object.values(passwords)) {
      expect(container).not.toContain(password)
      expect(container).not.toContain(encodeURIComponent(password))
    }
    expect((await containerOf(project, 'nginx')).Config.Env.filter((each) => /PASSWORD|SECRET|KEY/.test(each))).toEqual([])
  })

  it.each(['redis', 'postgres'])('are in no process argument of %s', async (service) => {
    const commandLines = await execute(
      project,
      service,
      'sh',
      '-c',
      'for file in /proc/[0-9]*/cmdline; do tr "\\0" " " <"$file"; echo; done',
    )
    expect(commandLines).toContain(`${service}`)
    for (const password of Object.values(passwords)) {
      expect(commandLines).not.toContain(password)
      // Neither in the escaped form of redis.conf.
      expect(commandLines).not.toContain(password.replaceAll(/[\\"]/g, '\\$&'))
    }
  })

  it('of Postgres are not given to Redis', async () => {
    const { Config } = await containerOf(project, 'redis')
    expect(Config.Env.join('\n')).not.toContain(passwords.postgres)
  })
})
