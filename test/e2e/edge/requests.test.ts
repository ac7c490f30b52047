import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { type Attack, attacks } from './requests.ts'
import { names } from './setup.ts'
import { eventually } from './support/eventually.ts'
import { exchange, statusesIn } from './support/raw.ts'
import { writeTable } from './support/table.ts'
import { certificateOf, get } from './support/tls.ts'

const { ports, address, root } = inject('edge')
const target = { address, port: 443, name: names.api }

interface Seen {
  readonly method: string
  readonly url: string
  readonly host: readonly string[]
}

const seenBy = async (name: string) => JSON.parse((await get(ports.https, name, root, '/seen')).text) as Seen[]
const outcomes = new Map<string, string>()

beforeAll(async () => {
  await eventually(120, () => Promise.all([names.api, names.web].map((name) => certificateOf(ports.https, name, root))))
})

afterAll(() => {
  const rows = attacks.map(({ group, name }) => [group, name, outcomes.get(`${group}: ${name}`) ?? 'not run'])
  if (!rows.some(([, , outcome]) => outcome === 'not run')) writeTable('requests', ['Kind', 'Request', 'Outcome'], rows)
})

describe.each([...new Set(attacks.map(({ group }) => group))])('%s', (group) => {
  const ofGroup = attacks.map((attack, index) => ({ ...attack, index })).filter((attack) => attack.group === group)

  it.each(ofGroup)('$name', async ({ name, bytes, fate, index }: Attack & { index: number }) => {
    const marker = `/marker-${index}`
    const before = await seenBy(names.api)
    const text = await exchange(target, bytes.replaceAll('%h', names.api).replaceAll('%o', names.web).replaceAll('%m', marker))
    const reached = (await seenBy(names.api)).slice(before.length)
    const statuses = statusesIn(text)
    const outcome = statuses.length === 0 ? 'closed' : statuses.join(', ')

    // Nothing crosses to another service, and nothing comes after the first request.
    for (const other of [names.web, names.shop, names.blog])
      expect((await seenBy(other)).filter(({ url }) => url.includes('marker') || url === '/a')).toEqual([])
    if ('refused' in fate) {
      expect({ reached, allowed: statuses.every((status) => fate.refused.includes(status)), statuses }).toMatchObject({
        reached: [],
        allowed: true,
      })
      expect(statuses.length).toBeLessThanOrEqual(1)
    } else {
      expect(reached.map(({ url }) => url)).toEqual([fate.passed])
      expect(reached[0]?.host).toEqual([names.api])
      expect(statuses).toEqual([200])
    }
    outcomes.set(`${group}: ${name}`, reached.length === 0 ? outcome : `one request, \`${reached[0]?.url.replaceAll('\u0000', '')}\``)
  })
})

describe('what goes on', () => {
  const headersOf = async (extra: string) => {
    const request = `GET /headers HTTP/1.1\r\nHost: ${names.api}\r\nConnection: close\r\n${extra}\r\n`
    const text = await exchange(target, request)
    return (JSON.parse(text.slice(text.indexOf('{'), text.lastIndexOf('}') + 1)) as { headers: Record<string, string[]> }).headers
  }

  it('tells who the client is in the edge’s words alone', async () => {
    const claims = [
      'X-Forwarded-For: 203.0.113.7',
      'X-Real-IP: 203.0.113.7',
      'X-Forwarded-Proto: http',
      'X-Forwarded-Host: evil.example.com',
      'X-Forwarded-Port: 1',
      'X-Forwarded-Prefix: /admin',
      'X-Forwarded-Scheme: http',
      'Forwarded: for=203.0.113.7;host=evil.example.com',
      'True-Client-IP: 203.0.113.7',
      'X-Client-IP: 203.0.113.7',
      'X-Original-URL: /admin',
      'Proxy: http://203.0.113.7',
      'X_Forwarded_For: 203.0.113.7',
    ]
    const headers = await headersOf(`${claims.join('\r\n')}\r\n`)
    expect(JSON.stringify(headers)).not.toMatch(/203\.0\.113\.7|evil\.example\.com|admin/)
    expect(headers).toMatchObject({ 'x-forwarded-proto': ['https'], 'x-forwarded-host': [names.api], host: [names.api] })
    expect(headers['x-forwarded-for']).toEqual(headers['x-real-ip'])
    for (const name of ['port', 'prefix', 'scheme']) expect(headers).not.toHaveProperty(`x-forwarded-${name}`)
  })

  it('carries an upgrade to WebSocket only', async () => {
    expect(await headersOf('Upgrade: h2c\r\n')).not.toHaveProperty('upgrade')
  })

  it('a refused WebSocket handshake opens no tunnel', async () => {
    const handshake = `GET /ws HTTP/1.1\r\nHost: ${names.api}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 12\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n`
    const text = await exchange(target, `${handshake}GET /marker-tunnel HTTP/1.1\r\nHost: ${names.web}\r\nConnection: close\r\n\r\n`)
    expect(statusesIn(text)).toEqual([426, 421])
  })

  it('an accepted one works', async () => {
    const handshake = `GET /ws HTTP/1.1\r\nHost: ${names.api}\r\nConnection: Upgrade\r\nUpgrade: WebSocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n`
    const text = await exchange(target, `${handshake}hello`)
    expect(text).toMatch(/^HTTP\/1\.1 101 [\s\S]*\r\n\r\napi:5$/)
  })
})

describe('challenges on port 80', () => {
  const plain = { address, port: 80 }
  const folder = names.api.replaceAll('.', '-')

  it.each([
    `/.well-known/acme-challenge/../certificates/${folder}/privkey.pem`,
    `/.well-known/acme-challenge/%2e%2e/%2e%2e/certificates/${folder}/privkey.pem`,
    `/.well-known/acme-challenge/..%2f..%2fcertificates/${folder}/privkey.pem`,
    `/.well-known/acme-challenge/..%252fcertificates/${folder}/privkey.pem`,
    `/.well-known/acme-challenge//../../certificates/${folder}/privkey.pem`,
    `/certificates/${folder}/privkey.pem`,
  ])('%s shows no key', async (path) => {
    const text = await exchange(plain, `GET ${path} HTTP/1.1\r\nHost: ${names.api}\r\nConnection: close\r\n\r\n`)
    expect(text).not.toContain('PRIVATE KEY')
    expect([308, 400, 404]).toContain(statusesIn(text)[0])
  })

  it('everything else goes to HTTPS, at the same name and path', async () => {
    const text = await exchange(plain, `POST /a?b=c HTTP/1.1\r\nHost: ${names.api}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`)
    expect(text).toMatch(new RegExp(`^HTTP/1.1 308 [\\s\\S]*Location: https://${names.api}:${ports.https}/a\\?b=c\r\n`))
  })

  it('the health of nginx itself, and nothing else, is told to anyone', async () => {
    const ask = (path: string) => exchange(plain, `GET ${path} HTTP/1.1\r\nHost: nobody\r\nConnection: close\r\n\r\n`)
    expect(statusesIn(await ask('/.nself/health'))).toEqual([200])
    expect(await ask('/')).toBe('')
  })
})
