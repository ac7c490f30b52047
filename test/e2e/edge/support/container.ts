import type { Project } from '../../support/project.ts'
import { run } from '../../support/run.ts'

/** The running container of a service. Without Compose, which takes a second to say so. */
export async function containerId({ name }: Project, service: string): Promise<string> {
  const labels = [`com.docker.compose.project=${name}`, `com.docker.compose.service=${service}`].flatMap((label) => [
    '--filter',
    `label=${label}`,
  ])
  const id = (await run('docker', ['ps', '--quiet', ...labels])).trim()
  if (id === '') throw new Error(`${service} does not run`)
  return id
}

/** Runs a program in it. */
export async function inside(project: Project, service: string, ...command: string[]): Promise<string> {
  return run('docker', ['exec', await containerId(project, service), ...command])
}
