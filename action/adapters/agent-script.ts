import { readFileSync } from 'node:fs'
import { join } from 'node:path'

/** The host agent, one POSIX shell file: beside the bundle, or among the sources of a checkout. */
export function readAgentScript(tool: string): string {
  const file = import.meta.url.endsWith('.ts') ? 'action/deploy/agent/agent.sh' : 'dist/agent.sh'
  return readFileSync(join(tool, file), 'utf8')
}
