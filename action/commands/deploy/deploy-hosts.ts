import { connectSsh, type SshConnection, type SshTarget } from '../../adapters/ssh.ts'
import { textOrFile } from '../../adapters/text-or-file.ts'
import { type Diagnostic, diagnose } from '../../config/diagnostics.ts'
import { probe as askHost, type Probe } from '../../deploy/remote/probe.ts'
import { RemoteError } from '../../deploy/remote/remote-error.ts'
import type { Ssh } from '../../deploy/remote/ssh.ts'
import { placeOf } from '../../deploy/remote/ssh-config.ts'
import type { HostAddress } from '../../inputs/deploy.ts'
import type { Inputs } from '../../inputs.ts'

/** A machine that answered, and what is on it. */
export interface Host {
  readonly ssh: Ssh
  readonly probe: Probe
}

/** What is missing to reach a machine at all: everything at once. */
export function checkConnection({ hosts, key, knownHosts, insecureHostKey, wait }: Inputs): Diagnostic[] {
  const missing = (message: string, fix: string) => diagnose('NB810', message, fix)
  return [
    ...(hosts.length === 0 ? [missing('host is not set.', 'Name the machine: host: deploy@203.0.113.7')] : []),
    ...hosts
      .filter(({ username }) => username === '')
      .map(({ host }) => missing(`No user is named for ${host}.`, `Write host: deploy@${host}, or set username.`)),
    ...hosts
      .map(placeOf)
      .filter((place, index, places) => places.indexOf(place) !== index)
      .map((place) => missing(`${place} is named twice.`, 'Name each machine once.')),
    ...(hosts.length > 1 && !wait
      ? [missing('wait is false, but there are several machines, which take turns.', 'Leave wait out, or name one machine.')]
      : []),
    ...(key.trim() === '' ? [missing('key is not set.', 'Pass the private key: key: ${{ secrets.DEPLOY_KEY }}')] : []),
    ...(knownHosts.trim() === '' && !insecureHostKey
      ? [
          missing(
            'known-hosts is not set, so that nobody could tell the machine from an impostor.',
            `Run \`ssh-keyscan ${portFlag(hosts[0])}${hosts[0]?.host ?? 'HOST'}\`, compare the keys with those on the machine (/etc/ssh/ssh_host_*.pub), and pass the lines.`,
          ),
        ]
      : []),
  ]
}

function portFlag(address: HostAddress | undefined): string {
  return address === undefined || address.port === 22 ? '' : `-p ${address.port} `
}

/** Connects to every machine, asks each for its facts, and hands them over; the connections are closed afterwards, however it ends. */
export async function withHosts<T>(
  inputs: Inputs,
  agent: string,
  root: string,
  project: string,
  use: (hosts: readonly Host[]) => Promise<T>,
): Promise<T> {
  const connections: SshConnection[] = []
  try {
    const hosts: Host[] = []
    for (const address of inputs.hosts) {
      const ssh = await connectSsh(targetOf(inputs, address))
      connections.push(ssh)
      hosts.push({ ssh, probe: await askHost(ssh, agent, root, project) })
    }
    return await use(hosts)
  } finally {
    await Promise.all(connections.map((connection) => connection[Symbol.asyncDispose]()))
  }
}

function targetOf({ key, passphrase, knownHosts, insecureHostKey, proxy, timeout }: Inputs, address: HostAddress): SshTarget {
  return {
    ...address,
    key: textOrFile(key),
    passphrase,
    knownHosts: insecureHostKey ? 'insecure' : textOrFile(knownHosts),
    proxy: proxy === undefined ? undefined : { ...proxy, key: textOrFile(proxy.key) },
    connectSeconds: timeout,
  }
}

/** Turns failures on the way to a machine into a diagnostic; anything else is a bug and goes on. */
export function remoteDiagnostic(error: unknown): Diagnostic {
  if (error instanceof RemoteError) return error.diagnostic
  throw error
}
