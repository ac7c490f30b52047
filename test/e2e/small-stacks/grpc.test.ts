import { connect, type IncomingHttpHeaders } from 'node:http2'
import { beforeAll, describe, expect, it } from 'vitest'
import { addCertificate } from '../support/certificate.ts'
import { envFile } from '../support/env.ts'
import { freePorts } from '../support/ports.ts'
import { compose, createProject, type Project, remove, replaceScaffold, start, uniqueName } from '../support/project.ts'

const host = 'rpc.local.nself.org'

describe.each(['1.30-alpine', '1.22'])('a gRPC service behind nginx %s', (version) => {
  let project: Project
  let port: number

  beforeAll(async () => {
    const ports = await freePorts('http', 'https', 'rpc')
    port = ports.https
    const name = uniqueName('grpc')
    const env = envFile({
      PROJECT_NAME: name,
      POSTGRES_ENABLED: 'false',
      NGINX_VERSION: version,
      NGINX_HTTP_PORT: ports.http,
      NGINX_HTTPS_PORT: ports.https,
      SERVICES_ENABLED: 'true',
      CS_1: `rpc:grpc:${ports.rpc}`,
      CS_1_HEALTHCHECK: 'disabled',
    })
    project = await createProject(name, { files: { '.env.dev': env } })
    replaceScaffold(project, 'rpc', 'grpc')
    await addCertificate(project)
    return () => remove(project)
  })

  it('is called over HTTP/2 with TLS, trailers and all', async () => {
    await start(project)
    await expect
      .poll(() => unary(port, 'a message'), { timeout: 5_000, interval: 500 })
      .toMatchObject({ body: 'a message', headers: { ':status': 200 }, trailers: { 'grpc-status': '0' } })
  })

  it('is, while it is stopped, status 14 (unavailable), which clients retry', async () => {
    await compose(project, 'stop', '--timeout', '2', 'rpc')
    const { headers, trailers } = await unary(port, 'a message')
    expect({ ...headers, ...trailers }['grpc-status']).toBe('14')
  })
})

interface Reply {
  readonly headers: IncomingHttpHeaders
  readonly trailers: IncomingHttpHeaders
  readonly body: string
}

/** One call: a request, its reply, and the trailers in which gRPC keeps the outcome. */
async function unary(port: number, message: string): Promise<Reply> {
  const session = connect(`https://${host}:${port}`, {
    lookup: (_name, _options, found) => found(null, [{ address: '127.0.0.1', family: 4 }]),
    // The certificate of the tests is self-signed.
    rejectUnauthorized: false,
  })
  try {
    return await new Promise((resolve, reject) => {
      session.on('error', reject)
      const stream = session.request({ ':method': 'POST', ':path': '/test.Echo/Say', 'content-type': 'application/grpc', te: 'trailers' })
      let headers: IncomingHttpHeaders = {}
      let trailers: IncomingHttpHeaders = {}
      let body = ''
      stream
        .setEncoding('utf8')
        .on('response', (received) => (headers = received))
        .on('trailers', (received) => (trailers = received))
        .on('data', (chunk) => (body += chunk))
        .on('error', reject)
        .on('end', () => resolve({ headers, trailers, body }))
        .end(message)
    })
  } finally {
    session.close()
  }
}
