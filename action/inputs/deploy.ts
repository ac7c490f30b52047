import type { DeployTarget } from '../deploy/release/types.ts'
import { type InputDefinitions, type InputValues, listOf } from './definition.ts'

/** A machine as the inputs name it. */
export interface HostAddress {
  readonly username: string
  readonly host: string
  readonly port: number
}

const duration = (value: string): string | undefined =>
  secondsIn(value) === undefined ? 'is not a time: write seconds (90), or 90s, 15m, 1h' : undefined

function secondsIn(value: string): number | undefined {
  const [, count, unit = 's'] = /^(\d{1,6})(s|m|h)?$/.exec(value) ?? []
  return count === undefined ? undefined : Number(count) * ({ s: 1, m: 60, h: 3600 }[unit] as number)
}

const port = (value: string): string | undefined =>
  /^\d{1,5}$/.test(value) && Number(value) >= 1 && Number(value) <= 65535 ? undefined : 'must be a port from 1 to 65535'

/** Reads `host`, `user@host`, `user@host:2222`, `[2001:db8::1]:22`; nothing when it is something else. */
export function parseHost(text: string, byDefault: { readonly username: string; readonly port: number }): HostAddress | undefined {
  const match = /^(?:([A-Za-z_][\w.-]*)@)?(?:\[([0-9A-Fa-f:]+)\]|([A-Za-z0-9](?:[\w.-]*[A-Za-z0-9])?))(?::(\d{1,5}))?$/.exec(text)
  if (match === null || (match[4] !== undefined && port(match[4]) !== undefined)) return undefined
  return {
    username: match[1] ?? byDefault.username,
    host: (match[2] ?? match[3]) as string,
    port: match[4] === undefined ? byDefault.port : Number(match[4]),
  }
}

function whyNoHost(text: string): string | undefined {
  if (parseHost(text, { username: '', port: 22 }) !== undefined) return undefined
  const isBareIpv6 = /^([^@]*@)?[0-9A-Fa-f]*:[0-9A-Fa-f:]*:/.test(text)
  return isBareIpv6 ? 'is an IPv6 address without brackets: write user@[2001:db8::1]:22' : 'must look like user@host:port'
}

/** What `deploy`, `rollback` and `status` read. */
export const deployInputs = {
  target: {
    type: ['hosts', 'swarm'],
    default: 'hosts',
    description:
      '`hosts`: each machine runs the whole project by itself. `swarm`: `host` is a manager of a Docker Swarm, which spreads the services over its machines.',
  },
  host: {
    type: 'text',
    default: '',
    description:
      'The machines to deploy to, one per line or comma: `deploy@203.0.113.7`, `deploy@web-1.example.com:2222`. The first is the canary.',
    check: (value) =>
      listOf(value)
        .map(whyNoHost)
        .find((problem) => problem !== undefined),
  },
  port: { type: 'text', default: '22', description: 'SSH port, where `host` names none.', check: port },
  username: { type: 'text', default: '', description: 'User on the machine, where `host` names none. Needs to be in the group `docker`.' },
  key: {
    type: 'text',
    secret: true,
    default: '',
    description: 'Private SSH key: its text, from a secret; in a terminal the path of its file.',
  },
  passphrase: { type: 'text', secret: true, default: '', description: 'Passphrase of the key.' },
  'known-hosts': {
    type: 'text',
    default: '',
    description:
      'Lines of a known_hosts file for all machines (or its path), from `ssh-keyscan`, compared with the fingerprints on the machine itself. Required.',
  },
  'insecure-host-key': {
    type: 'boolean',
    default: 'false',
    description: 'Accept any machine that answers at the address, without `known-hosts`. Whoever is in between can read all secrets.',
  },
  'proxy-host': {
    type: 'text',
    default: '',
    description: 'A jump host: `user@bastion.example.com:22`. Its key belongs into `known-hosts`, too.',
    check: whyNoHost,
  },
  'proxy-port': { type: 'text', default: '22', description: 'SSH port of the jump host, where `proxy-host` names none.', check: port },
  'proxy-username': { type: 'text', default: '', description: 'User on the jump host. Default: that of the machine.' },
  'proxy-key': { type: 'text', secret: true, default: '', description: 'Private key for the jump host. Default: `key`.' },
  'proxy-passphrase': { type: 'text', secret: true, default: '', description: 'Passphrase of `proxy-key`.' },
  timeout: { type: 'text', default: '30s', description: 'How long a connection may take.', check: duration },
  'deploy-path': {
    type: 'text',
    default: '',
    description: 'Folder on the machine. Default: `/opt/nself/<project>-<environment>`.',
    check: (value) =>
      /^\/[A-Za-z0-9._/-]{1,200}$/.test(value) && !value.split('/').some((part) => part === '..' || part === '.')
        ? undefined
        : 'must be an absolute path of letters, digits, . _ / and -',
  },
  'dry-run': { type: 'boolean', default: 'false', description: 'Show what would be done on each machine, and do nothing.' },
  wait: {
    type: 'boolean',
    default: 'true',
    description: '`false`: end as soon as the run has started on the (one) machine; it goes on there.',
  },
  'wait-timeout': {
    type: 'text',
    default: '15m',
    description: 'How long to follow the run on one machine. It goes on there afterwards.',
    check: duration,
  },
  'lock-wait': {
    type: 'text',
    default: '0',
    description: 'How long to wait while another run is at work on the machine.',
    check: duration,
  },
  observe: {
    type: 'text',
    default: '0',
    description: 'How long to watch the new containers under traffic before the old ones go; too many errors, and traffic moves back.',
    check: duration,
  },
  'restart-edge': {
    type: 'boolean',
    default: 'false',
    description: 'Replace nginx’s container when its image, ports or mounts changed: about a second without answers.',
  },
  recreate: {
    type: 'text',
    default: '',
    description: 'Services that keep data and are to be replaced this time, such as `postgres`. A deploy never does it by itself.',
    check: (value) => (listOf(value).every((name) => /^[a-z0-9][a-z0-9-]*$/.test(name)) ? undefined : 'must name services'),
  },
  release: {
    type: 'text',
    default: '',
    description: 'For `rollback`: the release to go back to, as `status` lists them. Default: the previous one.',
    check: (value) => (/^[0-9a-f]{12}$/.test(value) ? undefined : 'must be a release, 12 hexadecimal digits'),
  },
  maintenance: {
    type: ['unchanged', 'on', 'off'],
    default: 'unchanged',
    description: 'For `status`: switch the maintenance mode first. While it is on, nginx answers 503 at every public name.',
  },
  public: {
    type: 'boolean',
    default: 'false',
    description:
      'For `status`: look at the certificates that the public names show, from here and without a login. Fails when one is missing, not trusted, for another name or about to end.',
  },
  keep: {
    type: 'text',
    default: '3',
    description: 'How many releases stay on the machine for `rollback`.',
    check: (value) => (/^([2-9]|[1-9]\d)$/.test(value) ? undefined : 'must be a number from 2 to 99'),
  },
} as const satisfies InputDefinitions

export interface DeployInputs {
  readonly target: DeployTarget
  readonly hosts: readonly HostAddress[]
  readonly key: string
  readonly passphrase: string
  readonly knownHosts: string
  readonly insecureHostKey: boolean
  readonly proxy: (HostAddress & { readonly key: string; readonly passphrase: string }) | undefined
  /** All times in seconds. */
  readonly timeout: number
  readonly deployPath: string
  readonly dryRun: boolean
  readonly wait: boolean
  readonly waitTimeout: number
  readonly lockWait: number
  readonly observe: number
  readonly restartEdge: boolean
  readonly recreate: readonly string[]
  readonly release: string
  readonly maintenance: 'unchanged' | 'on' | 'off'
  readonly public: boolean
  readonly keep: number
}

export function readDeployInputs({ text, raw, isTrue }: InputValues<keyof typeof deployInputs>): DeployInputs {
  const seconds = (name: 'timeout' | 'wait-timeout' | 'lock-wait' | 'observe') => secondsIn(text(name)) ?? 0
  const user = { username: text('username'), port: Number(text('port')) }
  const jump = parseHost(text('proxy-host'), { username: text('proxy-username'), port: Number(text('proxy-port')) })
  const hosts = listOf(text('host')).flatMap((host) => parseHost(host, user) ?? [])
  return {
    target: text('target') as DeployTarget,
    hosts,
    key: raw('key'),
    passphrase: raw('passphrase'),
    knownHosts: raw('known-hosts'),
    insecureHostKey: isTrue('insecure-host-key'),
    proxy:
      jump === undefined
        ? undefined
        : {
            ...jump,
            username: jump.username || (hosts[0]?.username ?? ''),
            key: raw('proxy-key') || raw('key'),
            passphrase: raw('proxy-key') === '' ? raw('passphrase') : raw('proxy-passphrase'),
          },
    timeout: seconds('timeout'),
    deployPath: text('deploy-path').replace(/\/+$/, ''),
    dryRun: isTrue('dry-run'),
    wait: isTrue('wait'),
    waitTimeout: seconds('wait-timeout'),
    lockWait: seconds('lock-wait'),
    observe: seconds('observe'),
    restartEdge: isTrue('restart-edge'),
    recreate: listOf(text('recreate')),
    release: text('release'),
    maintenance: text('maintenance') as DeployInputs['maintenance'],
    public: isTrue('public'),
    keep: Number(text('keep')),
  }
}
