import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { RemoteError } from '../deploy/remote/remote-error.ts'
import type { RunOptions, Ssh, SshResult } from '../deploy/remote/ssh.ts'
import { placeOf, sshConfig, whyNoEnd } from '../deploy/remote/ssh-config.ts'
import { explainLogin } from '../deploy/remote/ssh-failure.ts'
import { guardFolder } from './guard.ts'
import { runProcess } from './processes.ts'
import { fingerprints, type KeyFacts, notInstalled, writeKey } from './ssh-keys.ts'

/** One login on one machine. */
export interface SshLogin {
  readonly host: string
  readonly port: number
  readonly username: string
  /** The private key's text; line ends are repaired. */
  readonly key: string
  readonly passphrase: string
}

/** How a host is reached. */
export interface SshTarget extends SshLogin {
  /** Lines as in a known_hosts file, for the host and the jump host; `insecure` switches the check off. */
  readonly knownHosts: string
  /** The jump host, if there is one. */
  readonly proxy: SshLogin | undefined
  readonly connectSeconds: number
}

/** A connection that must be closed: with it go its keys and its control socket. */
export interface SshConnection extends Ssh, AsyncDisposable {}

/** One end of the way: its alias in the configuration, and how to talk about it. */
interface Hop {
  readonly alias: string
  readonly what: string
  readonly login: SshLogin
  readonly key: KeyFacts
}

interface Way {
  readonly folder: string
  readonly config: string
  readonly knownHosts: string | undefined
  readonly connectSeconds: number
  readonly environment: Readonly<Record<string, string>>
}

/** Checks keys and known hosts, connects, and keeps the connection for all commands. Failures are `RemoteError`s (NB850–NB856, NB863). */
export async function connectSsh(target: SshTarget): Promise<SshConnection> {
  const folder = mkdtempSync(join(tmpdir(), 'nself-ssh-'))
  const release = guardFolder(folder)
  const masters: ChildProcess[] = []
  const close = async () => {
    for (const master of masters) await end(master)
    await release()
  }
  try {
    const { way, hops } = await prepare(folder, target)
    const connect = async () => {
      for (const master of masters.splice(0)) await end(master)
      for (const hop of hops) masters.push(await openMaster(hop, way))
    }
    await connect()
    return {
      host: placeOf(target),
      run: async (command, options) => {
        if (masters.some(({ exitCode, signalCode }) => exitCode !== null || signalCode !== null)) await connect()
        return runRemote(way, target, command, options)
      },
      [Symbol.asyncDispose]: close,
    }
  } catch (error) {
    await close()
    throw error
  }
}

async function prepare(folder: string, target: SshTarget): Promise<{ way: Way; hops: Hop[] }> {
  const { knownHosts, proxy, connectSeconds } = target
  const environment = { PATH: process.env.PATH ?? '', HOME: folder, LC_ALL: 'C' }
  const isChecked = knownHosts.trim() !== 'insecure'
  const way = {
    folder,
    config: join(folder, 'config'),
    knownHosts: isChecked ? join(folder, 'known_hosts') : undefined,
    connectSeconds,
    environment,
  }
  if (way.knownHosts !== undefined) await writeKnownHosts(way.knownHosts, knownHosts, environment)
  const hops: Hop[] = []
  const add = async (alias: string, what: string, label: string, login: SshLogin) => {
    const problem = whyNoEnd(login)
    if (problem !== undefined) throw new RemoteError('NB852', `${what}: ${problem}.`, 'Correct the input.')
    hops.push({ alias, what, login, key: await writeKey(join(folder, `${alias}.key`), label, login, environment) })
  }
  if (proxy !== undefined) await add('proxy', 'jump host', 'proxy-key', proxy)
  await add('target', 'host', 'key', target)
  const config = hops.map(({ alias, login }) => {
    const files = { key: join(folder, `${alias}.key`), knownHosts: way.knownHosts, socket: join(folder, alias) }
    const via = alias === 'target' && proxy !== undefined ? { alias: 'proxy', file: way.config } : undefined
    return sshConfig(alias, login, files, connectSeconds, via)
  })
  writeFileSync(way.config, config.join(''), { mode: 0o600 })
  return { way, hops }
}

async function writeKnownHosts(file: string, text: string, environment: Readonly<Record<string, string>>): Promise<void> {
  const lines = text.split(/\r\n|\r|\n/).map((line) => line.trim())
  writeFileSync(file, `${lines.join('\n')}\n`, { mode: 0o600 })
  const meant = lines.filter((line) => line !== '' && !line.startsWith('#')).length
  if (meant > 0 && (await fingerprints(file, environment)).length >= meant) return
  throw new RemoteError(
    'NB855',
    meant === 0 ? 'known-hosts is empty.' : 'A line of known-hosts is not a known_hosts line: host, key type, key.',
    'Give it what this prints, after comparing the fingerprint on the host itself: ssh-keyscan HOST (with another port: ssh-keyscan -p PORT HOST).',
  )
}

/** Logs in and leaves a control socket that all commands share. */
async function openMaster({ alias, what, login, key }: Hop, way: Way): Promise<ChildProcess> {
  const socket = join(way.folder, alias)
  const args = ['-F', way.config, '-o', 'LogLevel=DEBUG1', '-M', '-N', alias]
  const master = spawn('ssh', args, { env: { ...way.environment }, stdio: ['ignore', 'ignore', 'pipe'] })
  let log = ''
  let failure: unknown
  master.stderr?.setEncoding('utf8').on('data', (chunk: string) => {
    log = `${log}${chunk}`.slice(-65_536)
  })
  master.on('error', (error) => {
    failure = notInstalled('ssh', error)
  })
  const closed = new Promise((resolve) => master.on('close', resolve).on('error', resolve))
  const deadline = performance.now() + (way.connectSeconds + 20) * 1000
  while (!existsSync(socket)) {
    if (failure !== undefined) throw failure
    if (master.exitCode !== null || master.signalCode !== null || performance.now() > deadline) {
      master.kill()
      await closed
      const expected =
        way.knownHosts === undefined
          ? []
          : await fingerprints(way.knownHosts, way.environment, login.port === 22 ? login.host : `[${login.host}]:${login.port}`)
      throw explainLogin({ end: login, what, log: log || 'timed out', connectSeconds: way.connectSeconds, expected, ...key })
    }
    await sleep(20)
  }
  return master
}

async function runRemote(way: Way, target: SshTarget, command: string, options: RunOptions): Promise<SshResult> {
  const { exitCode, isLate, ...output } = await runProcess('ssh', ['-F', way.config, 'target', command], way.environment, options)
  // ssh itself ends with 255; the agent never does.
  if (exitCode !== undefined && exitCode !== 255) return { exitCode, ...output }
  const said = output.stderr.trim().split('\n').at(-1) ?? ''
  throw new RemoteError(
    'NB856',
    `The connection to ${target.host} ${isLate ? `gave no answer in ${options.timeoutSeconds} s` : `was lost${said === '' ? '' : ` (${said})`}`}.`,
    'What was started on the host goes on there. Run the same command again: it finds out how things stand and continues.',
  )
}

async function end(master: ChildProcess): Promise<void> {
  if (master.exitCode !== null || master.signalCode !== null) return
  const closed = new Promise((resolve) => master.once('close', resolve))
  master.kill()
  // It would wait for the commands that it still carries.
  const alarm = setTimeout(() => master.kill('SIGKILL'), 1000)
  await closed
  clearTimeout(alarm)
}
