import type { Manifest } from '../release/types.ts'
import type { Probe } from '../remote/probe.ts'
import { planHost } from './host-plan.ts'
import type { HostPlan } from './types.ts'

/** What the user asked for beyond the release itself. */
export interface SwarmPlanOptions {
  readonly recreate: readonly string[]
  /** Whether this run brings certificates that the manager does not have: they are secrets, which nginx has from its start. */
  readonly newCertificates: boolean
}

/** Compares a release with the services of a swarm, whose tasks the probe has in the place of containers. nginx is always brought up to date. */
export function planSwarm(host: string, manifest: Manifest, probe: Probe, { recreate, newCertificates }: SwarmPlanOptions): HostPlan {
  const plan = planHost(host, manifest, probe, { recreate, restartEdge: true })
  const replaces = plan.edge === 'restart' || plan.edge === 'reload' || (newCertificates && plan.edge !== 'create')
  return replaces ? { ...plan, edge: 'replace', isUnchanged: false } : plan
}
