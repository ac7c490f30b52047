import { run } from '../../e2e/support/run.ts'
import type { Load, LoadReport } from './load.ts'

/** Load from inside the project's network, to a service by its name, as other services call it. */
export async function startEastWest(project: string, service: string, port: number, rate: number): Promise<Load> {
  const name = `${project}-caller`
  await run('docker', [
    ...['run', '--detach', '--name', name, '--network', `${project}_network`, '--stop-timeout', '20'],
    ...['--label', `nself.project=${project}`, '--volume', `${import.meta.dirname}:/load:ro`, 'node:26-slim'],
    ...['node', '/load/inside.ts', service, `${port}`, '6', `${rate}`],
  ])
  return {
    report: () => {
      throw new Error('only at its end')
    },
    stop: async () => {
      await run('docker', ['stop', name])
      const log = await run('docker', ['logs', name])
      await run('docker', ['rm', '-f', name])
      return JSON.parse(log.trim().split('\n').at(-1) ?? '') as LoadReport
    },
  }
}
