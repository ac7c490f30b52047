import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

/** One request as it came. */
export interface Seen {
  readonly method: string
  readonly path: string
  readonly status: number
}

/** Answers a request itself and returns true, or lets it pass. */
export type Fault = (request: IncomingMessage, response: ServerResponse) => boolean | Promise<boolean>

/** Stands before a registry: counts requests and gets in their way. */
export interface RegistryProxy extends AsyncDisposable {
  readonly host: string
  /** All requests since the start or the last `seen.length = 0`. */
  readonly seen: Seen[]
  /** What happens to requests from now on. */
  fault: Fault
}

export const noFault: Fault = () => false

/** Starts a proxy before the registry at `target` (`127.0.0.1:5000`). */
export async function startProxy(target: string): Promise<RegistryProxy> {
  const [hostname, port] = target.split(':')
  const server = createServer(async (incoming, outgoing) => {
    const { method = '', url = '', headers } = incoming
    const saw = (status: number) => void proxy.seen.push({ method, path: url, status })
    let isPassed = false
    let isAnswered = false
    outgoing.on('close', () => isPassed || saw(outgoing.statusCode))
    if (await proxy.fault(incoming, outgoing)) return
    isPassed = true
    // The Host header stays, so that the registry's redirects lead back here.
    const passed = request({ hostname, port, method, path: url, headers }, (answer) => {
      // The registry's word, also when the client is gone: a build that is cancelled may have set its tag.
      isAnswered = true
      saw(answer.statusCode ?? 502)
      outgoing.writeHead(answer.statusCode ?? 502, answer.rawHeaders)
      answer.pipe(outgoing)
    })
    passed.on('error', () => {
      if (!isAnswered) saw(502)
      outgoing.destroy()
    })
    incoming.on('error', () => passed.destroy())
    incoming.pipe(passed)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const proxy: RegistryProxy = {
    host: `127.0.0.1:${(server.address() as AddressInfo).port}`,
    seen: [],
    fault: noFault,
    [Symbol.asyncDispose]: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
  return proxy
}
