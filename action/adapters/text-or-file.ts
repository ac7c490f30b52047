import { readFileSync, statSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'

/**
 * A key or known_hosts text as it is, or the content of the file that it names: in a terminal a key does not belong into an argument list,
 * which everyone on the machine can read.
 */
export function textOrFile(value: string): string {
  const path = value.trim().replace(/^~(?=\/)/, homedir())
  if (path.includes('\n') || !/^(?:\.{0,2}\/|~)/.test(path)) return value
  const file = path.startsWith('/') ? path : join(process.cwd(), path)
  return statSync(file, { throwIfNoEntry: false })?.isFile() ? readFileSync(file, 'utf8') : value
}
