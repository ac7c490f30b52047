import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { DeployTarget } from '../deploy/release/types.ts'
import { swarmAgent } from '../deploy/swarm/agent.ts'

/** The host agent, one POSIX shell file: beside the bundle, or among the sources of a checkout. */
export function readAgentScript(tool: string, target: DeployTarget): string {
  const folder = import.meta.url.endsWith('.ts') ? 'action/deploy/agent' : 'dist'
  const read = (file: string) => readFileSync(join(tool, folder, file), 'utf8')
  return target === 'swarm' ? swarmAgent(read('agent.sh'), read('swarm.sh')) : read('agent.sh')
}
