import { connect as connectTcp, type Socket } from 'node:net'
import { connect as connectTls } from 'node:tls'

/** Where a raw connection goes. With `name` it is TLS, for that name. */
export interface Target {
  readonly address: string
  readonly port: number
  readonly name?: string
}

/** Opens a connection; certificates are another test's matter. */
export function open({ address, port, name }: Target): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket: Socket =
      name === undefined
        ? connectTcp({ host: address, port }, () => resolve(socket))
        : connectTls({ host: address, port, servername: name, rejectUnauthorized: false, ALPNProtocols: ['http/1.1'] }, () =>
            resolve(socket),
          )
    socket.once('error', reject)
  })
}

/** Sends bytes as they are and returns all that comes back until the other side closes or is quiet for `quiet` milliseconds. */
export async function exchange(target: Target, bytes: string | Buffer, quiet = 1500): Promise<string> {
  const socket = await open(target)
  return new Promise((resolve) => {
    let text = ''
    const finish = () => {
      socket.destroy()
      resolve(text)
    }
    socket.setTimeout(quiet, finish)
    socket.on('data', (chunk) => {
      text += chunk.toString('latin1')
    })
    socket.on('close', finish).on('error', finish)
    socket.write(typeof bytes === 'string' ? Buffer.from(bytes, 'latin1') : bytes)
  })
}

/** The status codes of the answers in a text, in their order; none: the connection was closed. */
export function statusesIn(text: string): number[] {
  return [...text.matchAll(/^HTTP\/1\.[01] (\d{3})/gm)].map((match) => Number(match[1]))
}
