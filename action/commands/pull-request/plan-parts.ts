import type { GitHub } from '../../adapters/github/client.ts'
import { lockOf, lockPath } from '../../scaffold/lock.ts'
import type { Context } from '../context.ts'
import type { BaseFiles } from './base-files.ts'
import { type PullRequestPlan, planPullRequest } from './plan-pull-request.ts'

/** One pull request of a run. */
export interface Part {
  readonly branch: string
  readonly plan: PullRequestPlan
}

/**
 * Plans the pull requests of a run: one, or with `split: service` one for each service whose template has news, and one for the rest.
 * A branch of an earlier run whose service has no part of its own any more gets an empty plan, which closes its pull request.
 */
export async function planParts(
  context: Context,
  base: BaseFiles,
  branch: string,
  github: Pick<GitHub, 'branchesOf'>,
): Promise<readonly [Part, ...Part[]]> {
  const whole = await planPullRequest(context, base)
  if (whole.projects.length === 0) return [{ branch, plan: whole }]
  const services = context.inputs.split === 'all' ? [] : updatedServices(whole, base)
  const rest = services.length === 0 ? whole : await planPullRequest({ ...context, scope: { without: services } }, base)
  const parts: [Part, ...Part[]] = [{ branch, plan: rest }]
  for (const service of services)
    parts.push({ branch: `${branch}--${service}`, plan: await planPullRequest({ ...context, scope: { only: service } }, base) })
  const known = new Set(parts.map((part) => part.branch))
  const left = (await github.branchesOf(`${branch}--`)).filter((name) => !known.has(name))
  parts.push(...left.map((name) => ({ branch: name, plan: { ...whole, steps: [], edits: [], refused: [], diagnostics: [] } })))
  return parts
}

// Those that were there before and keep their name: what is new or moves goes along with compose and nginx.
function updatedServices({ edits }: PullRequestPlan, base: BaseFiles): string[] {
  const { services } = lockOf(base.content(lockPath))
  const after = lockOf(edits.find(({ path }) => path === lockPath)?.after?.content)
  return Object.keys(services).filter(
    (name) =>
      after.services[name]?.orphaned === false &&
      edits.some(({ path, before }) => before !== undefined && path.startsWith(`services/${name}/`)),
  )
}
