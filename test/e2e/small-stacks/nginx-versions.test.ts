import { once } from 'node:events'
import { type ConnectionOptions, connect, type SecureVersion } from 'node:tls'
import { beforeAll, describe, expect, it } from 'vitest'
import { envFile } from '../support/env.ts'
import { call } from '../support/http.ts'
import { freePorts } from '../support/ports.ts'
import { compose, createProject, type Project, remove, replaceScaffold, start, uniqueName } from '../support/project.ts'
import { recreateElsewhere } from '../support/recreate.ts'
import { echo } from '../support/websocket.ts'

const host = 'echo.local.nself.org'

describe.each(['1.30-alpine', '1.22'])('nginx %s', (version) => {
  let project: Project
  let port: number
  const status = async () => (await call({ port, host })).status

  beforeAll(async () => {
    const ports = await freePorts('http', 'echo')
    port = ports.http
    const name = uniqueName('nginx')
    const env = envFile({
      PROJECT_NAME: name,
      POSTGRES_ENABLED: 'false',
      NGINX_VERSION: version,
      NGINX_HTTP_PORT: ports.http,
      SSL_MODE: 'none',
      // Docker's networks: requests from the host come through a gateway of theirs.
      TRUSTED_PROXIES: '10.0.0.0/8,172.16.0.0/12,192.168.0.0/16',
      SERVICES_ENABLED: 'true',
      CS_1: `echo:custom:${ports.echo}`,
      CS_1_RATE_LIMIT: 60,
    })
    project = await createProject(name, { files: { '.env.dev': env } })
    replaceScaffold(project, 'echo', 'echo')
    return () => remove(project)
  })

  it('starts while a service does not exist yet, and answers 502 or 504', async () => {
    await compose(project, 'up', '--wait', 'nginx')
    expect(await status()).toBeOneOf([502, 504])
  })

  it('finds the service once it is there', async () => {
    await start(project)
    await expect.poll(status, { timeout: 5_000, interval: 500 }).toBe(200)
  })

  it('finds it again after it was recreated at another address', async () => {
    const { before, after } = await recreateElsewhere(project, 'echo')
    expect(after).not.toEqual(before)
    await expect.poll(status, { timeout: 5_000, interval: 500 }).toBe(200)
  })

  it('passes WebSocket upgrades', async () => {
    expect(await echo({ port, host, text: 'hello' })).toBe('hello')
  })

  it('believes TRUSTED_PROXIES about the client and its scheme', async () => {
    const headers = { 'X-Forwarded-For': '198.51.100.1, 203.0.113.7', 'X-Forwarded-Proto': 'https' }
    expect(JSON.parse((await call({ port, host, headers })).text)).toMatchObject({
      'x-forwarded-for': '203.0.113.7',
      'x-forwarded-proto': 'https',
    })
  })

  it('limits each client behind them for itself', async () => {
    const from = async (client: string) => (await call({ port, host, headers: { 'X-Forwarded-For': client } })).status
    const greedy = await Promise.all(Array.from({ length: 30 }, () => from('203.0.113.8')))
    expect(new Set(greedy)).toEqual(new Set([200, 429]))
    expect(await from('203.0.113.9')).toBe(200)
  })
})

describe.each(['1.30-alpine', '1.22'])('HTTPS of nginx %s', (version) => {
  let project: Project
  let port: number

  beforeAll(async () => {
    const ports = await freePorts('http', 'https')
    port = ports.https
    const name = uniqueName('tls')
    const env = envFile({
      PROJECT_NAME: name,
      POSTGRES_ENABLED: 'false',
      NGINX_VERSION: version,
      NGINX_HTTP_PORT: ports.http,
      NGINX_HTTPS_PORT: ports.https,
      SERVICES_ENABLED: 'true',
      CS_1: 'echo:custom',
    })
    project = await createProject(name, { files: { '.env.dev': env } })
    await compose(project, 'up', '--wait', 'nginx')
    return () => remove(project)
  })

  /** A connection for the service's name. Certificates are another test's matter. */
  async function handshake(options: ConnectionOptions, wantsSession = false) {
    const socket = connect({ host: '127.0.0.1', port, servername: host, rejectUnauthorized: false, ...options })
    try {
      const session = wantsSession ? once(socket, 'session') : undefined
      await once(socket, 'secureConnect')
      return {
        protocol: socket.getProtocol(),
        reused: socket.isSessionReused(),
        session: (await session)?.[0] as Buffer | undefined,
        ticket: socket.getTLSTicket(),
      }
    } finally {
      socket.destroy()
    }
  }

  it('is TLS 1.3 by preference, 1.2 on request, and nothing older', async () => {
    expect((await handshake({})).protocol).toBe('TLSv1.3')
    const only = (version: SecureVersion) =>
      handshake({ minVersion: version, maxVersion: version, ciphers: 'DEFAULT@SECLEVEL=0' }).then(
        ({ protocol }) => protocol,
        () => 'refused',
      )
    expect(await only('TLSv1.2')).toBe('TLSv1.2')
    expect(await only('TLSv1.1')).toBe('refused')
    expect(await only('TLSv1')).toBe('refused')
  })

  it.each([
    'TLSv1.2',
    'TLSv1.3',
  ] as const)('resumes a session of %s, which nginx keeps: a ticket is no more than its number', async (only) => {
    const { session, ticket } = await handshake({ minVersion: only, maxVersion: only }, true)
    expect(ticket?.length ?? 0).toBeLessThanOrEqual(32)
    expect((await handshake({ minVersion: only, maxVersion: only, session })).reused).toBe(true)
  })
})
