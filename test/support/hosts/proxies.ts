import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { createConnection, createServer, type Server, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** Something between a client and a server that can be taken away, as if the server were gone. */
export interface Proxy extends AsyncDisposable {
  /** Ends every connection, and takes no new one. */
  cut(): Promise<void>
  mend(): Promise<void>
}

/** The Engine's API, at a socket of its own. */
export async function engineProxy(): Promise<Proxy & { readonly host: string }> {
  const folder = mkdtempSync(join(tmpdir(), 'nself-engine-'))
  const socket = join(folder, 'docker.sock')
  const { DOCKER_HOST: engine = '' } = process.env
  const path = engine.startsWith('unix://') ? engine.slice('unix://'.length) : '/var/run/docker.sock'
  const proxy = createProxy(
    () => createConnection({ path, allowHalfOpen: true }),
    (server) => server.listen(socket),
  )
  await proxy.mend()
  return {
    ...proxy,
    host: `unix://${socket}`,
    [Symbol.asyncDispose]: async () => {
      await proxy.cut()
      if (existsSync(folder)) rmSync(folder, { recursive: true })
    },
  }
}

/** A registry at a port of its own, which is gone by itself once it has sent some bytes. */
export async function registryProxy(upstream: number, port: number, lastBytes: number): Promise<Proxy> {
  let sent = 0
  const proxy = createProxy(
    () => createConnection({ host: '127.0.0.1', port: upstream, allowHalfOpen: true }),
    (server) => server.listen(port, '127.0.0.1'),
    (bytes) => {
      sent += bytes
      if (sent > lastBytes) void proxy.cut()
    },
  )
  await proxy.mend()
  return {
    ...proxy,
    mend: async () => {
      sent = Number.NEGATIVE_INFINITY
      await proxy.mend()
    },
  }
}

function createProxy(connect: () => Socket, listen: (server: Server) => void, onBytes: (count: number) => void = () => {}): Proxy {
  const open = new Set<Socket>()
  let server: Server | undefined
  const cut = async () => {
    const old = server
    server = undefined
    for (const socket of open) socket.destroy()
    open.clear()
    if (old !== undefined) await new Promise((resolve) => old.close(resolve))
  }
  return {
    cut,
    mend: async () => {
      if (server !== undefined) return
      const next = createServer({ allowHalfOpen: true }, (client) => {
        const upstream = connect()
        for (const socket of [client, upstream]) {
          open.add(socket)
          socket.on('error', () => socket.destroy()).on('close', () => open.delete(socket))
        }
        client.on('close', () => upstream.destroy())
        upstream.on('close', () => client.destroy())
        upstream.on('data', (bytes) => onBytes(bytes.length))
        client.pipe(upstream)
        upstream.pipe(client)
      })
      server = next
      await new Promise<void>((resolve) => {
        next.once('listening', resolve)
        listen(next)
      })
    },
    [Symbol.asyncDispose]: cut,
  }
}
