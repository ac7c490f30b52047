// A service that tells what reached it, and remembers it: the tests ask what an attack left behind.
import { createHash } from 'node:crypto'
import { createServer } from 'node:http'

const seen = []
const name = process.env.SERVICE_NAME

const server = createServer((request, response) => {
  const { method, url, rawHeaders } = request
  if (url === '/seen') return response.end(JSON.stringify(seen))
  const headers = {}
  for (let index = 0; index < rawHeaders.length; index += 2) {
    const key = rawHeaders[index].toLowerCase()
    headers[key] = [...(headers[key] ?? []), rawHeaders[index + 1]]
  }
  seen.push({ method, url, host: headers.host })
  let bytes = 0
  request.on('data', (chunk) => {
    bytes += chunk.length
  })
  request.on('end', () => {
    const answer = () => response.setHeader('Content-Type', 'application/json').end(JSON.stringify({ name, method, url, headers, bytes }))
    const wait = Number(/[?&]wait=(\d+)/.exec(url)?.[1] ?? 0)
    if (wait === 0) answer()
    else setTimeout(answer, wait)
  })
})

server.on('upgrade', (request, socket) => {
  seen.push({ method: 'UPGRADE', url: request.url, host: [request.headers.host] })
  socket.on('error', () => {})
  if (request.headers.upgrade !== 'websocket' || request.headers['sec-websocket-version'] !== '13') {
    socket.end('HTTP/1.1 426 Upgrade Required\r\nContent-Length: 0\r\nConnection: close\r\n\r\n')
    return
  }
  const accept = createHash('sha1').update(`${request.headers['sec-websocket-key']}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`).digest('base64')
  socket.write(`HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: ${accept}\r\n\r\n`)
  socket.on('data', (data) => socket.write(`${name}:${data.length}`))
})

server.keepAliveTimeout = 75_000
server.listen(Number(process.env.PORT))
process.on('SIGTERM', () => process.exit(0))
