import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { buffer } from 'node:stream/consumers'

/** Speaks the protocol of GitHub's cache service (version 2) and of the blob store behind it, as far as `@actions/cache` uses them. */
export interface CacheService extends AsyncDisposable {
  /** What the runner puts into the environment of a step. */
  readonly environment: Readonly<Record<string, string>>
  /** The keys that hold something, in the order in which they came. */
  readonly keys: () => string[]
  /** From now on every request is refused. */
  broken: boolean
}

const body = (request: IncomingMessage): Promise<Buffer> => buffer(request)

export async function startCacheService(): Promise<CacheService> {
  const entries = new Map<string, Buffer>()
  const blocks = new Map<string, Buffer>()

  const rpc = (name: string, { key, restore_keys: prefixes = [] }: { key: string; restore_keys?: string[] }): object => {
    const blob = (which: string) => `${service.environment.ACTIONS_RESULTS_URL}blob/${encodeURIComponent(which)}`
    if (name === 'CreateCacheEntry') return { ok: !entries.has(key), signed_upload_url: blob(key) }
    if (name === 'FinalizeCacheEntryUpload') return { ok: entries.has(key), entry_id: '1' }
    const found = [key, ...[...entries.keys()].reverse().filter((one) => prefixes.some((prefix) => one.startsWith(prefix)))].find((one) =>
      entries.has(one),
    )
    return found === undefined ? { ok: false } : { ok: true, matched_key: found, signed_download_url: blob(found) }
  }

  const server = createServer(async (request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://localhost')
    const content = await body(request)
    if (service.broken) return response.writeHead(403).end()
    const method = /^\/twirp\/github\.actions\.results\.api\.v1\.CacheService\/(\w+)$/.exec(pathname)?.[1]
    if (method !== undefined)
      return response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(rpc(method, JSON.parse(String(content)))))
    const key = decodeURIComponent(pathname.slice('/blob/'.length))
    if (request.method === 'PUT') {
      const block = searchParams.get('blockid')
      if (block !== null) blocks.set(block, content)
      else if (searchParams.get('comp') === 'blocklist')
        entries.set(
          key,
          Buffer.concat([...String(content).matchAll(/<Latest>([^<]+)</g)].map(([, id = '']) => blocks.get(id) ?? Buffer.of())),
        )
      else entries.set(key, content)
      return response.writeHead(201).end()
    }
    const entry = entries.get(key)
    if (entry === undefined) return response.writeHead(404).end()
    const [, start = '0', end = String(entry.length - 1)] = /^bytes=(\d+)-(\d*)$/.exec(request.headers.range ?? '') ?? []
    const part = entry.subarray(Number(start), Number(end) + 1)
    response.writeHead(request.headers.range === undefined ? 200 : 206, {
      'content-length': part.length,
      'content-range': `bytes ${start}-${Number(start) + part.length - 1}/${entry.length}`,
    })
    return response.end(request.method === 'HEAD' ? undefined : part)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const service: CacheService = {
    environment: {
      ACTIONS_RESULTS_URL: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
      ACTIONS_RUNTIME_TOKEN: 'token',
      ACTIONS_CACHE_SERVICE_V2: 'true',
    },
    keys: () => [...entries.keys()],
    broken: false,
    [Symbol.asyncDispose]: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
  return service
}
