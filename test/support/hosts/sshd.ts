import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createConnection } from 'node:net'
import { tmpdir, userInfo } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { SshTarget } from '../../../action/adapters/ssh.ts'
import { freePorts } from '../../e2e/support/ports.ts'
import { run } from '../../e2e/support/run.ts'

/** A "host": an sshd of its own on the loopback interface, with its own keys. */
export interface Host extends AsyncDisposable {
  readonly port: number
  /** How the action reaches it. */
  readonly target: SshTarget
  /** Its host key, as the part of a known_hosts line after the name. */
  readonly hostKey: string
  /** The public keys that it lets in; a test may change the file. */
  readonly authorizedKeys: string
  readonly folder: string
  log(): string
  /** Ends every connection, as a broken network does. */
  cutConnections(): Promise<void>
}

export interface HostOptions {
  /** Lines of sshd_config that come first. */
  readonly config?: readonly string[]
  /** Where it listens. */
  readonly address?: string
}

/** Starts one. The client's key is accepted for the user who runs the tests. */
export async function startHost({ config = [], address = '127.0.0.1' }: HostOptions = {}): Promise<Host> {
  const folder = mkdtempSync(join(tmpdir(), 'nself-host-'))
  const { port } = await freePorts('port')
  await makeKey(join(folder, 'host_key'))
  const { key, publicKey } = await makeKey(join(folder, 'client_key'))
  const authorizedKeys = join(folder, 'authorized_keys')
  writeFileSync(authorizedKeys, `${publicKey}\n`)
  writeFileSync(join(folder, 'sshd_config'), `${[...config, ...sshdConfig(folder, port, address)].join('\n')}\n`)
  mkdirSync('/run/sshd', { recursive: true })
  const server = spawn('/usr/sbin/sshd', ['-D', '-e', '-f', join(folder, 'sshd_config')], {
    stdio: ['ignore', 'ignore', openSync(join(folder, 'log'), 'w')],
  })
  const log = () => readFileSync(join(folder, 'log'), 'utf8')
  const stop = async () => {
    await cut(server)
    if (server.exitCode === null) {
      const ended = once(server, 'exit')
      server.kill()
      await ended
    }
    rmSync(folder, { recursive: true, force: true })
  }
  if (!(await listens(port, address))) {
    const reason = log()
    await stop()
    throw new Error(`sshd does not listen: ${reason}`)
  }
  const hostKey = readFileSync(join(folder, 'host_key.pub'), 'utf8').split(' ').slice(0, 2).join(' ')
  return {
    port,
    folder,
    hostKey,
    authorizedKeys,
    log,
    target: {
      host: address,
      port,
      username: userInfo().username,
      key,
      passphrase: '',
      knownHosts: `[${address}]:${port} ${hostKey}`,
      proxy: undefined,
      connectSeconds: 5,
    },
    cutConnections: () => cut(server),
    [Symbol.asyncDispose]: stop,
  }
}

function sshdConfig(folder: string, port: number, address: string): string[] {
  return [
    `Port ${port}`,
    `ListenAddress ${address}`,
    `HostKey ${folder}/host_key`,
    `AuthorizedKeysFile ${folder}/authorized_keys`,
    `PidFile ${folder}/pid`,
    'PermitRootLogin prohibit-password',
    'PasswordAuthentication no',
    'KbdInteractiveAuthentication no',
    'UsePAM no',
    'StrictModes no',
    'LogLevel VERBOSE',
  ]
}

/** Makes a key without a passphrase, and returns both sides. */
export async function makeKey(file: string, type = 'ed25519', passphrase = ''): Promise<{ key: string; publicKey: string }> {
  await run('ssh-keygen', ['-q', '-t', type, '-N', passphrase, '-C', 'test', '-f', file])
  return { key: readFileSync(file, 'utf8'), publicKey: readFileSync(`${file}.pub`, 'utf8').trim() }
}

// Its children are the connections. Killing them is what a broken network looks like to the client.
async function cut({ pid }: ChildProcess): Promise<void> {
  const children = (await run('ps', ['-eo', 'pid=,ppid=']))
    .split('\n')
    .map((line) => line.trim().split(/\s+/).map(Number))
    .filter(([, parent]) => parent === pid)
  for (const [child = 0] of children) {
    try {
      process.kill(child, 'SIGKILL')
    } catch {
      // It has ended by itself.
    }
  }
}

async function listens(port: number, address: string): Promise<boolean> {
  for (let attempt = 0; attempt < 100; attempt++) {
    const socket = createConnection({ host: address, port })
    const isOpen = await new Promise<boolean>((resolve) => socket.on('connect', () => resolve(true)).on('error', () => resolve(false)))
    socket.destroy()
    if (isOpen) return true
    await sleep(50)
  }
  return false
}
