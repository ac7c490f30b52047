// A service that says which version it is, and misbehaves as its environment tells it.
import { createHash } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'

const { VERSION = '', PORT = '', START_MS = '300', MODE = '' } = process.env

const server = createServer(async (request, response) => {
  const url = new URL(request.url, 'http://app')
  let bytes = 0
  for await (const chunk of request) bytes += chunk.length
  if (url.pathname === '/health') return response.writeHead(MODE === 'unhealthy' ? 500 : 200).end()
  if (url.pathname === '/slow') await sleep(Number(url.searchParams.get('ms')))
  response.writeHead(MODE === 'errors' ? 500 : 200, { 'Content-Type': 'application/json' }).end(JSON.stringify({ version: VERSION, bytes }))
})
// Longer than any pause of the edge, so that the edge is who ends connections.
server.keepAliveTimeout = 75_000

server.on('upgrade', (request, socket) => {
  const accept = createHash('sha1').update(`${request.headers['sec-websocket-key']}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`).digest('base64')
  socket.write(`HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: ${accept}\r\n\r\n`)
  socket.on('data', (frame) => {
    const mask = frame.subarray(2, 6)
    const payload = frame.subarray(6).map((byte, index) => byte ^ mask[index % 4])
    socket.write(Buffer.concat([Buffer.from([0x81, payload.length]), payload]))
  })
  socket.on('error', () => socket.destroy())
})

// Not at once: nobody may be sent here before it is healthy.
await sleep(Number(START_MS))
if (MODE === 'exit') process.exit(3)
if (PORT !== '') server.listen(PORT)
else setInterval(() => {}, 1000)
if (MODE !== 'unhealthy') writeFileSync('/tmp/healthy', '')
if (MODE === 'crash') setTimeout(() => process.exit(1), 3000)
// Ends at once, as many programs do, with whatever is in flight.
process.on('SIGTERM', () => {
  if (MODE !== 'stubborn') process.exit(0)
})
