import { existsSync, globSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { run } from './run.ts'

export const repository = join(import.meta.dirname, '../../..')
export const bundle = join(repository, 'dist/cli.js')

/** Global set-up: the tests run what users run, the bundle, so it must not be older than its sources. */
export async function setup(): Promise<void> {
  const newest = Math.max(
    ...globSync(['action/**/*.{ts,sh}', 'templates/**/template.yml'], { cwd: repository }).map(
      (file) => statSync(join(repository, file)).mtimeMs,
    ),
  )
  if (!existsSync(bundle) || statSync(bundle).mtimeMs < newest) await run('npm', ['run', 'build'], repository)
}
