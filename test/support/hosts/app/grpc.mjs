// The wire form of a gRPC service whose every method returns what it gets, as it comes: HTTP/2 without TLS, the status in a trailer.
import { writeFileSync } from 'node:fs'
import { createServer } from 'node:http2'

const server = createServer()
server.on('stream', (stream) => {
  stream.on('error', () => {})
  stream.on('wantTrailers', () => stream.sendTrailers({ 'grpc-status': '0' }))
  stream.respond({ ':status': 200, 'content-type': 'application/grpc' }, { waitForTrailers: true })
  stream.pipe(stream)
})
server.listen(process.env.PORT, () => writeFileSync('/tmp/healthy', ''))
process.once('SIGTERM', () => process.exit())
