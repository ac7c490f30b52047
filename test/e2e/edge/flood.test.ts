import type { Socket } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { names } from './setup.ts'
import { eventually } from './support/eventually.ts'
import { exchange, open, statusesIn, type Target } from './support/raw.ts'
import { writeTable } from './support/table.ts'
import { certificateOf, get } from './support/tls.ts'

const { ports, address, root } = inject('edge')
const secure = { address, port: 443, name: names.api }
const outcomes: string[][] = []

beforeAll(async () => {
  await eventually(120, () => Promise.all(Object.values(names).map((name) => certificateOf(ports.https, name, root))))
})

afterAll(() => {
  if (outcomes.length === 4) writeTable('floods', ['Flood', 'Outcome'], outcomes)
})

/** Asks every service once; the slowest answer in milliseconds. */
async function askAll(): Promise<number> {
  const times = Object.values(names).map(async (name) => {
    const start = performance.now()
    expect((await get(ports.https, name, root)).status).toBe(200)
    return performance.now() - start
  })
  return Math.max(...(await Promise.all(times)))
}

/** Opens many connections, a few at a time, and says the same on each. */
async function openMany(count: number, target: Target, greeting = ''): Promise<Socket[]> {
  const sockets: Socket[] = []
  for (let start = 0; start < count; start += 250) {
    const more = await Promise.all(Array.from({ length: Math.min(250, count - start) }, () => open(target)))
    for (const socket of more) socket.on('error', () => {}).write(greeting)
    sockets.push(...more)
  }
  return sockets
}

/** Sends a byte a second on each, until all are closed or the time is over. Returns how many are still open. */
async function drip(sockets: readonly Socket[], bytes: string, seconds: number): Promise<number> {
  const closed = new Set<Socket>()
  for (const socket of sockets) socket.on('close', () => closed.add(socket)).resume()
  for (let second = 0; second < seconds && closed.size < sockets.length; second++) {
    for (const socket of sockets) if (!closed.has(socket)) socket.write(bytes)
    await sleep(1000)
    if (second % 5 === 2) await askAll()
  }
  const left = sockets.length - closed.size
  for (const socket of sockets) socket.destroy()
  return left
}

describe('slow and idle clients', () => {
  it('1,000 that never end their headers are closed, while services answer', async () => {
    const sockets = await openMany(1000, secure)
    for (const socket of sockets) socket.write(`GET / HTTP/1.1\r\nHost: ${names.api}\r\nX-A: `)
    expect(await drip(sockets, 'b', 25)).toBe(0)
    outcomes.push(['1,000 clients that send a header for ever', 'closed by the time limit of 15 s; every service answers'])
  })

  it('1,000 that stop within their body are closed, and none reaches a service', async () => {
    const sockets = await openMany(1000, secure)
    for (const socket of sockets) socket.write(`POST /slow-body HTTP/1.1\r\nHost: ${names.api}\r\nContent-Length: 10000\r\n\r\nb`)
    expect(await drip(sockets, '', 30)).toBe(0)
    const seen = (await get(ports.https, names.api, root, '/seen')).text
    expect(seen).not.toContain('slow-body')
    outcomes.push(['1,000 clients that stop within a body', 'closed after 15 s; no service ever sees them; every service answers'])
  })

  it('10,000 idle connections leave room for everyone else', async () => {
    // One request each: from then on nginx keeps it for the next one.
    const sockets = await openMany(10_000, { address, port: 80 }, 'GET /.nself/health HTTP/1.1\r\nHost: nobody\r\n\r\n')
    const answered = new Set<Socket>()
    for (const socket of sockets) socket.on('data', () => answered.add(socket))
    await eventually(30, async () => expect(answered.size).toBe(10_000))
    const slowest = await askAll()
    expect(sockets.filter(({ closed, readableEnded }) => closed || readableEnded)).toEqual([])
    for (const socket of sockets) socket.destroy()
    expect(slowest).toBeLessThan(2000)
    outcomes.push(['10,000 idle connections', 'every service answers within 2 s'])
  })

  it('a service that is slow itself is cut off by its own time limit, and no other', async () => {
    const ask = (name: string) =>
      exchange({ ...secure, name }, `GET /?wait=4000 HTTP/1.1\r\nHost: ${name}\r\nConnection: close\r\n\r\n`, 8000).then(statusesIn)
    expect(await Promise.all([ask(names.files), ask(names.api)])).toEqual([[504], [200]])
    outcomes.push(['a service that takes longer than its `CS_N_TIMEOUT`', '504 there; the others are not touched'])
  })
})

describe('bodies', () => {
  const upload = (name: string, size: number, chunked: boolean) => {
    const body = 'b'.repeat(size)
    const framing = chunked ? 'Transfer-Encoding: chunked\r\n' : `Content-Length: ${size}\r\n`
    const content = chunked ? `${size.toString(16)}\r\n${body}\r\n0\r\n\r\n` : body
    return exchange(
      { ...secure, name },
      `POST /upload HTTP/1.1\r\nHost: ${name}\r\nConnection: close\r\n${framing}\r\n${content}`,
      5000,
    ).then(statusesIn)
  }

  it.each([
    { name: names.files, size: 1_000_000, chunked: false, status: 200 },
    { name: names.files, size: 1_100_000, chunked: false, status: 413 },
    { name: names.files, size: 1_100_000, chunked: true, status: 413 },
    { name: names.api, size: 3_000_000, chunked: true, status: 200 },
  ])('$size bytes for $name (chunked: $chunked): $status', async ({ name, size, chunked, status }) => {
    // The limit of requests, too, is per service.
    await sleep(300)
    expect(await upload(name, size, chunked)).toEqual([status])
  })
})
