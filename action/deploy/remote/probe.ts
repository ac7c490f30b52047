import { readAnswer, runAgent } from './agent.ts'
import { shellCommand } from './shell-command.ts'
import type { Ssh } from './ssh.ts'

/** A container of the project on the host. */
export interface HostContainer {
  readonly id: string
  readonly name: string
  readonly service: string
  readonly role: string
  readonly color: string
  readonly hash: string
  readonly image: string
  /** created, running, paused, restarting, exited, dead */
  readonly state: string
  /** healthy, unhealthy, starting; '' without a health check */
  readonly health: string
  readonly restarts: number
}

/** A release on the host. */
export interface HostRelease {
  readonly id: string
  /** Whether every file is what its SHA256SUMS says. */
  readonly intact: boolean
  readonly status: string
}

/** Who holds the lock, or did last. */
export interface LockOwner {
  readonly release: string
  readonly action: string
  readonly since: string
  readonly pid: number
  readonly offset: number
  /** How: `observe=30`, …; older agents do not say it. */
  readonly options?: readonly string[]
  /** What the holder's side said about itself. */
  readonly owner: Readonly<Record<string, string>>
}

/** What a machine knows of its swarm. */
export interface SwarmFacts {
  /** `active` when the machine belongs to one. */
  readonly state: string
  readonly manager: boolean
  /** How many machines carry the label `nself.data`. */
  readonly dataNodes: number
}

/** What is on the host. Reading it changes nothing. */
export interface Probe {
  /** Empty when the Engine does not answer. */
  readonly docker: string
  readonly compose: string
  /** As image platforms say it: `amd64`, `arm64`, … */
  readonly arch: string
  readonly liveRestore: boolean
  readonly freeKb: number
  readonly freeInodes: number
  /** Whether ROOT exists and is ours to write. */
  readonly exists: boolean
  readonly writable: boolean
  /** Tools the agent needs and the host does not have. */
  readonly missing: readonly string[]
  readonly current: string
  readonly previous: string
  readonly releases: readonly HostRelease[]
  /** The current release's manifest.json, or null. */
  readonly manifest: unknown
  /** Hashes of the secrets that are there, whole. */
  readonly secrets: readonly string[]
  /** Agents that are installed. */
  readonly agents: readonly string[]
  readonly containers: readonly HostContainer[]
  /** Containers on the project's network or in its Compose projects that are not ours. */
  readonly unknown: readonly string[]
  /** Services whose live colour is green; the others' is blue. */
  readonly green: readonly string[]
  /** The names that running nginx containers have on the network. */
  readonly names: readonly string[]
  readonly maintenance: boolean
  readonly edgeHash: string
  /** The certificates that nginx finds there: their folders, and their chains in base64. */
  readonly certificates: readonly { readonly folder: string; readonly chain: string }[]
  /** Only for `target: swarm`, where `containers` are the tasks of all machines. */
  readonly swarm?: SwarmFacts
  readonly locked: boolean
  readonly owner: LockOwner | null
}

/** Asks the host for its facts, in one round trip; nothing needs to be installed there. `root` is absolute, `project` the Compose project. */
export async function probe(ssh: Ssh, agent: string, root: string, project: string): Promise<Probe> {
  const command = shellCommand(['sh', '-s', 'probe', root, project])
  const { stdout } = await runAgent(ssh, command, { stdin: Buffer.from(agent), timeoutSeconds: 60 })
  return readAnswer<Probe>(ssh, stdout)
}

/** The manifest.json of a release on the host; null when it is not there, or not whole. */
export async function readRelease(ssh: Ssh, agent: string, root: string, release: string): Promise<unknown> {
  const command = shellCommand(['sh', '-s', 'manifest', root, release])
  const { stdout } = await runAgent(ssh, command, { stdin: Buffer.from(agent), timeoutSeconds: 60 })
  return readAnswer<unknown>(ssh, stdout)
}
