import { describe, expect, inject, it } from 'vitest'
import { statusFrom } from '../support/docker.ts'
import { call } from '../support/http.ts'
import { echo } from '../support/websocket.ts'

const { project, ports } = inject('stack')
const port = ports.http

describe('nginx', () => {
  it.each(['api', 'users', 'echo', 'hooks'])('answers for %s by its own name', async (service) => {
    const answer = await call({ port, host: `${service}.local.nself.org`, path: '/health' })
    expect(answer.status).toBe(200)
  })

  it('reaches the service that the name belongs to', async () => {
    const users = await call({ port, host: 'users.local.nself.org', path: '/health' })
    expect(JSON.parse(users.text)).toMatchObject({ status: 'healthy', service: 'users' })
  })

  it.each(['unknown.local.nself.org', '127.0.0.1', 'local.nself.org'])('closes the connection of who asks for %s', async (host) => {
    await expect(call({ port, host })).rejects.toThrow('socket hang up')
  })

  it('does not publish a worker, which the other services reach by its name', async () => {
    await expect(call({ port, host: 'jobs.local.nself.org' })).rejects.toThrow('socket hang up')
    expect(await statusFrom(project, 'echo', `http://jobs:${ports.jobs}/health`)).toBe(200)
  })

  it('passes WebSocket upgrades', async () => {
    expect(await echo({ port, host: 'echo.local.nself.org', text: 'hello there' })).toBe('hello there')
  })
})

describe('a request that arrives at a service', () => {
  const arrived = async (headers: Record<string, string> = {}): Promise<Record<string, string>> =>
    JSON.parse((await call({ port, host: 'echo.local.nself.org', headers })).text)

  it("carries the client's address, not the one that the client claims", async () => {
    const honest = await arrived()
    expect(honest['x-forwarded-for']).toMatch(/^[\d.]+$/)
    const claiming = await arrived({ 'X-Forwarded-For': '203.0.113.7', 'X-Real-IP': '203.0.113.7' })
    expect(claiming['x-forwarded-for']).toBe(honest['x-forwarded-for'])
    expect(claiming['x-real-ip']).toBe(honest['x-forwarded-for'])
  })

  it('carries the name and the scheme that the client used', async () => {
    expect(await arrived({ 'X-Forwarded-Proto': 'https', 'X-Forwarded-Host': 'evil.example' })).toMatchObject({
      host: 'echo.local.nself.org',
      'x-forwarded-host': 'echo.local.nself.org',
      'x-forwarded-proto': 'http',
    })
  })

  it("carries a request id: the client's, if it is a sane one", async () => {
    expect((await arrived())['x-request-id']).toMatch(/^[0-9a-f]{32}$/)
    expect((await arrived({ 'X-Request-Id': 'order-42.retry_1' }))['x-request-id']).toBe('order-42.retry_1')
    expect((await arrived({ 'X-Request-Id': '{"forged":"log line"}' }))['x-request-id']).toMatch(/^[0-9a-f]{32}$/)
  })
})

describe('an answer', () => {
  const once = { 'x-content-type-options': 'nosniff', 'referrer-policy': 'strict-origin-when-cross-origin', 'x-frame-options': 'DENY' }

  it('of a service without security headers gets them', async () => {
    const { headers } = await call({ port, host: 'echo.local.nself.org' })
    expect(headers).toMatchObject(once)
  })

  it('of a service with its own (helmet) keeps those, each once', async () => {
    const { headers, headerCounts } = await call({ port, host: 'hooks.local.nself.org', path: '/health' })
    expect(headers['referrer-policy']).toBe('no-referrer')
    expect(headers['x-frame-options']).toBe('SAMEORIGIN')
    for (const name of [...Object.keys(once), 'strict-transport-security']) expect([name, headerCounts.get(name)]).toEqual([name, 1])
  })

  it('does not tell which server or framework gave it', async () => {
    const { headers } = await call({ port, host: 'hooks.local.nself.org', path: '/health' })
    expect(headers['x-powered-by']).toBeUndefined()
    expect(headers.server).toBe('nginx')
  })
})
