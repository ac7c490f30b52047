import { once } from 'node:events'
import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, expect, it } from 'vitest'
import { exchange, type RegistryRequest, responds } from '../../../action/adapters/registry/http.ts'

const stack: (() => void)[] = []
afterEach(() => {
  for (const close of stack.splice(0)) close()
})

async function serve(listener: RequestListener): Promise<string> {
  const server = createServer(listener).listen(0, '127.0.0.1')
  await once(server, 'listening')
  stack.push(() => server.close())
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

const clock = { sleep: async () => {} }
const withLogin: RegistryRequest = { headers: { authorization: 'Basic c2VjcmV0', accept: 'text/plain' } }

it('a blob that lies elsewhere is fetched there, without the login', async () => {
  const elsewhere = await serve(({ headers, url }, response) =>
    response.end(JSON.stringify({ url, login: headers.authorization, accept: headers.accept })),
  )
  const registry = await serve(({ url, headers }, response) => {
    if (url === '/blob') return response.writeHead(307, { location: '/moved' }).end()
    response.writeHead(307, { location: `${elsewhere}/x?signature=${headers.authorization === undefined ? 'none' : 'login'}` }).end()
  })
  const { status, body } = await exchange(`${registry}/blob`, withLogin, clock)
  expect({ status, ...JSON.parse(body) }).toEqual({ status: 200, url: '/x?signature=login', accept: 'text/plain' })
})

it('what is written is not sent elsewhere', async () => {
  const registry = await serve((_, response) => response.writeHead(307, { location: '/elsewhere' }).end())
  expect((await exchange(`${registry}/x`, { method: 'PUT', body: 'text' }, clock)).status).toBe(307)
})

it('a registry that sends everybody in circles has its last answer taken', async () => {
  const registry = await serve((_, response) => response.writeHead(302, { location: '/x' }).end())
  expect((await exchange(`${registry}/x`, {}, clock)).status).toBe(302)
})

it('an answer that is cut is asked for again', async () => {
  let asked = 0
  const registry = await serve((request, response) => {
    asked++
    if (asked > 1) return response.end('whole')
    response.writeHead(200, { 'content-length': 100 })
    response.write('ha')
    setTimeout(() => request.socket.destroy(), 20)
  })
  expect((await exchange(`${registry}/x`, {}, clock)).body).toBe('whole')
})

it('any answer is a sign of life, silence is none', async () => {
  const broken = await serve((_, response) => response.writeHead(500).end())
  const silent = await serve(() => {})
  expect(await Promise.all([responds(broken, {}, 2000), responds(silent, {}, 100), responds('http://127.0.0.1:1', {}, 2000)])).toEqual([
    true,
    false,
    false,
  ])
})
