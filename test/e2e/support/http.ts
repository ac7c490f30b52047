import { request as httpRequest, type IncomingHttpHeaders, type IncomingMessage } from 'node:http'
import { request as httpsRequest } from 'node:https'

export interface Answer {
  readonly status: number
  readonly headers: IncomingHttpHeaders
  /** How often each header came, by lower-case name: duplicates that `headers` joins or drops. */
  readonly headerCounts: ReadonlyMap<string, number>
  readonly text: string
}

export interface Call {
  readonly port: number
  /** The name that the client asks for; the connection goes to `address`. */
  readonly host: string
  readonly path?: string
  readonly method?: string
  readonly headers?: Readonly<Record<string, string>>
  readonly json?: unknown
  readonly body?: string
  /** Where the connection goes; 127.0.0.1 by default. */
  readonly address?: string
  readonly tls?: boolean
}

/** One request on a connection of its own. Rejects when the connection ends without an answer. */
export function call({
  port,
  host,
  path = '/',
  method = 'GET',
  headers = {},
  json,
  body: text,
  address = '127.0.0.1',
  tls = false,
}: Call): Promise<Answer> {
  const body = json === undefined ? text : JSON.stringify(json)
  const options = {
    host: address,
    port,
    path,
    method,
    agent: false as const,
    timeout: 15_000,
    headers: { Host: host, ...(json === undefined ? {} : { 'Content-Type': 'application/json' }), ...headers },
  }
  return new Promise((resolve, reject) => {
    const request = tls
      ? // Certificates of the tests are self-signed.
        httpsRequest({ ...options, servername: host, rejectUnauthorized: false })
      : httpRequest(options)
    request
      .on('response', (response) => collect(response).then(resolve, reject))
      .on('timeout', () => request.destroy(new Error(`${host}${path} did not answer in time`)))
      .on('error', reject)
      .end(body)
  })
}

async function collect(response: IncomingMessage): Promise<Answer> {
  let text = ''
  for await (const chunk of response.setEncoding('utf8')) text += chunk
  const names = response.rawHeaders.filter((_, index) => index % 2 === 0).map((name) => name.toLowerCase())
  const headerCounts = new Map(names.map((name) => [name, names.filter((other) => other === name).length]))
  return { status: response.statusCode ?? 0, headers: response.headers, headerCounts, text }
}
