import { planHost, readManifest } from '../../deploy/plan/host-plan.ts'
import { planSwarm } from '../../deploy/plan/swarm-plan.ts'
import type { HostPlan } from '../../deploy/plan/types.ts'
import { readRelease } from '../../deploy/remote/probe.ts'
import type { Host } from './deploy-hosts.ts'

/**
 * What going back to a release does on a machine, which has its manifest: what a deploy of it would do, except that nothing migrates. None
 * when another version wrote that manifest.
 */
export async function planBack(host: Host, release: string, agent: string, root: string): Promise<HostPlan | undefined> {
  const manifest = readManifest(await readRelease(host.ssh, agent, root, release))
  if (manifest === undefined) return undefined
  const plan =
    manifest.target === 'swarm'
      ? planSwarm(host.ssh.host, manifest, host.probe, { recreate: [], newCertificates: false })
      : planHost(host.ssh.host, manifest, host.probe, { recreate: [], restartEdge: false })
  return { ...plan, services: plan.services.map((service) => ({ ...service, migrates: false })) }
}
