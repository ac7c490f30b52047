import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'

/** Files that no finished run may leave below ROOT or in shared memory, sorted. */
export function leftovers({ root, project }: { readonly root: string; readonly project: string }): string[] {
  const temporary = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((path) =>
    /\.new(\.|$)|\.partial|(^|\/)\.(current|conf)\.|conf-transition|lock\.owner|state\/(reserve|login)/.test(path),
  )
  const logins = existsSync('/dev/shm') ? readdirSync('/dev/shm').filter((name) => name.startsWith(`nself-login.${project}.`)) : []
  const trees = readdirSync(join(root, 'edge')).filter((name) => name.startsWith('conf-'))
  return [...temporary, ...logins, ...trees.slice(1)].sort()
}
