import type { Manifest, ReleaseService } from '../release/types.ts'
import type { HostContainer, Probe } from '../remote/probe.ts'
import { changedVariables, reasonsOf } from './reasons.ts'
import type { EdgeAction, HostPlan, ServiceAction, ServicePlan } from './types.ts'

/** What the user asked for beyond the release itself. */
export interface PlanOptions {
  /** Static services that are to be replaced this time. */
  readonly recreate: readonly string[]
  readonly restartEdge: boolean
}

/** Compares a release with the facts of a host. Pure: the same facts give the same plan. */
export function planHost(host: string, manifest: Manifest, probe: Probe, options: PlanOptions): HostPlan {
  const before = readManifest(probe.manifest)
  const services = manifest.services.map((service) => planService(service, before, manifest, probe, options))
  const removed = removals(manifest, before, probe)
  const edge = planEdge(manifest, probe, options)
  const changes = services.some(({ action }) => isChange(action)) || removed.length > 0 || edge === 'create'
  const all = [...services.map((service) => withRun(service, changes)), ...removed].sort((a, b) => (a.name < b.name ? -1 : 1))
  const last = probe.releases.find(({ id }) => id === manifest.release)
  return {
    host,
    release: manifest.release,
    current: probe.current,
    services: all,
    variables: changedVariables(before?.variables ?? {}, manifest.variables),
    edge,
    unknown: probe.unknown,
    isUnchanged:
      !changes &&
      (edge === 'keep' || edge === 'differs') &&
      probe.current === manifest.release &&
      last?.intact === true &&
      last.status === 'ok' &&
      probe.secrets.includes(manifest.envHash),
  }
}

/** Whether containers are touched. */
export function isChange(action: ServiceAction): boolean {
  return action !== 'keep' && action !== 'differs' && action !== 'run'
}

// A one-shot runs whenever anything else does; by itself it is no reason for a run.
function withRun(service: ServicePlan, changes: boolean): ServicePlan {
  return service.class === 'once' && changes ? { ...service, action: 'run' } : service
}

/** The manifest of the release on the host; nothing when there is none, or it is of another version. */
export function readManifest(value: unknown): Manifest | undefined {
  const manifest = value as Manifest | null
  return manifest?.version === 1 && Array.isArray(manifest.services) ? manifest : undefined
}

function planService(
  service: ReleaseService,
  before: Manifest | undefined,
  manifest: Manifest,
  probe: Probe,
  options: PlanOptions,
): ServicePlan {
  const { name, class: serviceClass, replicas } = service
  const base = { name, class: serviceClass, replicas, migrates: false, reasons: [] as readonly string[] }
  if (serviceClass === 'once') return { ...base, action: 'keep' }
  const own = containersOf(probe, name)
  const live = liveOf(service, own, probe)
  if (live.length === 0) return { ...base, action: 'create', migrates: service.migrate }
  const differs = live.some(({ hash }) => hash !== service.hash)
  const running = live.filter(({ state }) => state === 'running')
  const reasons = reasonsOf(service, before, manifest, { differs, running: running.length, live: live.length })
  if (serviceClass === 'static') {
    if (options.recreate.includes(name)) return { ...base, action: 'recreate', reasons: [...reasons, 'asked for'] }
    if (differs) return { ...base, action: 'differs', reasons }
    return running.length === live.length ? { ...base, action: 'keep' } : { ...base, action: 'start', reasons }
  }
  if (!differs && running.length === replicas && live.length === replicas)
    return own.length === live.length
      ? { ...base, action: 'keep' }
      : { ...base, action: 'clean', reasons: ['left over from an interrupted run'] }
  return { ...base, action: serviceClass, reasons, migrates: service.migrate }
}

function containersOf({ containers }: Probe, service: string): HostContainer[] {
  return containers.filter((container) => container.service === service && container.role !== 'edge')
}

// Of a rolled service only the colour that has the traffic counts; the other one is what a run left behind. A service that was of another
// class before has containers without a colour.
function liveOf({ name, class: serviceClass }: ReleaseService, own: readonly HostContainer[], { green }: Probe): HostContainer[] {
  if (serviceClass !== 'roll') return own.filter(({ color }) => color === 'none')
  const live = own.filter(({ color }) => color === (green.includes(name) ? 'green' : 'blue'))
  return live
}

function removals({ services }: Manifest, before: Manifest | undefined, probe: Probe): ServicePlan[] {
  const wanted = new Set(services.map(({ name }) => name))
  const gone = new Set(
    probe.containers.filter(({ role, service }) => role !== 'edge' && !wanted.has(service)).map(({ service }) => service),
  )
  return [...gone].map((name) => ({
    name,
    action: 'remove',
    class: before?.services.find((service) => service.name === name)?.class ?? 'static',
    reasons: ['not in this release'],
    replicas: 0,
    migrates: false,
  }))
}

function planEdge({ edge, edgeHash }: Manifest, probe: Probe, { restartEdge }: PlanOptions): EdgeAction {
  const container = probe.containers.find(({ role, service }) => role === 'edge' && service === 'edge')
  if (container === undefined) return 'create'
  if (restartEdge) return 'restart'
  if (probe.edgeHash !== edgeHash) return 'reload'
  return container.hash === edge.hash ? 'keep' : 'differs'
}
