import { spawnSync } from 'node:child_process'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readAnswer } from '../../../action/deploy/remote/agent.ts'
import { readJournal } from '../../../action/deploy/remote/journal.ts'
import { normaliseKey } from '../../../action/deploy/remote/key-text.ts'
import { packRelease } from '../../../action/deploy/remote/pack.ts'
import { shellCommand } from '../../../action/deploy/remote/shell-command.ts'
import type { Ssh } from '../../../action/deploy/remote/ssh.ts'
import { sshConfig, whyNoEnd } from '../../../action/deploy/remote/ssh-config.ts'
import { explainLogin } from '../../../action/deploy/remote/ssh-failure.ts'

async function bytesOf(stream: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const chunks: Uint8Array[] = []
  for await (const chunk of stream) chunks.push(chunk)
  return Buffer.concat(chunks)
}

describe('packRelease', () => {
  it('gives equal bytes for equal files, in whatever order they come', async () => {
    const files: [string, string][] = [
      ['b', '2'],
      ['a/c', '1'],
      ['a', ''],
    ]
    const one = packRelease(new Map(files))
    const other = packRelease(new Map([...files].reverse()))
    expect(one.sum).toBe(other.sum)
    expect((await bytesOf(one.stream)).equals(await bytesOf(other.stream))).toBe(true)
  })

  it('has another sum when one byte differs', () => {
    expect(packRelease(new Map([['a', '1']])).sum).not.toBe(packRelease(new Map([['a', '2']])).sum)
  })
})

describe('readJournal', () => {
  const line = '{"at":"t","event":"start","service":"api","detail":"é"}\n'

  it('counts the bytes of whole lines only, and never the status', () => {
    const read = readJournal(`${line}${line}{"status":"ok","detail":""}\n{"at":"t","ev`)
    expect(read.events).toHaveLength(2)
    expect(read.bytes).toBe(2 * Buffer.byteLength(line))
    expect(read.status).toEqual({ status: 'ok', detail: '' })
  })

  it('passes over a line that a kill has cut off', () => {
    const broken = '{"at":"t","event":"sta\n'
    expect(readJournal(broken + line)).toMatchObject({ events: [{ event: 'start' }], bytes: Buffer.byteLength(broken + line) })
  })
})

describe('normaliseKey', () => {
  const body = 'b3BlbnNzaC1rZXktdjEAAAAABG5vbmUAAAAEbm9uZQ'
  const key = `-----BEGIN OPENSSH PRIVATE KEY-----\n${body}\n-----END OPENSSH PRIVATE KEY-----\n`
  it.each([
    ['as it is', key],
    ['CRLF', key.replaceAll('\n', '\r\n')],
    ['CR', key.replaceAll('\n', '\r')],
    ['no final newline', key.trimEnd()],
    ['\\n', key.trimEnd().replaceAll('\n', '\\n')],
    ['spaces around', `\n\n  ${key}  \n`],
    ['byte order mark', `\uFEFF${key}`],
  ])('repairs %s', (_, text) => {
    expect(normaliseKey(text)).toBe(key)
  })
})

describe('whyNoEnd', () => {
  it.each(['example.com', '203.0.113.7', 'fe80::1%eth0', '::1', 'a', 'my_host', 'example.com.'])('takes the host %s', (host) => {
    expect(whyNoEnd({ host, port: 22, username: 'deploy' })).toBeUndefined()
  })

  it('takes nothing that could mean more than a name in a configuration', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        for (const end of [
          { host: text, port: 22, username: 'deploy' },
          { host: 'example.com', port: 22, username: text },
        ]) {
          if (whyNoEnd(end) !== undefined) continue
          const lines = sshConfig('a', end, { key: 'k', knownHosts: 'h', socket: 's' }, 5).split('\n')
          expect(lines).toHaveLength(
            sshConfig('a', { host: 'h', port: 22, username: 'u' }, { key: 'k', knownHosts: 'h', socket: 's' }, 5).split('\n').length,
          )
          expect(text).not.toMatch(/[\s"'\\$`;|&<>()#]|^-/)
        }
      }),
      { numRuns: 2000 },
    )
  })
})

describe('readAnswer', () => {
  const ssh: Ssh = { host: 'me@host:22', run: () => Promise.reject(new Error('not asked')) }

  it('passes over a greeting, and refuses what is no answer', () => {
    expect(readAnswer(ssh, 'Welcome {you}!\n{"a":1}\n')).toEqual({ a: 1 })
    expect(() => readAnswer(ssh, 'This account is currently not available.\n')).toThrow('me@host:22 answered something')
  })
})

describe('shellCommand', () => {
  it('gives a real shell each word as it is', () => {
    const word = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.constantFrom('$(id)', '`id`', "'", '"', '\\', '*', '~', '!', '-n', 'a\nb', ';', '&&', '|', '>x', '${IFS}', ''),
    )
    fc.assert(
      fc.property(
        fc.array(
          word.filter((text) => !text.includes('\0') && Buffer.from(text).toString() === text),
          { minLength: 1, maxLength: 6 },
        ),
        (words) => {
          const { stdout } = spawnSync('sh', ['-c', shellCommand(['printf', '%s\\0', ...words])])
          expect(stdout.toString().split('\0').slice(0, -1)).toEqual(words)
        },
      ),
      { numRuns: Number(process.env.NSELF_PROPERTY_RUNS ?? 150) },
    )
  })

  it('refuses what no shell can take', () => {
    expect(() => shellCommand(['a\0b'])).toThrow('NUL')
  })

  it('leaves plain words readable', () => {
    expect(shellCommand(['sh', '/opt/x.sh', 'follow', 'a b', ''])).toBe("sh /opt/x.sh follow 'a b' ''")
  })
})

describe('explainLogin', () => {
  const login = {
    end: { host: 'h', port: 2222, username: 'u' },
    what: 'host',
    connectSeconds: 5,
    expected: ['256 SHA256:old h (ED25519)'],
    publicKey: 'ssh-ed25519 AAAA',
    fingerprint: 'SHA256:mine',
  }
  it.each([
    ['debug1: Server host key: ssh-ed25519 SHA256:new\nWARNING: REMOTE HOST IDENTIFICATION HAS CHANGED!', 'NB850', 'SHA256:new'],
    ['No ED25519 host key is known for h and you have requested strict checking.\nHost key verification failed.', 'NB851', 'known-hosts'],
    ['u@h: Permission denied (publickey,password).', 'NB853', 'SHA256:mine'],
    ['Received disconnect from h: Too many authentication failures', 'NB853', 'SHA256:mine'],
    ['ssh: connect to host h port 2222: Connection refused', 'NB852', 'nothing listens'],
    ['ssh: Could not resolve hostname h: Name or service not known', 'NB852', 'no address'],
    ['ssh: connect to host h port 2222: No route to host', 'NB852', 'no way to it'],
    [
      'Unable to negotiate with h: no matching key exchange method found. Their offer: diffie-hellman-group1-sha1',
      'NB852',
      'diffie-hellman-group1-sha1',
    ],
    ['ssh: connect to host h port 2222: Connection timed out', 'NB852', 'no answer within 5 s'],
    ['debug1: x\nkex_exchange_identification: Connection closed by remote host', 'NB852', 'before the login (kex_exchange'],
  ])('%s', (log, code, text) => {
    const { diagnostic } = explainLogin({ ...login, log })
    expect(diagnostic.code).toBe(code)
    expect(diagnostic.message + diagnostic.fix).toContain(text)
    expect(diagnostic.fix).not.toBe('')
  })
})
