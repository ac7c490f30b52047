import { execFileSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { connectSsh, type SshTarget } from '../../../action/adapters/ssh.ts'
import { RemoteError } from '../../../action/deploy/remote/remote-error.ts'
import { shellCommand } from '../../../action/deploy/remote/shell-command.ts'
import { type Host, makeKey, startHost } from '../../support/hosts/sshd.ts'
import { freePorts } from '../support/ports.ts'

const stack = new AsyncDisposableStack()
let host: Host
let jump: Host
let folder: string

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'nself-keys-'))
  stack.defer(() => rmSync(folder, { recursive: true }))
  host = stack.use(await startHost())
  jump = stack.use(await startHost())
})
afterAll(() => stack.disposeAsync())

/** Connects, asks for one word, and returns it. */
async function ask(target: SshTarget): Promise<string> {
  await using ssh = await connectSsh(target)
  return (await ssh.run(shellCommand(['echo', 'here']), { timeoutSeconds: 10 })).stdout.trim()
}

async function failure(target: SshTarget): Promise<{ code: string; message: string; fix: string }> {
  const error = await ask(target).then(
    (answer) => answer,
    (caught: unknown) => caught,
  )
  if (!(error instanceof RemoteError)) throw new Error(`no RemoteError: ${String(error)}`)
  return error.diagnostic
}

const leftovers = () => readdirSync(tmpdir()).filter((name) => name.startsWith('nself-ssh-'))

describe('a connection', () => {
  it('runs commands, each exit code a result, stdin whole, over one login', async () => {
    await using ssh = await connectSsh(host.target)
    const logins = () => host.log().split('Accepted publickey').length
    const before = logins()
    const bytes = Buffer.alloc(1_000_000, 'a\0é\n')
    const { stdout } = await ssh.run('wc -c', { stdin: bytes, timeoutSeconds: 20 })
    const failed = await ssh.run('echo out; echo err >&2; exit 7', { timeoutSeconds: 20 })
    expect(Number(stdout)).toBe(bytes.length)
    expect(failed).toEqual({ exitCode: 7, stdout: 'out\n', stderr: 'err\n' })
    expect(logins()).toBe(before)
  })

  it('takes any word as just that word', async () => {
    await using ssh = await connectSsh(host.target)
    const words = ["it's", '$(touch /tmp/nself-owned)', '`id`', 'a\nb', '', '*', '~', '\\', '"', '!!', '; exit 9', 'é', '-n', '#x']
    const { stdout } = await ssh.run(shellCommand(['printf', '%s\\0', ...words]), { timeoutSeconds: 20 })
    expect(stdout.split('\0').slice(0, -1)).toEqual(words)
  })

  it('shows no key to other users and leaves nothing behind', async () => {
    const before = leftovers()
    const ssh = await connectSsh(host.target)
    const [own = ''] = leftovers().filter((name) => !before.includes(name))
    const modes = execFileSync('find', [join(tmpdir(), own), '-printf', '%m %f\n'], { encoding: 'utf8' })
    await ssh[Symbol.asyncDispose]()
    expect(modes).toContain(`700 ${own}`)
    expect(modes).toContain('600 target.key\n')
    expect(leftovers()).toEqual(before)
  })

  it('is made again after it was cut', async () => {
    await using ssh = await connectSsh(host.target)
    const cut = ssh.run('sleep 20', { timeoutSeconds: 30 }).catch((error: RemoteError) => error.diagnostic.code)
    await sleep(300)
    await host.cutConnections()
    expect(await cut).toBe('NB856')
    expect((await ssh.run('echo again', { timeoutSeconds: 10 })).stdout).toBe('again\n')
  })

  it('gives up a command after its time', async () => {
    await using ssh = await connectSsh(host.target)
    const began = performance.now()
    await expect(ssh.run('sleep 20', { timeoutSeconds: 1 })).rejects.toThrow('gave no answer in 1 s')
    expect(performance.now() - began).toBeLessThan(10_000)
  })

  it('goes to an IPv6 address, whose key is checked, too', async () => {
    await using six = await startHost({ address: '::1' })
    expect(await ask(six.target)).toBe('here')
    expect(await failure({ ...six.target, knownHosts: `[::1]:${six.port} ${jump.hostKey}` })).toMatchObject({
      code: 'NB850',
      message: expect.stringContaining(`@[::1]:${six.port}`),
    })
  })

  it('goes through a jump host with a key of its own', async () => {
    const { host: address, port, username, key, passphrase } = jump.target
    const knownHosts = `${host.target.knownHosts}\n${jump.target.knownHosts}`
    const before = jump.log().length
    expect(await ask({ ...host.target, knownHosts, proxy: { host: address, port, username, key, passphrase } })).toBe('here')
    expect(jump.log().slice(before)).toContain('Accepted publickey')
  })

  it('removes the keys even when the process is killed', async () => {
    const before = leftovers()
    const script = `const { connectSsh } = await import(${JSON.stringify(join(import.meta.dirname, '../../../action/adapters/ssh.ts'))})
await connectSsh(${JSON.stringify(host.target)}); process.kill(process.pid, 'SIGKILL')`
    try {
      execFileSync(process.execPath, ['--input-type=module', '--eval', script], { stdio: 'ignore' })
    } catch {
      // Killed, as it should be.
    }
    for (let wait = 0; wait < 50 && leftovers().length > before.length; wait++) await sleep(100)
    expect(leftovers()).toEqual(before)
  })
})

describe('a key', () => {
  const forms: [string, (key: string) => string][] = [
    ['CRLF', (key) => key.replaceAll('\n', '\r\n')],
    ['no final newline', (key) => key.trimEnd()],
    ['\\n written out', (key) => key.trimEnd().replaceAll('\n', '\\n')],
    ['indentation and a byte order mark', (key) => `\uFEFF${key.replaceAll(/^/gm, '    ')}`],
  ]
  it.each(forms)('works with %s', async (_, change) => {
    expect(await ask({ ...host.target, key: change(host.target.key) })).toBe('here')
  })

  it.each(['ed25519', 'rsa', 'ecdsa'])('of type %s works with its passphrase', async (type) => {
    const { key, publicKey } = await makeKey(join(folder, type), type, 'pass $PHRASE "x" \\ é')
    const authorized = readFileSync(host.authorizedKeys, 'utf8')
    const { writeFileSync } = await import('node:fs')
    writeFileSync(host.authorizedKeys, `${authorized}${publicKey}\n`)
    expect(await ask({ ...host.target, key, passphrase: 'pass $PHRASE "x" \\ é' })).toBe('here')
    expect(await failure({ ...host.target, key, passphrase: 'wrong' })).toMatchObject({
      code: 'NB854',
      message: expect.stringContaining('does not open it'),
    })
    expect(await failure({ ...host.target, key })).toMatchObject({ code: 'NB854', fix: expect.stringContaining('passphrase') })
  })

  it.each([
    ['', 'is empty'],
    ['ssh-ed25519 AAAAC3NzaC1lZDI1NTE5 me', 'is a public key'],
    ['PuTTY-User-Key-File-3: ssh-ed25519', 'is a PuTTY key'],
    ['hello', 'does not begin as a private key does'],
    ['-----BEGIN OPENSSH PRIVATE KEY-----\nb3Blbn', 'is cut off'],
    ['-----BEGIN OPENSSH PRIVATE KEY-----\nb3Blbn\n-----END OPENSSH PRIVATE KEY-----', 'is damaged'],
  ])('%j is refused before anybody is asked', async (key, message) => {
    const before = host.log()
    expect(await failure({ ...host.target, key })).toMatchObject({ code: 'NB854', message: expect.stringContaining(message) })
    expect(host.log()).toBe(before)
  })

  it('that the host does not accept is named by its fingerprint', async () => {
    const { key, publicKey } = await makeKey(join(folder, 'stranger'))
    const fingerprint = execFileSync('ssh-keygen', ['-lf', join(folder, 'stranger')], { encoding: 'utf8' }).split(' ')[1]
    expect(await failure({ ...host.target, key })).toMatchObject({
      code: 'NB853',
      message: expect.stringContaining(fingerprint as string),
      fix: expect.stringContaining(publicKey.split(' ')[1] as string),
    })
  })
})

describe('a host', () => {
  const shown = () => execFileSync('ssh-keygen', ['-lf', join(host.folder, 'host_key.pub')], { encoding: 'utf8' }).split(' ')[1] as string

  it('with another key than expected is not spoken to', async () => {
    const other = `[127.0.0.1]:${host.port} ${jump.hostKey}`
    const expected = execFileSync('ssh-keygen', ['-lf', join(jump.folder, 'host_key.pub')], { encoding: 'utf8' }).split(' ')[1] as string
    const before = host.log()
    const { code, message, fix } = await failure({ ...host.target, knownHosts: other })
    expect(code).toBe('NB850')
    expect(message).toContain(shown())
    expect(message).toContain(expected)
    expect(fix).toContain(`ssh-keyscan -p ${host.port} 127.0.0.1`)
    expect(host.log().slice(before.length)).not.toContain('Accepted')
  })

  it('that is not in known-hosts is not spoken to', async () => {
    const { code, message, fix } = await failure({ ...host.target, knownHosts: `example.com ${host.hostKey}` })
    expect({ code, fix }).toMatchObject({ code: 'NB851', fix: expect.stringContaining(`ssh-keyscan -p ${host.port} 127.0.0.1`) })
    expect(message).toContain(shown())
  })

  it('is spoken to unchecked only when that is spelled out', async () => {
    expect(await ask({ ...host.target, knownHosts: 'insecure' })).toBe('here')
  })

  it('is found by hashed lines, among comments and CRLF', async () => {
    const knownHosts = `# mine\r\n\r\nexample.com ${jump.hostKey}\r\n${host.target.knownHosts}\r\n`
    expect(await ask({ ...host.target, knownHosts })).toBe('here')
  })

  it.each(['', '# nothing', 'SHA256:abcdef', 'example.com ssh-ed25519 AAAA'])('known-hosts %j is refused', async (knownHosts) => {
    expect(await failure({ ...host.target, knownHosts })).toMatchObject({ code: 'NB855', fix: expect.stringContaining('ssh-keyscan') })
  })

  it('that refuses, does not exist or does not answer is explained', async () => {
    const { port } = await freePorts('port')
    expect(await failure({ ...host.target, port })).toMatchObject({
      code: 'NB852',
      message: expect.stringContaining('nothing listens there'),
    })
    expect(await failure({ ...host.target, host: 'no-such-host.invalid' })).toMatchObject({
      code: 'NB852',
      message: expect.stringContaining('no address'),
    })
    expect(await failure({ ...host.target, host: 'a b' })).toMatchObject({
      code: 'NB852',
      message: expect.stringContaining('no host name'),
    })
    expect(await failure({ ...host.target, username: '-oProxyCommand=x' })).toMatchObject({ code: 'NB852' })
    const silent = createServer(() => {}).listen(0, '127.0.0.1')
    await sleep(50)
    const { port: silentPort } = silent.address() as { port: number }
    const said = await failure({ ...host.target, port: silentPort, connectSeconds: 2 })
    silent.close()
    expect(said).toMatchObject({ code: 'NB852', message: expect.stringContaining('no answer within 2 s') })
  })

  it('behind a jump host that cannot be reached: the jump host is named', async () => {
    const { port } = await freePorts('port')
    const { host: address, username, key, passphrase } = jump.target
    const target = { ...host.target, proxy: { host: address, port, username, key, passphrase } }
    expect(await failure(target)).toMatchObject({ code: 'NB852', message: expect.stringContaining('jump host') })
  })
})
