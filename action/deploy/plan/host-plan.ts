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
  const starts = services.some(({ action }) => isStart(action))
  const changes = starts || removed.length > 0 || services.some(({ action }) => action === 'clean')
  const all = [...services.map((service) => withRun(service, starts)), ...removed].sort((a, b) => (a.name < b.name ? -1 : 1))
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

/** Whether containers are made or started. */
function isStart(action: ServiceAction): boolean {
  return action === 'create' || action === 'roll' || action === 'overlap' || action === 'recreate' || action === 'start'
}

// A one-shot runs whenever something starts that may need it; by itself it is no reason for a run.
function withRun(service: ServicePlan, starts: boolean): ServicePlan {
  return service.class === 'once' && starts ? { ...service, action: 'run' } : service
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
  const good = live.filter(({ state, hash }) => state === 'running' && hash === service.hash)
  const found = {
    differs: live.some(({ hash }) => hash !== service.hash),
    running: live.filter(({ state }) => state === 'running').length,
    unhealthy: good.filter(({ health }) => health === 'unhealthy').length,
  }
  const reasons = reasonsOf(service, before, manifest, found)
  if (serviceClass === 'static') {
    if (options.recreate.includes(name)) return { ...base, action: 'recreate', reasons: ['asked for'] }
    if (found.running === 0) return { ...base, action: 'start', reasons: ['it is stopped'] }
    return found.differs ? { ...base, action: 'differs', reasons } : { ...base, action: 'keep' }
  }
  if (good.length !== replicas || found.unhealthy > 0) return { ...base, action: serviceClass, reasons, migrates: service.migrate }
  const untidy = untidiness(service, own.length - good.length, live, manifest, probe, options)
  return untidy.length === 0 ? { ...base, action: 'keep' } : { ...base, action: 'clean', reasons: untidy }
}

// What is to be put right though the service runs as it should.
function untidiness(
  { name, class: serviceClass }: ReleaseService,
  leftOver: number,
  live: readonly HostContainer[],
  manifest: Manifest,
  probe: Probe,
  options: PlanOptions,
): string[] {
  const isRolled = serviceClass === 'roll'
  const edge = planEdge(manifest, probe, options)
  const hasName = !isRolled || probe.names.includes(name) || edge === 'create' || edge === 'restart'
  const hasFlag = !isRolled || probe.green.includes(name) === live.some(({ color }) => color === 'green')
  return [
    ...(leftOver === 0 ? [] : ['containers of an interrupted run are left over']),
    ...(hasFlag ? [] : ['its flag points to the colour without containers']),
    ...(hasName ? [] : ['other services cannot find it by its name']),
  ]
}

function containersOf({ containers }: Probe, service: string): HostContainer[] {
  return containers.filter((container) => container.service === service && container.role !== 'edge')
}

// Of a rolled service only the colour with the traffic counts: the one that the flag names, unless nothing runs there.
function liveOf({ name, class: serviceClass }: ReleaseService, own: readonly HostContainer[], { green }: Probe): HostContainer[] {
  const ofColor = (color: string) => own.filter((container) => container.color === color)
  if (serviceClass !== 'roll') return ofColor('none')
  const colours = green.includes(name) ? ['green', 'blue'] : ['blue', 'green']
  const [first = [], second = []] = colours.map(ofColor)
  const runs = (containers: readonly HostContainer[]) => containers.some(({ state }) => state === 'running')
  if (runs(first)) return first
  if (runs(second)) return second
  return first.length > 0 ? first : second
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
  // The agent takes what is paused or on its way up for running.
  if (container === undefined || !['running', 'restarting', 'paused'].includes(container.state)) return 'create'
  if (restartEdge && container.hash !== edge.hash) return 'restart'
  if (probe.edgeHash !== edgeHash) return 'reload'
  return container.hash === edge.hash ? 'keep' : 'differs'
}
