import { cpSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { beforeAll, describe, expect, it } from 'vitest'
import { containerOf, execute } from '../support/docker.ts'
import { envFile } from '../support/env.ts'
import { call } from '../support/http.ts'
import { freePorts } from '../support/ports.ts'
import { createProject, generate, type Project, remove, start, uniqueName, writeProjectFile } from '../support/project.ts'
import { run } from '../support/run.ts'

const host = 'api.local.nself.org'
// One at once, and a burst of five.
const atOnce = 6

describe('behind a proxy, with SSL_MODE=none and TRUSTED_PROXIES', () => {
  let project: Project
  let address: string

  beforeAll(async () => {
    const ports = await freePorts('http')
    const name = uniqueName('proxies')
    const env = {
      PROJECT_NAME: name,
      POSTGRES_ENABLED: 'false',
      SERVICES_ENABLED: 'true',
      SSL_MODE: 'none',
      NGINX_HTTP_PORT: ports.http,
      CS_1: 'api:custom',
      CS_1_IMAGE: 'node:26-slim',
      CS_1_COMMAND: 'node /echo.mjs',
      CS_1_VOLUMES: './echo.mjs:/echo.mjs:ro',
      CS_1_HEALTHCHECK: 'disabled',
      CS_1_RATE_LIMIT: 6,
    }
    project = await createProject(name, { files: { '.env': envFile(env) } })
    cpSync(join(import.meta.dirname, '../edge/support/echo.mjs'), join(project.root, 'echo.mjs'))
    await start(project)
    // The host is the proxy: its address on the network, and no other container's.
    const format = '{{(index .IPAM.Config 0).Gateway}}'
    const gateway = (await run('docker', ['network', 'inspect', '--format', format, `${name}_network`])).trim()
    writeProjectFile(project.root, '.env', envFile({ ...env, TRUSTED_PROXIES: gateway }))
    await generate(project.root)
    await start(project)
    address = (await containerOf(project, 'nginx')).NetworkSettings.Networks[`${name}_network`]?.IPAddress as string
    return () => remove(project)
  })

  /** A request of the proxy's, with what it and its client say about the client. */
  const byProxy = (forwarded: string, more: Record<string, string> = {}) =>
    call({ address, port: 80, host, headers: { 'X-Forwarded-For': forwarded, ...more } })
  const headersOf = (text: string) => (JSON.parse(text) as { headers: Record<string, string[]> }).headers

  /** Requests of another container's, which nobody trusts, in one go: a limit forgives what takes its time. */
  async function byStranger(claims: readonly string[]): Promise<{ status: number; text: string }[]> {
    const script = `
      const ask = (claim) => new Promise((resolve, reject) => {
        const headers = { host: '${host}', 'X-Forwarded-For': claim, 'X-Forwarded-Proto': 'https', 'X-Real-IP': claim }
        require('http').get('http://nginx/', { agent: false, headers }, (answer) => {
          let text = ''
          answer.on('data', (more) => { text += more }).on('end', () => resolve({ status: answer.statusCode, text }))
        }).on('error', reject)
      })
      Promise.all(${JSON.stringify(claims)}.map(ask)).then((answers) => console.log(JSON.stringify(answers)))`
    return JSON.parse(await execute(project, 'api', 'node', '--input-type=commonjs', '--eval', script)) as {
      status: number
      text: string
    }[]
  }

  it('the client is who the proxy says, by the scheme that the proxy says', async () => {
    const { status, text } = await byProxy('203.0.113.1', { 'X-Forwarded-Proto': 'https' })
    expect(status).toBe(200)
    expect(headersOf(text)).toMatchObject({
      'x-forwarded-for': ['203.0.113.1'],
      'x-real-ip': ['203.0.113.1'],
      'x-forwarded-proto': ['https'],
    })
  })

  it('a limit is each client’s own', async () => {
    const statuses: number[] = []
    for (let count = 0; count < atOnce + 2; count++) statuses.push((await byProxy('203.0.113.2')).status)
    expect(statuses).toEqual([...Array(atOnce).fill(200), 429, 429])
    expect((await byProxy('203.0.113.3')).status).toBe(200)
  })

  it('a client with IPv6 has one, whichever of its addresses it takes', async () => {
    const statuses: number[] = []
    for (let count = 0; count < atOnce + 2; count++) statuses.push((await byProxy(`2001:db8:a:1::${count + 1}`)).status)
    expect(statuses).toEqual([...Array(atOnce).fill(200), 429, 429])
    expect((await byProxy('2001:db8:a:2::1')).status).toBe(200)
  })

  it('what a client puts before the proxy’s word changes nothing', async () => {
    for (const spoofed of [
      '203.0.113.99, 203.0.113.2',
      '127.0.0.1, 203.0.113.2',
      '10.0.0.1,203.0.113.98,203.0.113.2',
      'unknown, 203.0.113.2',
    ])
      expect((await byProxy(spoofed, { 'X-Real-IP': '203.0.113.97', Forwarded: 'for=203.0.113.96' })).status).toBe(429)
  })

  it('a stranger is who it is, whatever it says, and is limited as such', async () => {
    const answers = await byStranger(Array.from({ length: atOnce + 4 }, (_, count) => `203.0.113.${100 + count}`))
    const own = (await containerOf(project, 'api')).NetworkSettings.Networks[`${project.name}_network`]?.IPAddress
    const passed = answers.filter(({ status }) => status === 200)
    expect(answers.filter(({ status }) => status === 429)).toHaveLength(answers.length - passed.length)
    expect(passed).toHaveLength(atOnce)
    for (const { text } of passed)
      expect(headersOf(text)).toMatchObject({ 'x-forwarded-for': [own], 'x-real-ip': [own], 'x-forwarded-proto': ['http'] })
  })

  it('maintenance mode answers for every service, and ends as it began, without a reload', async () => {
    const flag = join(project.root, 'nginx/custom/maintenance')
    writeProjectFile(project.root, 'nginx/custom/maintenance', '')
    const page = await byProxy('203.0.113.5')
    expect(page).toMatchObject({
      status: 503,
      headers: { 'retry-after': '60', 'content-type': 'application/json', 'x-content-type-options': 'nosniff' },
    })
    expect(JSON.parse(page.text)).toEqual({ error: { code: 'maintenance', message: expect.any(String) } })
    expect((await call({ address, port: 80, host: 'nobody', path: '/.nself/health' })).status).toBe(200)
    await run('rm', [flag])
    await sleep(100)
    expect((await byProxy('203.0.113.6')).status).toBe(200)
  })
})
