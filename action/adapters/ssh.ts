import type { Ssh } from '../deploy/remote/ssh.ts'

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
  /** The jump host, if there is one; its key is its own, or the target's. */
  readonly proxy: SshLogin | undefined
  readonly connectSeconds: number
}

/** A connection that must be closed: with it go its keys and its control socket. */
export interface SshConnection extends Ssh, AsyncDisposable {}

/** Checks keys and known hosts, connects, and keeps the connection for all commands. Failures are `RemoteError`s (NB850–NB856, NB863). */
export async function connectSsh(target: SshTarget): Promise<SshConnection> {
  throw new Error(`not yet: ${target.host}`)
}
