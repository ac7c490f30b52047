import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { repository } from '../support/bundle.ts'
import { call } from '../support/http.ts'
import { freePorts } from '../support/ports.ts'
import { run } from '../support/run.ts'
import { misledName, names } from './setup.ts'
import { refusedName } from './support/authority.ts'
import { inside } from './support/container.ts'
import { eventually } from './support/eventually.ts'
import { exchange } from './support/raw.ts'
import { writeTable } from './support/table.ts'
import { certificateOf } from './support/tls.ts'

const { project, ports, root } = inject('edge')

/** What `openssl s_client` says about a connection; `accepted` when the handshake was completed. */
function handshake(port: number, ...options: string[]): Promise<{ accepted: boolean; text: string }> {
  return new Promise((resolve) => {
    const client = spawn('openssl', ['s_client', '-connect', `127.0.0.1:${port}`, ...options], { stdio: ['pipe', 'pipe', 'pipe'] })
    let text = ''
    const add = (chunk: Buffer) => {
      text += chunk
    }
    client.stdout.on('data', add)
    client.stderr.on('data', add)
    client.stdin.end('Q\n')
    client.on('close', () => resolve({ accepted: /^\s*(New, TLSv|SSL-Session:)/m.test(text) && !/Cipher is \(NONE\)/.test(text), text }))
  })
}

const anyStrength = ['-cipher', 'ALL:COMPLEMENTOFALL@SECLEVEL=0']
const named = (name: string, ...options: string[]) => handshake(ports.https, '-servername', name, ...options)

/** All ciphers of TLS 1.2 that this machine's OpenSSL knows. */
async function ciphersOf(): Promise<string[]> {
  const list = await run('openssl', ['ciphers', '-tls1_2', 'ALL:COMPLEMENTOFALL@SECLEVEL=0'])
  return list
    .trim()
    .split(':')
    .filter((cipher) => !cipher.startsWith('TLS_'))
}

const outcomes: string[][] = []
beforeAll(async () => {
  await eventually(120, () => Promise.all(Object.values(names).map((name) => certificateOf(ports.https, name, root))))
})
afterAll(() => {
  if (outcomes.length === 7) writeTable('scan', ['What', 'Outcome'], outcomes)
})

describe('protocols', () => {
  it('TLS 1.3 and 1.2 are spoken, 1.3 by preference; 1.1 and 1.0 are not', async () => {
    const accepted = []
    for (const version of ['tls1', 'tls1_1', 'tls1_2', 'tls1_3'])
      if ((await named(names.api, `-${version}`, ...anyStrength)).accepted) accepted.push(version)
    expect(accepted).toEqual(['tls1_2', 'tls1_3'])
    expect((await named(names.api)).text).toContain('New, TLSv1.3')
    outcomes.push(['Protocols', 'TLS 1.3, TLS 1.2'])
  })

  it('which this client can tell: a server of TLS 1.0 is one that it accepts', async () => {
    const { control } = await freePorts('control')
    const folder = mkdtempSync(join(tmpdir(), 'e2e-scan-'))
    const files = { key: join(folder, 'key.pem'), certificate: join(folder, 'certificate.pem') }
    const self = ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '1', '-subj', '/CN=control']
    await run('openssl', [...self, '-keyout', files.key, '-out', files.certificate])
    const pair = ['-cert', files.certificate, '-key', files.key]
    const server = spawn('openssl', ['s_server', '-accept', String(control), ...pair, '-tls1', ...anyStrength], {
      stdio: ['pipe', 'ignore', 'ignore'],
    })
    try {
      await eventually(5, async () => expect((await handshake(control, '-tls1', ...anyStrength)).accepted).toBe(true))
    } finally {
      server.kill()
      rmSync(folder, { recursive: true })
    }
  })

  it('HTTP/2 is offered', async () => {
    expect((await named(names.api, '-alpn', 'h2,http/1.1')).text).toContain('ALPN protocol: h2')
  })
})

describe('newer HTTP', async () => {
  const curl = await inside(project, 'nginx', 'curl', '--version')

  /** Asks nginx from within its container, whose curl knows more protocols; the version of HTTP and the status, or a failure. */
  const ask = (version: string, name: string, host: string) =>
    inside(
      project,
      'nginx',
      'curl',
      '-sk',
      version,
      '--resolve',
      `${name}:443:127.0.0.1`,
      '-H',
      `Host: ${host}`,
      '-o',
      '/dev/null',
      '-w',
      '%{http_version} %{http_code}',
      `https://${name}/`,
    )

  it.each([
    { version: '--http2', number: 2 },
    // The curl of nginx's official image may be one without it.
    ...(curl.includes('HTTP3') ? [{ version: '--http3-only', number: 3 }] : []),
  ])('HTTP/$number serves its name, no other on the same connection, and no unknown one', async ({ version, number }) => {
    expect(await ask(version, names.api, names.api)).toBe(`${number} 200`)
    expect(await ask(version, names.api, names.web)).toBe(`${number} 421`)
    expect(await ask(version, names.api, 'nobody.example.com')).toBe(`${number} 421`)
    await expect(ask(version, 'nobody.example.com', names.api)).rejects.toThrow()
    outcomes.push([`HTTP/${number}`, 'spoken; another name on the same connection: 421; an unknown name: no handshake'])
  })
})

describe('ciphers', () => {
  it('of TLS 1.2 are the six of Mozilla’s intermediate profile, as far as the key allows', async () => {
    const accepted = []
    for (const cipher of await ciphersOf())
      if ((await named(names.api, '-tls1_2', '-cipher', `${cipher}@SECLEVEL=0`)).accepted) accepted.push(cipher)
    const suites = ['ECDHE-ECDSA-AES128-GCM-SHA256', 'ECDHE-ECDSA-AES256-GCM-SHA384', 'ECDHE-ECDSA-CHACHA20-POLY1305']
    expect(accepted.sort()).toEqual(suites)
    outcomes.push(['Ciphers of TLS 1.2, of all that OpenSSL knows', suites.join(', ')])
  })

  it('of TLS 1.3 are its three', async () => {
    const accepted = []
    for (const suite of [
      'TLS_AES_128_GCM_SHA256',
      'TLS_AES_256_GCM_SHA384',
      'TLS_CHACHA20_POLY1305_SHA256',
      'TLS_AES_128_CCM_SHA256',
      'TLS_AES_128_CCM_8_SHA256',
    ])
      if ((await named(names.api, '-tls1_3', '-ciphersuites', suite)).accepted) accepted.push(suite)
    expect(accepted).toHaveLength(3)
    outcomes.push(['Suites of TLS 1.3', accepted.join(', ')])
  })
})

describe('names', () => {
  it.each(Object.values(names))('%s gets a chain that leads to the authority, for this name only', async (name) => {
    const { subjectaltname } = await certificateOf(ports.https, name, root)
    expect(subjectaltname).toBe(`DNS:${name}`)
    // The intermediate comes along: without it the chain would not be verified.
    expect((await named(name)).text).toMatch(/Certificate chain[\s\S]*\n 1 s:/)
  })

  it('a name of nobody, and none, gets no handshake at all', async () => {
    for (const options of [['-servername', 'nobody.example.com'], ['-noservername'], ['-servername', 'edge.example.com']])
      expect((await handshake(ports.https, ...options)).text).toMatch(/alert/)
    outcomes.push(['Names', 'each its own certificate and chain; unknown names and none: no handshake'])
  })
})

describe('status --public', () => {
  it('sees what visitors see: good certificates, and names without one', async () => {
    writeFileSync(join(project.root, 'root.pem'), root)
    const mounts = [`${repository}:/tool:ro`, `${project.root}:/project:ro`].flatMap((mount) => ['--volume', mount])
    const command =
      'node /tool/dist/cli.js status --public --json --environment production --working-directory /project --env NGINX_HTTPS_PORT=443; true'
    const place = ['--network', `${project.name}_network`, '--env', 'NODE_EXTRA_CA_CERTS=/project/root.pem']
    const output = JSON.parse(await run('docker', ['run', '--rm', ...mounts, ...place, 'node:26-slim', 'sh', '-c', command])) as {
      exitCode: number
      certificates: { folder: string; names: string[]; daysLeft: number }[]
      diagnostics: { code: string; message: string }[]
    }
    expect(output.certificates.map(({ folder, names }) => [folder, names]).sort()).toEqual(
      Object.values(names)
        .map((name) => [name, [name]])
        .sort(),
    )
    expect(output.certificates[0]?.daysLeft).toBeGreaterThan(80)
    const messages = output.diagnostics.map(({ code, message }) => `${code} ${message}`)
    expect(messages.filter((message) => message.startsWith('NB9')).sort()).toEqual([
      expect.stringMatching(new RegExp(`^NB908 ${misledName} leads nowhere`)),
      expect.stringMatching(new RegExp(`^NB908 ${refusedName} shows no certificate: ERR_SSL`)),
    ])
    expect(output.exitCode).toBe(1)
  })
})

describe('headers', () => {
  const secure = (path: string, host: string = names.api) => call({ port: ports.https, host, path, tls: true })

  it('say once what browsers have to know', async () => {
    const { headers, headerCounts } = await secure('/')
    expect(headers).toMatchObject({
      'strict-transport-security': 'max-age=63072000',
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'strict-origin-when-cross-origin',
      'x-frame-options': 'DENY',
      'alt-svc': `h3=":${ports.https}"; ma=86400`,
      server: 'nginx',
    })
    for (const name of ['strict-transport-security', 'x-content-type-options', 'x-frame-options', 'alt-svc'])
      expect(headerCounts.get(name)).toBe(1)
    outcomes.push(['Strict-Transport-Security', 'two years, once, also on errors of the edge itself'])
  })

  it('also where the edge answers itself', async () => {
    const refusals = await Promise.all(Array.from({ length: 20 }, () => secure('/', names.files)))
    const limited = refusals.find(({ status }) => status === 429)
    expect(limited?.headers).toMatchObject({ 'strict-transport-security': 'max-age=63072000', 'retry-after': '1' })
    const misdirected = await exchange(
      { address: '127.0.0.1', port: ports.https, name: names.api },
      `GET / HTTP/1.1\r\nHost: ${names.web}\r\nConnection: close\r\n\r\n`,
    )
    expect(misdirected).toMatch(/^HTTP\/1.1 421 [\s\S]*Strict-Transport-Security/)
  })
})
