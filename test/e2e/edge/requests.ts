/** What the edge may do with a request of someone who means no good. */
export type Fate =
  /** It answers itself, with one of these codes, or closes. */
  | { readonly refused: readonly number[] }
  /** Exactly one request goes on, to the addressed service, as this path. */
  | { readonly passed: string }

export interface Attack {
  readonly group: 'Request smuggling' | 'Host names' | 'Paths' | 'Sizes' | 'Upgrades'
  readonly name: string
  /** The bytes; `%h` stands for the addressed name, `%o` for another service's, `%m` for a path that must reach nobody. */
  readonly bytes: string
  readonly fate: Fate
}

const close = 'Connection: close\r\n'
const inner = 'GET %m HTTP/1.1\r\nHost: %o\r\n\r\n'
const refused = (...codes: number[]): Fate => ({ refused: codes })
const passed = (path: string): Fate => ({ passed: path })
const post = (headers: string, body: string) => `POST /a HTTP/1.1\r\nHost: %h\r\n${headers}\r\n${body}`
const get = (path: string, more = '') => `GET ${path} HTTP/1.1\r\nHost: %h\r\n${close}${more}\r\n`
const chunked = 'Transfer-Encoding: chunked\r\n'

const smuggling: readonly Omit<Attack, 'group'>[] = [
  // The longer reading wins nowhere: nginx refuses what has two lengths.
  { name: 'CL.TE: both lengths', bytes: post(`Content-Length: 60\r\n${chunked}`, `0\r\n\r\n${inner}`), fate: refused(400) },
  { name: 'TE.CL: both lengths', bytes: post(`${chunked}Content-Length: 4\r\n`, `5c\r\n${inner}\r\n0\r\n\r\n`), fate: refused(400) },
  { name: 'two Content-Length that differ', bytes: post('Content-Length: 0\r\nContent-Length: 60\r\n', inner), fate: refused(400) },
  { name: 'two Content-Length that agree', bytes: post('Content-Length: 1\r\nContent-Length: 1\r\n', 'x'), fate: refused(400) },
  { name: 'Content-Length: 0, 60', bytes: post('Content-Length: 0, 60\r\n', inner), fate: refused(400) },
  { name: 'Content-Length: +3', bytes: post('Content-Length: +3\r\n', 'abc'), fate: refused(400) },
  { name: 'Content-Length: -1', bytes: post('Content-Length: -1\r\n', inner), fate: refused(400) },
  { name: 'Content-Length: 0x3', bytes: post('Content-Length: 0x3\r\n', 'abc'), fate: refused(400) },
  { name: 'Content-Length with a space before the colon', bytes: post('Content-Length : 60\r\n', inner), fate: refused(400) },
  { name: 'two Transfer-Encoding', bytes: post(`${chunked}Transfer-Encoding: identity\r\n`, `0\r\n\r\n${inner}`), fate: refused(400, 501) },
  { name: 'Transfer-Encoding: xchunked', bytes: post('Transfer-Encoding: xchunked\r\n', `0\r\n\r\n${inner}`), fate: refused(400, 501) },
  {
    name: 'Transfer-Encoding: chunked, identity',
    bytes: post('Transfer-Encoding: chunked, identity\r\n', `0\r\n\r\n${inner}`),
    fate: refused(400, 501),
  },
  { name: 'Transfer-Encoding with a tab', bytes: post('Transfer-Encoding:\tchunked\r\n', `0\r\n\r\n`), fate: refused(400, 501) },
  {
    name: 'Transfer-Encoding with a space before the colon',
    bytes: post('Transfer-Encoding : chunked\r\n', `0\r\n\r\n${inner}`),
    fate: refused(400),
  },
  {
    name: 'Transfer-Encoding with a vertical tab',
    bytes: post('Transfer-Encoding: \x0bchunked\r\n', `0\r\n\r\n${inner}`),
    fate: refused(400, 501),
  },
  {
    name: 'Transfer_Encoding',
    bytes: post(`Transfer_Encoding: chunked\r\n${close}Content-Length: 5\r\n`, '0\r\n\r\n'),
    fate: passed('/a'),
  },
  { name: 'Transfer-Encoding in HTTP/1.0', bytes: `POST /a HTTP/1.0\r\nHost: %h\r\n${chunked}\r\n0\r\n\r\n${inner}`, fate: refused(400) },
  { name: 'a chunk size with a sign', bytes: post(chunked, `+0\r\n\r\n${inner}`), fate: refused(400) },
  { name: 'a chunk size that overflows', bytes: post(chunked, `ffffffffffffffff1\r\nx\r\n0\r\n\r\n`), fate: refused(400, 413) },
  { name: 'a chunk size in another base', bytes: post(chunked, `0x3\r\nabc\r\n0\r\n\r\n`), fate: refused(400) },
  { name: 'a chunk longer than its size', bytes: post(chunked, `1\r\nabc\r\n0\r\n\r\n`), fate: refused(400) },
  { name: 'a folded header (obs-fold)', bytes: post(`X-A: b\r\n ${chunked}`, `0\r\n\r\n`), fate: refused(400) },
  { name: 'a bare CR within a header', bytes: post(`X-A: b\rContent-Length: 60\r\n`, inner), fate: refused(400) },
  { name: 'a NUL within a header', bytes: post(`X-A: b\0c\r\n`, ''), fate: refused(400) },
  { name: 'a header line without a colon', bytes: post(`Content-Length\r\n`, ''), fate: refused(400) },
  { name: 'a request line with two spaces', bytes: `GET  /a HTTP/1.1\r\nHost: %h\r\n${close}\r\n`, fate: passed('/a') },
  { name: 'a request line with a third part', bytes: `GET /a HTTP/1.1 HTTP/1.0\r\nHost: %h\r\n${close}\r\n`, fate: refused(400) },
  { name: 'HTTP/1.2', bytes: `GET /a HTTP/1.2\r\nHost: %h\r\n${close}\r\n`, fate: passed('/a') },
  { name: 'HTTP/2.0 in a request line', bytes: `GET /a HTTP/2.0\r\nHost: %h\r\n${close}\r\n`, fate: refused(400, 505) },
  { name: 'HTTP/0.9', bytes: 'GET /a\r\n', fate: refused(400) },
  { name: 'lines that end in bare LF', bytes: `GET /a HTTP/1.1\nHost: %h\n${close.replace('\r', '')}\n`, fate: passed('/a') },
  {
    name: 'an unusual method with a body',
    bytes: `REPORT /a HTTP/1.1\r\nHost: %h\r\n${close}Content-Length: 2\r\n\r\nxx`,
    fate: passed('/a'),
  },
  { name: 'a method in lower case', bytes: `get /a HTTP/1.1\r\nHost: %h\r\n${close}\r\n`, fate: refused(400) },
  { name: 'TRACE', bytes: `TRACE /a HTTP/1.1\r\nHost: %h\r\n${close}\r\n`, fate: refused(405) },
  { name: 'CONNECT to another service', bytes: `CONNECT %o:80 HTTP/1.1\r\nHost: %h\r\n${close}\r\n`, fate: refused(400, 405) },
]

const hosts: readonly Omit<Attack, 'group'>[] = [
  { name: 'two Host headers', bytes: `GET %m HTTP/1.1\r\nHost: %h\r\nHost: %o\r\n${close}\r\n`, fate: refused(400) },
  { name: 'no Host header', bytes: `GET %m HTTP/1.1\r\n${close}\r\n`, fate: refused(400) },
  { name: 'an empty Host header', bytes: `GET %m HTTP/1.1\r\nHost:\r\n${close}\r\n`, fate: refused(400, 421) },
  { name: 'a Host of nobody', bytes: `GET %m HTTP/1.1\r\nHost: nobody.example.com\r\n${close}\r\n`, fate: refused(421) },
  { name: 'the address as Host', bytes: `GET %m HTTP/1.1\r\nHost: 127.0.0.1\r\n${close}\r\n`, fate: refused(421) },
  { name: 'the Host of another service on this connection', bytes: `GET %m HTTP/1.1\r\nHost: %o\r\n${close}\r\n`, fate: refused(421) },
  { name: 'another service in the request line', bytes: `GET http://%o%m HTTP/1.1\r\nHost: %h\r\n${close}\r\n`, fate: refused(421) },
  {
    name: 'the own name in the request line, another as Host',
    bytes: `GET http://%h/a HTTP/1.1\r\nHost: %o\r\n${close}\r\n`,
    fate: passed('/a'),
  },
  { name: 'user information before another name', bytes: `GET %m HTTP/1.1\r\nHost: %h@%o\r\n${close}\r\n`, fate: refused(400, 421) },
  { name: 'another name behind a comma', bytes: `GET %m HTTP/1.1\r\nHost: %h,%o\r\n${close}\r\n`, fate: refused(400, 421) },
  { name: 'another name behind a space', bytes: `GET %m HTTP/1.1\r\nHost: %h %o\r\n${close}\r\n`, fate: refused(400) },
  { name: 'another name behind a slash', bytes: `GET %m HTTP/1.1\r\nHost: %h/%o\r\n${close}\r\n`, fate: refused(400) },
  { name: 'a NUL in the Host', bytes: `GET %m HTTP/1.1\r\nHost: %h\0.%o\r\n${close}\r\n`, fate: refused(400) },
  { name: 'capital letters and a port', bytes: `GET /a HTTP/1.1\r\nHost: API.edge.example.com:8443\r\n${close}\r\n`, fate: passed('/a') },
  { name: 'a dot at the end', bytes: `GET /a HTTP/1.1\r\nHost: %h.\r\n${close}\r\n`, fate: passed('/a') },
  { name: 'X-Forwarded-Host', bytes: get('/a', 'X-Forwarded-Host: %o\r\n'), fate: passed('/a') },
]

const paths: readonly Omit<Attack, 'group'>[] = [
  { name: 'up beyond the root', bytes: get('/../../etc/passwd'), fate: refused(400) },
  { name: 'up beyond the root, encoded', bytes: get('/%2e%2e/%2e%2e/etc/passwd'), fate: refused(400) },
  { name: 'up within the root', bytes: get('/b/../a'), fate: passed('/b/../a') },
  { name: 'an encoded slash', bytes: get('/a%2fb'), fate: passed('/a%2fb') },
  { name: 'an encoded slash between dots', bytes: get('/a/..%2f..%2fb'), fate: refused(400) },
  { name: 'a doubly encoded slash', bytes: get('/a%252fb'), fate: passed('/a%252fb') },
  { name: 'a backslash', bytes: get('/..\\..\\a'), fate: passed('/..\\..\\a') },
  { name: 'two slashes', bytes: get('//nobody.example.com/a'), fate: passed('//nobody.example.com/a') },
  { name: 'a NUL', bytes: get('/a%00b'), fate: refused(400) },
  { name: 'a bare NUL', bytes: get('/a\0b'), fate: refused(400) },
  { name: 'a broken escape', bytes: get('/a%zz'), fate: refused(400) },
  { name: 'overlong UTF-8', bytes: get('/a%c0%afb'), fate: passed('/a%c0%afb') },
  { name: 'an encoded line break', bytes: get('/a%0d%0aX-Injected:%20b'), fate: passed('/a%0d%0aX-Injected:%20b') },
  { name: 'a fragment', bytes: get('/a#/b'), fate: passed('/a#/b') },
]

const sizes: readonly Omit<Attack, 'group'>[] = [
  { name: 'a request line of 20 KB', bytes: get(`/${'a'.repeat(20_000)}`), fate: refused(414) },
  { name: 'a header of 20 KB', bytes: get('%m', `X-A: ${'a'.repeat(20_000)}\r\n`), fate: refused(400, 431) },
  { name: 'headers of 100 KB', bytes: get('%m', `X-A: ${'a'.repeat(1000)}\r\n`.repeat(100)), fate: refused(400, 431) },
  { name: '20,000 headers', bytes: get('%m', 'A: b\r\n'.repeat(20_000)), fate: refused(400, 431) },
  { name: 'a body beyond the limit, announced', bytes: post('Content-Length: 200000000\r\n', ''), fate: refused(413) },
]

const upgrade = (value: string, more = '') => get('/a', '').replace(close, `Connection: Upgrade${more}\r\nUpgrade: ${value}\r\n`)

const upgrades: readonly Omit<Attack, 'group'>[] = [
  { name: 'to h2c', bytes: upgrade('h2c', ', HTTP2-Settings, close'), fate: passed('/a') },
  { name: 'to h2c and websocket', bytes: upgrade('h2c, websocket', ', close'), fate: passed('/a') },
  { name: 'to TLS', bytes: upgrade('TLS/1.0', ', close'), fate: passed('/a') },
  {
    name: 'Connection names the client address',
    bytes: get('/a', '').replace(close, 'Connection: close, X-Real-IP, X-Forwarded-For\r\n'),
    fate: passed('/a'),
  },
]

const inGroup = (group: Attack['group'], attacks: readonly Omit<Attack, 'group'>[]): Attack[] =>
  attacks.map((attack) => ({ group, ...attack }))

/** Every request of the corpus. */
export const attacks: readonly Attack[] = [
  ...inGroup('Request smuggling', smuggling),
  ...inGroup('Host names', hosts),
  ...inGroup('Paths', paths),
  ...inGroup('Sizes', sizes),
  ...inGroup('Upgrades', upgrades),
]
