import { existsSync } from 'node:fs'
import type { KeepFolder } from '../commands/context.ts'
import { responds } from './registry/http.ts'

/** Keeps a folder in the cache of GitHub Actions; where there is none, it only runs `use`. A cache that fails says so and fails nothing. */
export const keepInActionsCache: KeepFolder = async ({ folder, key, prefix }, progress, use) => {
  // Loaded when it is needed: it doubles the start.
  const cache = await import('@actions/cache')
  if (!cache.isFeatureAvailable()) return use()
  const attempt = async (what: string, step: () => Promise<unknown>) =>
    step().catch((error: unknown) => progress(`The cache could not be ${what}: ${error instanceof Error ? error.message : error}`))
  let found: string | undefined
  await attempt('restored', async () => {
    found = await cache.restoreCache([folder], key, [prefix])
  })
  const result = await use()
  if (found !== key && existsSync(folder)) await attempt('saved', () => cache.saveCache([folder], key))
  return result
}

/** Whether the service behind `cache: gha` answers a request, with whatever it may be. True where there is none: BuildKit says so itself. */
export async function cacheServiceAnswers(
  { ACTIONS_RESULTS_URL, ACTIONS_CACHE_URL }: Readonly<Record<string, string | undefined>>,
  withinMilliseconds: number,
): Promise<boolean> {
  const url = ACTIONS_RESULTS_URL || ACTIONS_CACHE_URL
  if (url === undefined || url === '') return true
  return responds(url, {}, withinMilliseconds)
}
