import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { request } from 'node:http'
import type { Duplex } from 'node:stream'

/** Upgrades a connection by the host's name, sends one short text and returns the text that comes back. */
export async function echo({ port, host, text }: { port: number; host: string; text: string }): Promise<string> {
  const upgrade = request({
    host: '127.0.0.1',
    port,
    headers: {
      Host: host,
      Connection: 'Upgrade',
      Upgrade: 'websocket',
      'Sec-WebSocket-Version': '13',
      'Sec-WebSocket-Key': randomBytes(16).toString('base64'),
    },
  })
  const socket = await new Promise<Duplex>((resolve, reject) => {
    upgrade
      .on('upgrade', (_response, upgraded) => resolve(upgraded))
      .on('response', ({ statusCode }) => reject(new Error(`answered ${statusCode} instead of upgrading`)))
      .on('error', reject)
      .end()
  })
  try {
    socket.write(maskedTextFrame(text))
    const [frame] = (await once(socket, 'data', { signal: AbortSignal.timeout(5_000) })) as [Buffer]
    return frame.subarray(2).toString()
  } finally {
    socket.destroy()
  }
}

/** A client's frame of less than 126 bytes: RFC 6455, section 5.2. */
function maskedTextFrame(text: string): Buffer {
  const payload = Buffer.from(text)
  const mask = randomBytes(4)
  const masked = payload.map((byte, index) => byte ^ (mask[index % 4] as number))
  return Buffer.concat([Buffer.from([0x81, 0x80 | payload.length]), mask, masked])
}
