import { createSign } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { run } from '../../support/run.ts'

/** Hands out tokens as distribution's token protocol has it, to one user. */
export interface TokenServer extends AsyncDisposable {
  /** The section `auth` of a registry that trusts this server. */
  readonly auth: object
  /** The scopes of each token that was asked for. */
  readonly asked: string[][]
  /** How long a token is good for. */
  lifetimeSeconds: number
}

const service = 'test-registry'
const issuer = 'test-issuer'

/** Starts a token server with a key of its own. */
export async function startTokenServer(username: string, password: string): Promise<TokenServer> {
  const folder = mkdtempSync(join(tmpdir(), 'nself-tokens-'))
  const [key, certificate] = [join(folder, 'key.pem'), join(folder, 'certificate.pem')]
  await run('openssl', [
    'req',
    '-x509',
    '-newkey',
    'rsa:2048',
    '-nodes',
    '-days',
    '1',
    '-subj',
    `/CN=${issuer}`,
    '-keyout',
    key,
    '-out',
    certificate,
  ])
  const chain = [readFileSync(certificate, 'utf8').replace(/-----[^-]+-----|\s/g, '')]
  const wanted = `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`

  const server = createServer((request, response) => {
    // No OAuth: clients fall back to GET.
    if (request.method !== 'GET') return response.writeHead(405).end()
    if (request.headers.authorization !== wanted) return response.writeHead(401, { 'content-type': 'application/json' }).end('{}')
    const scopes = new URL(request.url ?? '', 'http://x').searchParams.getAll('scope').flatMap((scope) => scope.split(' '))
    tokens.asked.push(scopes)
    const now = Math.floor(Date.now() / 1000)
    const access = scopes.map((scope) => {
      const [type = '', name = '', actions = ''] = scope.split(':')
      return { type, name, actions: actions.split(',') }
    })
    const payload = {
      iss: issuer,
      aud: service,
      sub: username,
      nbf: now - 5,
      iat: now,
      exp: now + tokens.lifetimeSeconds,
      jti: String(now),
      access,
    }
    const text = [{ typ: 'JWT', alg: 'RS256', x5c: chain }, payload]
      .map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'))
      .join('.')
    const token = `${text}.${createSign('RSA-SHA256').update(text).sign(readFileSync(key, 'utf8'), 'base64url')}`
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify({ token, expires_in: tokens.lifetimeSeconds }))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  const tokens: TokenServer = {
    auth: { token: { realm: `http://127.0.0.1:${port}/token`, service, issuer, rootcertbundle: certificate } },
    asked: [],
    lifetimeSeconds: 300,
    [Symbol.asyncDispose]: async () => {
      await new Promise((resolve) => {
        server.close(resolve)
        server.closeAllConnections()
      })
      rmSync(folder, { recursive: true })
    },
  }
  return tokens
}
