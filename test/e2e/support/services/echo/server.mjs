// The user's own service of the test stack: answers with the headers that arrived, and echoes WebSocket texts.
import { createHash } from 'node:crypto'
import { createServer } from 'node:http'

const server = createServer((request, response) => {
  response.setHeader('Content-Type', 'application/json').end(JSON.stringify(request.headers))
})

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

server.listen(process.env.PORT)
process.once('SIGTERM', () => process.exit())
