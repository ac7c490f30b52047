import { rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { normaliseKey, whyNoKey } from '../deploy/remote/key-text.ts'
import { RemoteError } from '../deploy/remote/remote-error.ts'
import { runProcess } from './processes.ts'

/** The public side of a private key. */
export interface KeyFacts {
  readonly publicKey: string
  /** `SHA256:…` */
  readonly fingerprint: string
}

/**
 * Writes a private key into a file that only we can read, without its passphrase, and returns its public side. `label` is the name of the
 * input it came from. NB854 when it cannot be used.
 */
export async function writeKey(
  file: string,
  label: string,
  { key, passphrase }: { readonly key: string; readonly passphrase: string },
  environment: Readonly<Record<string, string>>,
): Promise<KeyFacts> {
  const text = normaliseKey(key)
  const reason = whyNoKey(text)
  if (reason !== undefined) throw new RemoteError('NB854', `${label} ${reason.message}.`, reason.fix)
  writeFileSync(file, text, { mode: 0o600 })
  if (passphrase !== '') await takeOffPassphrase(file, label, passphrase, environment)
  const { exitCode, stdout, stderr } = await keygen(['-y', '-P', '', '-f', file], environment)
  if (exitCode !== 0) throw unusable(label, stderr)
  const publicKey = stdout.trim()
  writeFileSync(`${file}.pub`, `${publicKey}\n`)
  return { publicKey, fingerprint: (await fingerprints(`${file}.pub`, environment))[0]?.split(' ')[1] ?? '' }
}

// ssh asks for a passphrase through a program; in an argument list everybody could read it.
async function takeOffPassphrase(
  file: string,
  label: string,
  passphrase: string,
  environment: Readonly<Record<string, string>>,
): Promise<void> {
  const secret = join(file, '..', 'passphrase')
  const askpass = join(file, '..', 'askpass')
  try {
    writeFileSync(secret, `${passphrase}\n`, { mode: 0o600 })
    writeFileSync(askpass, '#!/bin/sh\ncat "$NSELF_PASSPHRASE_FILE"\n', { mode: 0o700 })
    const asking = { ...environment, SSH_ASKPASS: askpass, SSH_ASKPASS_REQUIRE: 'force', DISPLAY: ':0', NSELF_PASSPHRASE_FILE: secret }
    const { exitCode, stderr } = await keygen(['-p', '-N', '', '-f', file], asking)
    if (exitCode !== 0) throw unusable(label, stderr)
  } finally {
    rmSync(secret, { force: true })
    rmSync(askpass, { force: true })
  }
}

function unusable(label: string, stderr: string): RemoteError {
  const said = stderr.trim().split('\n').at(-1) ?? ''
  if (/passphrase/i.test(said))
    return new RemoteError(
      'NB854',
      `${label} is protected, and the passphrase given does not open it.`,
      'Set passphrase (for a jump host: proxy-passphrase) to the one of this key.',
    )
  return new RemoteError(
    'NB854',
    `${label} is damaged: ${said}.`,
    'Give it the whole file of a private key, unchanged. Try it on your own machine: ssh-keygen -y -f FILE',
  )
}

/** `256 SHA256:… comment (ED25519)` of each key in a file of public keys or known hosts; none when the file holds none. */
export async function fingerprints(file: string, environment: Readonly<Record<string, string>>, host?: string): Promise<string[]> {
  const { stdout } = await keygen(host === undefined ? ['-l', '-f', file] : ['-l', '-F', host, '-f', file], environment)
  return stdout.split('\n').filter((line) => line !== '' && !line.startsWith('#'))
}

async function keygen(args: readonly string[], environment: Readonly<Record<string, string>>) {
  try {
    return await runProcess('ssh-keygen', args, environment, { timeoutSeconds: 30 })
  } catch (error) {
    throw notInstalled('ssh-keygen', error)
  }
}

/** NB863 for a program that is not there; other errors as they are. */
export function notInstalled(program: string, error: unknown): unknown {
  if ((error as NodeJS.ErrnoException).code !== 'ENOENT') return error
  return new RemoteError(
    'NB863',
    `${program} is not installed where this runs.`,
    'Install the OpenSSH client (Debian and Ubuntu: apt-get install openssh-client).',
  )
}
