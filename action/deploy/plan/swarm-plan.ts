import type { Manifest } from '../release/types.ts'
import type { Probe } from '../remote/probe.ts'
import { planHost } from './host-plan.ts'
import type { HostPlan } from './types.ts'

/** Compares a release with the services of a swarm, whose tasks the probe has in the place of containers. nginx is always brought up to date. */
export function planSwarm(host: string, manifest: Manifest, probe: Probe, options: { readonly recreate: readonly string[] }): HostPlan {
  const plan = planHost(host, manifest, probe, { ...options, restartEdge: true })
  return plan.edge === 'restart' || plan.edge === 'reload' ? { ...plan, edge: 'replace' } : plan
}
