import type { HostContainer, Probe } from '../remote/probe.ts'
import { planHost, readManifest } from './host-plan.ts'
import { planSwarm } from './swarm-plan.ts'

/** A service on a host as it is. */
export interface ServiceStatus {
  readonly name: string
  readonly color: string
  readonly containers: number
  /** `healthy`, or what is wrong in words. */
  readonly state: string
  readonly image: string
  /** How it differs from the release that is current; empty when it does not. */
  readonly drift: string
}

/** A host as it is. */
export interface HostStatus {
  readonly host: string
  readonly current: string
  readonly previous: string
  readonly releases: readonly { readonly id: string; readonly intact: boolean; readonly status: string }[]
  readonly maintenance: boolean
  readonly locked: boolean
  readonly services: readonly ServiceStatus[]
  /** For people. */
  readonly lines: readonly string[]
}

export const statusColumns = ['service', 'colour', 'containers', 'state', 'image', 'drift'] as const

export function statusRows({ services }: HostStatus): string[][] {
  return services.map(({ name, color, containers, state, image, drift }) => [name, color, String(containers), state, image, drift])
}

/** Describes a host by its facts and by the manifest of its current release. */
export function hostStatus(host: string, probe: Probe): HostStatus {
  const manifest = readManifest(probe.manifest)
  const options = { recreate: [], restartEdge: false, newCertificates: false }
  const plan = manifest === undefined ? undefined : (manifest.target === 'swarm' ? planSwarm : planHost)(host, manifest, probe, options)
  const drift = new Map(
    plan?.services.filter(({ action }) => action !== 'keep').map(({ name, action, reasons }) => [name, [action, ...reasons].join(': ')]),
  )
  const names = new Set([...probe.containers.filter(({ role }) => role !== 'edge').map(({ service }) => service), ...drift.keys()])
  const { current, previous, releases, maintenance, locked, owner, unknown, edgeHash } = probe
  const isSwarm = probe.swarm !== undefined
  return {
    host,
    current,
    previous,
    releases,
    maintenance,
    locked,
    services: [...names].sort().map((name) => serviceStatus(name, probe, drift.get(name) ?? '')),
    lines: [
      `${host}: ${current === '' ? 'nothing is deployed' : `release ${current}`}${manifest?.commit ? ` of commit ${manifest.commit}` : ''}`,
      `releases: ${releases.length === 0 ? 'none' : releases.map(({ id, intact, status }) => `${id}${id === current ? ' (current)' : id === previous ? ' (previous)' : ''}${intact ? '' : ' (damaged)'}${status === 'ok' ? '' : ` [${status}]`}`).join(', ')}`,
      ...(isSwarm ? [] : [`maintenance: ${maintenance ? 'on' : 'off'}`]),
      `lock: ${locked && owner !== null ? `${owner.action} of ${owner.release} since ${owner.since}` : locked ? 'taken' : 'free'}`,
      ...(manifest !== undefined && manifest.edgeHash !== edgeHash ? ['nginx has other files than this release'] : []),
      ...(unknown.length === 0 ? [] : [`not of this deploy: ${unknown.join(', ')}`]),
      ...(probe.liveRestore || isSwarm ? [] : ['live-restore is off: a restart of the Docker Engine stops the containers']),
    ],
  }
}

function serviceStatus(name: string, { containers, green }: Probe, drift: string): ServiceStatus {
  const own = containers.filter(({ service, role }) => service === name && role !== 'edge')
  const flagged = own.filter(({ color }) => color === 'none' || color === (green.includes(name) ? 'green' : 'blue'))
  // Where nothing has the colour of the flag, nginx uses the other one.
  const live = flagged.length > 0 ? flagged : own
  return {
    name,
    color: live[0]?.color === 'none' ? '' : (live[0]?.color ?? ''),
    containers: live.length,
    state: live.length === 0 ? 'missing' : [...new Set(live.map(stateOf))].sort().join(', '),
    image: live[0]?.image ?? '',
    drift,
  }
}

function stateOf({ state, health, restarts }: HostContainer): string {
  const word = state === 'running' ? health || 'running' : state
  return restarts === 0 ? word : `${word}, restarted ${restarts} times`
}
