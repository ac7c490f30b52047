import { type Diagnostic, diagnose } from '../../config/diagnostics.ts'
import type { Host } from './deploy-hosts.ts'

/** What the generated files need: health checks with `start_interval`. */
const oldest = { engine: [25, 0], compose: [2, 24] } as const
/** What a run needs at least; the agent looks again. */
const least = { megabytes: 256, inodes: 100 }

/** What keeps a machine from taking a deploy into the folder `root`: everything at once. */
export function checkHost({ ssh: { host }, probe }: Host, root: string): Diagnostic[] {
  const problem = (message: string, fix: string) => diagnose('NB813', `${host}: ${message}`, fix)
  const { missing, docker, compose, writable, freeKb, freeInodes } = probe
  const user = host.includes('@') ? host.slice(0, host.indexOf('@')) : 'USER'
  const found: Diagnostic[] = []
  if (missing.length > 0)
    found.push(problem(`${missing.join(', ')} cannot be found.`, 'Install what is missing; docs/deploy.md lists what a machine needs.'))
  if (docker === '' && !missing.includes('docker'))
    found.push(
      problem(
        'the Docker Engine does not answer to this user.',
        `Start it (sudo systemctl start docker), and let the user use it: sudo usermod -aG docker ${user}, then log in again.`,
      ),
    )
  if (isOlder(docker, oldest.engine))
    found.push(problem(`its Docker Engine is ${docker}; ${oldest.engine[0]} is needed.`, 'Update it: docs.docker.com/engine/install'))
  if (docker !== '' && compose === '')
    found.push(problem('Docker Compose is not installed.', 'Install the plugin: sudo apt-get install docker-compose-plugin'))
  if (isOlder(compose, oldest.compose))
    found.push(
      problem(
        `its Docker Compose is ${compose}; ${oldest.compose.join('.')} is needed.`,
        'Update the plugin: docs.docker.com/compose/install',
      ),
    )
  if (!writable)
    found.push(
      problem(
        `${root} cannot be written by this user, or its file system is read-only.`,
        `Make it once: sudo install -d -m 0700 -o ${user} -g ${user} ${root}`,
      ),
    )
  if (freeKb < least.megabytes * 1024 || freeInodes < least.inodes)
    found.push(
      problem(
        `where ${root} lies, ${Math.floor(freeKb / 1024)} MB and ${freeInodes} inodes are free; ${least.megabytes} MB and ${least.inodes} are needed.`,
        'Free some: df -h and df -i show the file systems, docker system df what Docker holds.',
      ),
    )
  return found
}

// What is no version is left to itself.
function isOlder(version: string, [major, minor]: readonly [number, number]): boolean {
  const [, first, second] = /^v?(\d+)\.(\d+)/.exec(version)?.map(Number) ?? []
  return first !== undefined && second !== undefined && (first < major || (first === major && second < minor))
}
