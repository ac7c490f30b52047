import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, it } from 'vitest'
import { createRegistryClient } from '../../../action/adapters/registry/client.ts'

it('a token for many that is refused costs one of its own, and nothing else', async () => {
  const asked: string[] = []
  const server = createServer(({ url = '', headers }, response) => {
    const { pathname, searchParams } = new URL(url, 'http://x')
    const scopes = searchParams.getAll('scope')
    asked.push(pathname === '/token' ? `token for ${scopes.length}` : `${pathname} ${headers.authorization}`)
    if (pathname === '/token') return response.end(JSON.stringify({ token: scopes.length === 1 ? 'own' : 'shared' }))
    if (pathname === '/v2/')
      return response.writeHead(401, { 'www-authenticate': `Bearer realm="http://${headers.host}/token",service="s"` }).end()
    response.writeHead(headers.authorization === 'Bearer own' ? 200 : 403, { 'docker-content-digest': 'sha256:1' }).end()
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  try {
    const host = `127.0.0.1:${(server.address() as AddressInfo).port}`
    const registry = createRegistryClient({ credentials: () => undefined, mirrors: async () => [], sleep: async () => {} })
    await registry.announce([`${host}/a`, `${host}/b`], 'pull')
    expect(await registry.digestOf(`${host}/a:1`)).toBe('sha256:1')
    expect(await registry.digestOf(`${host}/a:1`)).toBe('sha256:1')
    const question = '/v2/a/manifests/1 Bearer'
    expect(asked).toEqual(['/v2/ undefined', 'token for 2', `${question} shared`, 'token for 1', `${question} own`, `${question} own`])
  } finally {
    server.close()
  }
})
