import { addressesOf } from './docker.ts'
import { compose, type Project } from './project.ts'
import { run } from './run.ts'

/** Recreates a service while other containers take its addresses, so that it comes back elsewhere. */
export async function recreateElsewhere(project: Project, service: string): Promise<{ before: string[]; after: string[] }> {
  const before = await addressesOf(project, service)
  await compose(project, 'stop', '--timeout', '2', service)
  const squatters = before.map((_, index) => `${project.name}-squatter-${index}`)
  try {
    for (const name of squatters)
      await run('docker', [
        'run',
        '--detach',
        '--rm',
        '--name',
        name,
        '--network',
        `${project.name}_network`,
        'busybox:stable',
        'sleep',
        '600',
      ])
    await compose(project, 'up', '--force-recreate', '--no-deps', '--wait', service)
    return { before, after: await addressesOf(project, service) }
  } finally {
    await run('docker', ['rm', '--force', ...squatters])
  }
}
