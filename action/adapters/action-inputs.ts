import { nearest } from '../config/suggest.ts'
import { inputDefinitions } from '../inputs.ts'

/**
 * Collects `INPUT_*` as the runner sets them (upper case, `-` kept), accepting `_` for `-`. Unknown names count only when
 * they look like a slip of a known one: a workflow may have `INPUT_…` variables of its own in its environment.
 */
export function actionInputs(environment: Readonly<Record<string, string | undefined>>): { command: string; raw: Map<string, string> } {
  const names = [...Object.keys(inputDefinitions), 'command']
  const raw = new Map<string, string>()
  for (const [key, value] of Object.entries(environment)) {
    if (!key.startsWith('INPUT_') || value === undefined) continue
    const name = key.slice('INPUT_'.length).toLowerCase().replaceAll('_', '-')
    if (names.includes(name) || nearest(name, names).length > 0) raw.set(name, value)
  }
  const command = raw.get('command')?.trim() || 'generate'
  raw.delete('command')
  return { command, raw }
}
