import { setTimeout as sleep } from 'node:timers/promises'
import { beforeAll, describe, expect, inject, it } from 'vitest'
import { statusFrom } from '../support/docker.ts'
import { type Answer, call } from '../support/http.ts'

const { project, ports } = inject('stack')
const host = 'hooks.local.nself.org'

// 60 a minute: one at once, a burst of a fifth more, then one a second.
const atOnce = 1 + 60 / 5

describe('CS_5_RATE_LIMIT=60', () => {
  let answers: Answer[]

  beforeAll(async () => {
    // Other tests' few requests count, too; one a second is forgiven.
    await sleep(5_000)
    answers = []
    for (let count = 0; count < 2 * atOnce; count++) answers.push(await call({ port: ports.http, host, path: '/health' }))
  })

  it('lets a burst through', () => {
    expect(answers.slice(0, atOnce).map(({ status }) => status)).toEqual(Array(atOnce).fill(200))
  })

  it('then refuses with 429 in JSON, and says when to come back', () => {
    const refused = answers.at(-1) as Answer
    expect(refused.status).toBe(429)
    expect(refused.headers).toMatchObject({ 'content-type': 'application/json', 'retry-after': '60' })
    expect(JSON.parse(refused.text)).toEqual({ error: { code: 'too_many_requests', message: expect.any(String) } })
  })

  it('counts each client address for itself', async () => {
    expect(await statusFrom(project, 'echo', 'http://nginx/health', host)).toBe(200)
  })

  it('leaves other services alone', async () => {
    const others = await Promise.all(Array.from({ length: 2 * atOnce }, () => call({ port: ports.http, host: 'echo.local.nself.org' })))
    expect(new Set(others.map(({ status }) => status))).toEqual(new Set([200]))
  })

  it('admits the client again at the rate of the limit', async () => {
    await sleep(2_000)
    expect((await call({ port: ports.http, host, path: '/health' })).status).toBe(200)
  })
})
