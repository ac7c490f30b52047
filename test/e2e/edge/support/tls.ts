import { once } from 'node:events'
import { request } from 'node:https'
import { connect, type PeerCertificate, type TLSSocket } from 'node:tls'

/** What a client sees of a name: its certificate, after the chain was verified. Rejects when that fails. */
export async function certificateOf(port: number, name: string, ca: string): Promise<PeerCertificate> {
  const socket: TLSSocket = connect({ host: '127.0.0.1', port, servername: name, ca, timeout: 10_000 })
  try {
    await once(socket, 'secureConnect')
    return socket.getPeerCertificate()
  } finally {
    socket.destroy()
  }
}

/** One verified HTTPS request on a connection of its own. */
export function get(port: number, name: string, ca: string, path = '/'): Promise<{ status: number; text: string }> {
  return new Promise((resolve, reject) => {
    const options = { host: '127.0.0.1', port, servername: name, path, ca, agent: false as const, headers: { Host: name }, timeout: 10_000 }
    const asked = request(options, (response) => {
      let text = ''
      response.setEncoding('utf8').on('data', (chunk) => {
        text += chunk
      })
      response.on('end', () => resolve({ status: response.statusCode ?? 0, text })).on('error', reject)
    })
    asked
      .on('timeout', () => asked.destroy(new Error(`${name} did not answer in time`)))
      .on('error', reject)
      .end()
  })
}

/** Asks a name without a pause, in `lanes` at a time, until stopped; each request has a handshake of its own. */
export function load(
  port: number,
  names: readonly string[],
  ca: string,
  lanes: number,
): () => Promise<{ done: number; failures: string[] }> {
  let stopped = false
  let done = 0
  const failures: string[] = []
  const lane = async (index: number) => {
    for (let turn = index; !stopped; turn++) {
      const name = names[turn % names.length] as string
      try {
        const { status } = await get(port, name, ca)
        if (status !== 200) failures.push(`${name}: ${status}`)
      } catch (error) {
        failures.push(`${name}: ${(error as Error).message}`)
      }
      done++
    }
  }
  const running = Promise.all(Array.from({ length: lanes }, (_, index) => lane(index)))
  return async () => {
    stopped = true
    await running
    return { done, failures }
  }
}
