import { setTimeout as sleep } from 'node:timers/promises'
import { run } from '../../support/run.ts'

/** The Engine at hand as the one manager of a swarm, which ends with the test. */
export interface Swarm extends AsyncDisposable {
  readonly node: string
}

const lines = async (...args: string[]) => (await run('docker', args)).split('\n').filter(Boolean)

/** Refuses where the Engine is in a swarm already: that one is not ours to end. An Engine that cannot make one fails the test with its own words. */
export async function startSwarm(): Promise<Swarm> {
  const state = (await run('docker', ['info', '--format', '{{.Swarm.LocalNodeState}}'])).trim()
  if (state !== 'inactive') throw new Error(`the Engine's swarm is ${state}; this test needs to make one of its own, and ends it`)
  await run('docker', ['swarm', 'init', '--advertise-addr', '127.0.0.1'])
  const [node = ''] = await lines('node', 'ls', '--quiet')
  return {
    node,
    [Symbol.asyncDispose]: async () => {
      const services = await lines('service', 'ls', '--quiet')
      if (services.length > 0) await run('docker', ['service', 'rm', ...services])
      for (let turn = 0; turn < 60 && (await taskContainers()).length > 0; turn++) await sleep(1000)
      const networks = await lines('network', 'ls', '--quiet', '--filter', 'driver=overlay', '--filter', 'label=nself.project')
      if (networks.length > 0) await run('docker', ['network', 'rm', ...networks]).catch(() => '')
      await run('docker', ['swarm', 'leave', '--force'])
    },
  }
}

/** Containers that are tasks, whatever state they are in. */
export function taskContainers(): Promise<string[]> {
  return lines('ps', '--all', '--quiet', '--filter', 'label=com.docker.swarm.service.id')
}

/** Ids of the tasks that are meant to run, by the services' names in the project. */
export async function tasksOf(project: string): Promise<Record<string, string[]>> {
  const found: Record<string, string[]> = {}
  for (const id of await lines('service', 'ls', '--quiet', '--filter', `label=nself.project=${project}`)) {
    const [name = ''] = await lines('service', 'inspect', '--format', '{{index .Spec.Labels "nself.service"}}', id)
    found[name] = (await lines('service', 'ps', '--quiet', '--filter', 'desired-state=running', id)).sort()
  }
  return found
}

/** Names of the swarm's configs and secrets. */
export async function objectNames(): Promise<{ configs: string[]; secrets: string[] }> {
  return {
    configs: (await lines('config', 'ls', '--format', '{{.Name}}')).sort(),
    secrets: (await lines('secret', 'ls', '--format', '{{.Name}}')).sort(),
  }
}
