import type { Inputs } from '../../inputs.ts'
import { composeBody, titleHash } from '../../pull-request/body.ts'
import { effectsOf, type StackFiles } from '../../pull-request/effects.ts'
import { digestOf, type TreeEdit } from '../../pull-request/git-tree.ts'
import { type ServiceNews, serviceNews } from '../../pull-request/service-news.ts'
import { layoutOf } from '../../render/compose/layout.ts'
import { lockOf, lockPath } from '../../scaffold/lock.ts'
import type { BaseFiles } from './base-files.ts'
import type { PullRequestPlan } from './plan-pull-request.ts'

interface Setting {
  readonly inputs: Inputs
  readonly prefix: string
  readonly base: string
  /** The edits as the commits have them, whose digest the body keeps. */
  readonly edits: readonly TreeEdit[]
  readonly hide: (text: string) => string
}

/** Title, message and body of the pull request. */
export function describe(plan: PullRequestPlan, base: BaseFiles, { inputs, prefix, base: baseName, edits, hide }: Setting) {
  const [project] = plan.projects
  const after = contentsAfter(plan, base)
  const services = project === undefined ? [] : serviceNews(lockOf(base.content(lockPath)), lockOf(after(lockPath)), plan.edits, project)
  const title = inputs.title || titleOf(services, prefix)
  const effects = new Map(
    plan.projects.map(({ environment }) => {
      const { directory } = layoutOf(environment)
      return [environment.name, effectsOf(stackIn(directory, plan.edits, base.content), stackIn(directory, plan.edits, after))]
    }),
  )
  const report = { intro: inputs.body, base: baseName, prefix, services, effects, edits: plan.edits, diagnostics: plan.diagnostics }
  const body = composeBody(report, { edits: digestOf(edits), title: titleHash(title) }, hide)
  return { title, body, message: inputs.commitMessage || title }
}

function titleOf(services: readonly ServiceNews[], prefix: string): string {
  const names = services.slice(0, 3).map(({ name }) => name)
  const more = services.length > names.length ? ` and ${services.length - names.length} more` : ''
  const what = names.length === 0 ? 'Regenerate the nself files' : `Regenerate the nself files: ${names.join(', ')}${more}`
  return prefix === '' ? what : `${what} (${prefix.slice(0, -1)})`
}

type Contents = (path: string) => Buffer | undefined

function contentsAfter({ edits }: PullRequestPlan, base: BaseFiles): Contents {
  const changed = new Map(edits.map((edit) => [edit.path, edit.after]))
  return (path) => (changed.has(path) ? changed.get(path)?.content : base.content(path))
}

// Of the sites only those that change: what both sides have alike has no effect.
function stackIn(directory: string, edits: readonly TreeEdit[], content: Contents): StackFiles {
  const text = (path: string) => content(path)?.toString('utf8') ?? ''
  const compose = text(`${directory}docker-compose.yml`) || text(`${directory}docker-compose.custom.yml`)
  const sites = edits.filter(({ path }) => path.startsWith(`${directory}nginx/sites/`) && path.endsWith('.conf'))
  return { compose, sites: sites.map(({ path }) => text(path)) }
}
