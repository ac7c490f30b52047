import { existsSync, globSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { run } from './run.ts'

export const repository = join(import.meta.dirname, '../../..')
export const bundle = join(repository, 'dist/cli.js')

/** Global set-up: the tests run what users run, the bundle, so it must not be older than its sources. */
export async function setup(): Promise<void> {
  // The authority of the tests' certificates is not the user's.
  process.env.XDG_DATA_HOME = join(tmpdir(), 'e2e-data')
  const newest = Math.max(
    ...globSync(['action/**/*.ts', 'templates/**/template.yml'], { cwd: repository }).map(
      (file) => statSync(join(repository, file)).mtimeMs,
    ),
  )
  if (!existsSync(bundle) || statSync(bundle).mtimeMs < newest) await run('npm', ['run', 'build'], repository)
}
