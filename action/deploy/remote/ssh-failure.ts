import { RemoteError } from './remote-error.ts'
import { placeOf, type SshEnd } from './ssh-config.ts'

/** What is known about a login that failed. */
export interface FailedLogin {
  readonly end: SshEnd
  /** `host` or `jump host`. */
  readonly what: string
  readonly connectSeconds: number
  /** What ssh said, with its debug lines. */
  readonly log: string
  /** `256 SHA256:… (ED25519)` of the keys that known-hosts has for this host. */
  readonly expected: readonly string[]
  /** The public key that was offered, and its fingerprint. */
  readonly publicKey: string
  readonly fingerprint: string
}

/** Turns what ssh said into what to do. */
export function explainLogin(login: FailedLogin): RemoteError {
  const { end, what, log } = login
  const place = `${what} ${placeOf(end)}`
  const shown = /debug1: Server host key: (\S+ SHA256:\S+)/.exec(log)?.[1] ?? 'a key that ssh did not name'
  const scan = `ssh-keyscan ${end.port === 22 ? '' : `-p ${end.port} `}${end.host}`
  const compare = `Compare it with what the host itself says (on its console: ssh-keygen -lf /etc/ssh/ssh_host_ed25519_key.pub)`
  if (/IDENTIFICATION HAS CHANGED|Host key for .* has changed|REVOKED HOST KEY|host key .* revoked/i.test(log))
    return new RemoteError(
      'NB850',
      `${place} showed the key ${shown}, but known-hosts has ${login.expected.join(', ') || 'another one'}. Nothing was sent.`,
      `Was the host set up anew? ${compare}; if it is right, replace the host's lines in known-hosts by what this prints: ${scan}. If it is not, somebody may be listening in between.`,
    )
  if (/host key is known for|Host key verification failed/.test(log))
    return new RemoteError(
      'NB851',
      `known-hosts has no line for ${place}. It showed the key ${shown}. Nothing was sent.`,
      `${compare}, and add what this prints to known-hosts: ${scan}`,
    )
  const denied = /Permission denied \(([^)]*)\)/.exec(log)?.[1]
  if (denied !== undefined || log.includes('Too many authentication failures'))
    return new RemoteError(
      'NB853',
      `${place} does not accept the key ${login.fingerprint} for the user ${end.username}${denied === undefined ? '' : ` (it would accept: ${denied})`}.`,
      `Check username and key, or add this line to ~${end.username}/.ssh/authorized_keys on it: ${login.publicKey}`,
    )
  const { message, fix } = whyUnreachable(login)
  return new RemoteError('NB852', `${place}: ${message}.`, fix)
}

function whyUnreachable({ end, connectSeconds, log }: FailedLogin): { message: string; fix: string } {
  if (log.includes('Connection refused'))
    return { message: 'nothing listens there', fix: `Is sshd running, and is ${end.port} its port? (on the host: ss -ltnp)` }
  if (/Could not resolve hostname/.test(log))
    return { message: 'its name has no address', fix: 'Check the spelling of host, or give its IP address.' }
  if (/No route to host|Network is unreachable/.test(log))
    return { message: 'there is no way to it from here', fix: 'Check the address; a private network may need a jump host (proxy-host).' }
  if (/no matching .* found/.test(log)) {
    const offer = /no matching .* found\. Their offer: .*/.exec(log)?.[0] ?? 'no common algorithm'
    return { message: offer, fix: 'Update sshd on the host: its algorithms are too old for this ssh.' }
  }
  if (/timed out/i.test(log))
    return {
      message: `no answer within ${connectSeconds} s`,
      fix: 'Check address and firewall: hosted runners come from changing addresses, a self-hosted runner or a jump host has a fixed one.',
    }
  const last = log
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('debug1:') && !line.startsWith('OpenSSH_'))
    .at(-1)
  return {
    message: `the connection ended before the login (${last ?? 'ssh said nothing'})`,
    fix: "Look at sshd's log on the host (journalctl -u ssh); fail2ban, MaxStartups and hosts.deny end connections like this.",
  }
}
