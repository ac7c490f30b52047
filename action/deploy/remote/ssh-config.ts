/** One end of a connection, as ssh's configuration names it. */
export interface SshEnd {
  readonly host: string
  readonly port: number
  readonly username: string
}

/** `deploy@203.0.113.7:22`, for people. */
export function placeOf({ username, host, port }: SshEnd): string {
  return `${username}@${host.includes(':') ? `[${host}]` : host}:${port}`
}

/** Files of the private folder. */
export interface SshFiles {
  readonly key: string
  /** undefined: the host key is not checked. */
  readonly knownHosts: string | undefined
  readonly socket: string
}

/**
 * The configuration of one end, under an alias. Nothing of the user's or the machine's own configuration counts, no agent, no password, no
 * question. `via` is the alias of a jump host that is connected already, and the file of this configuration.
 */
export function sshConfig(
  alias: string,
  end: SshEnd,
  files: SshFiles,
  connectSeconds: number,
  via?: { readonly alias: string; readonly file: string },
): string {
  const options: Record<string, string | number> = {
    HostName: end.host,
    Port: end.port,
    User: end.username,
    IdentityFile: path(files.key),
    IdentitiesOnly: 'yes',
    IdentityAgent: 'none',
    PreferredAuthentications: 'publickey',
    BatchMode: 'yes',
    StrictHostKeyChecking: files.knownHosts === undefined ? 'no' : 'yes',
    UserKnownHostsFile: path(files.knownHosts ?? '/dev/null'),
    GlobalKnownHostsFile: '/dev/null',
    UpdateHostKeys: 'no',
    CheckHostIP: 'no',
    ConnectTimeout: connectSeconds,
    ServerAliveInterval: 15,
    ServerAliveCountMax: 4,
    ControlPath: path(files.socket),
    ControlMaster: 'no',
    ForwardAgent: 'no',
    ForwardX11: 'no',
    RequestTTY: 'no',
    EscapeChar: 'none',
    ...(via === undefined ? {} : { ProxyCommand: `ssh -F ${path(via.file)} -W [%h]:%p ${via.alias}` }),
  }
  return `Host ${alias}\n${Object.entries(options)
    .map(([name, value]) => `  ${name} ${value}\n`)
    .join('')}`
}

function path(file: string): string {
  return `"${file.replaceAll('%', '%%')}"`
}

/** Why a host or user name cannot stand in a configuration: it would mean more than a name there. */
export function whyNoEnd({ host, port, username }: SshEnd): string | undefined {
  if (!/^[A-Za-z0-9_]([A-Za-z0-9._-]*[A-Za-z0-9])?\.?$|^[0-9A-Fa-f:]*:[0-9A-Fa-f:.]*(%[A-Za-z0-9_.-]+)?$/.test(host))
    return `${JSON.stringify(host)} is no host name`
  if (!/^[A-Za-z0-9_][A-Za-z0-9._@-]*\$?$/.test(username)) return `${JSON.stringify(username)} is no user name`
  if (!Number.isInteger(port) || port < 1 || port > 65_535) return `${port} is no port`
  return undefined
}
