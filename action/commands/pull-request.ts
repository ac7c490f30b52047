import { type GitHub, openGitHub } from '../adapters/github.ts'
import { type Diagnostic, diagnose, hasErrors } from '../config/diagnostics.ts'
import { ApiProblem, type Attempt, explainProblem } from '../pull-request/failures.ts'
import { redact } from '../report/redact.ts'
import { projectData, viewServices } from '../report/services.ts'
import { formatSummary } from '../report/summary.ts'
import { openBaseFiles, prefixOf } from './base-files.ts'
import type { Context } from './context.ts'
import { refused } from './generate.ts'
import { type PullRequestPlan, planPullRequest } from './plan-pull-request.ts'
import { type Progress, type Published, publish } from './publish.ts'
import { describe } from './pull-request-report.ts'
import type { CommandResult } from './result.ts'

/** Keeps one pull request per base branch up to date with what `generate` would change there. The checkout is not touched. */
export async function pullRequest(context: Context): Promise<CommandResult> {
  const { inputs, outer } = context
  const token = inputs.token || outer.GITHUB_TOKEN || outer.GH_TOKEN || ''
  const repository = outer.GITHUB_REPOSITORY ?? ''
  const secrets = token === '' ? [] : [token]
  const missing = missingInputs(token, repository)
  if (missing.length > 0) return refused(missing, secrets)
  const github = await openGitHub(token, repository, context.progress)
  const attempt = {
    repository,
    url: `${outer.GITHUB_SERVER_URL ?? 'https://github.com'}/${repository}`,
    base: '',
    branch: '',
    isPushed: false,
  }
  try {
    return await run(context, github, attempt, secrets)
  } catch (error) {
    if (!(error instanceof ApiProblem)) throw error
    return failed(explainProblem(error, attempt), attempt, secrets)
  }
}

/** What is known of the attempt so far; filled in on the way, for the words about a failure. */
type Going = { -readonly [Key in keyof Attempt]: Attempt[Key] } & Progress

async function run(context: Context, github: GitHub, attempt: Going, token: readonly string[]): Promise<CommandResult> {
  const { inputs, outer, root } = context
  const { defaultBranch, isArchived, url } = await github.repository()
  const baseName = inputs.base || /^refs\/heads\/(.+)$/.exec(outer.GITHUB_REF ?? '')?.[1] || defaultBranch
  const branch = inputs.branch || `nself/update/${baseName}`
  Object.assign(attempt, { url, base: baseName, branch })
  if (isArchived) throw archived()
  if (baseName === branch || (inputs.base === '' && baseName.startsWith('nself/update/'))) return onOwnBranch(baseName, token)
  const base = await github.branch(baseName)
  if (base === undefined) {
    const problem = diagnose(
      'NB711',
      `${attempt.repository} has no branch ${baseName}.`,
      'Set base to the branch that the pull request is for.',
    )
    return failed(problem, attempt, token)
  }
  const tree = await github.tree(base.tree)
  const prefix = prefixOf(root, outer.GITHUB_WORKSPACE ?? root)
  const files = openBaseFiles(tree, prefix, root, github, baseName)
  const plan = await planPullRequest(context, files)
  const secrets = [...plan.secrets, ...token]
  const diagnostics = [...plan.diagnostics, ...files.diagnostics(), ...plan.refused.map(refusedNotice)]
  if (plan.projects.length === 0) return refused(diagnostics, secrets)

  const inRepository = <T extends { readonly path: string }>(edit: T): T => ({ ...edit, path: prefix + edit.path })
  const edits = plan.edits.map(inRepository)
  const words = describe(plan, files, { inputs, prefix, base: baseName, digestOf: edits, hide: (text) => redact(text, secrets) })
  const { labels, assignees, reviewers, teamReviewers, milestone } = inputs
  const published = await publish(
    github,
    {
      base,
      baseName,
      tree,
      branch,
      steps: plan.steps.map((step) => step.map(inRepository)),
      edits,
      ...words,
      signoff: inputs.signoff && edits.length > 0 ? ((await github.identity()) ?? actionsBot) : undefined,
      draft: inputs.draft,
      people: { labels, assignees, reviewers, teamReviewers, milestone },
    },
    attempt,
  )
  return finished(plan, published, branch, [...diagnostics, ...published.diagnostics], secrets)
}

const actionsBot = 'github-actions[bot] <41898282+github-actions[bot]@users.noreply.github.com>'

function missingInputs(token: string, repository: string): Diagnostic[] {
  return [
    ...(token === ''
      ? [diagnose('NB605', 'pull-request needs a token for the GitHub API.', 'Set token, or GITHUB_TOKEN in the environment.')]
      : []),
    ...(/^[^/\s]+\/[^/\s]+$/.test(repository)
      ? []
      : [diagnose('NB605', 'pull-request needs to know the repository.', 'Set GITHUB_REPOSITORY=owner/name in the environment.')]),
  ]
}

function archived(): ApiProblem {
  return new ApiProblem('write', {
    status: 403,
    message: 'Repository was archived so is read-only.',
    needed: undefined,
    remaining: undefined,
  })
}

function refusedNotice(path: string): Diagnostic {
  return diagnose('NB710', `${path} is not written: a pull request of nself-build never changes such a file.`, 'Make the change by hand.')
}

// A push to the branch of a pull request may start the same workflow.
function onOwnBranch(branch: string, secrets: readonly string[]): CommandResult {
  const text = `${branch} is the branch of a pull request of nself-build: nothing to do.\n`
  return {
    exitCode: 0,
    diagnostics: [],
    secrets,
    text,
    data: { 'pull-request-operation': 'none', changed: false, files: [] },
    summary: `## nself: pull-request\n\n${text}`,
  }
}

function failed(problem: Diagnostic, { branch, isPushed }: Attempt, secrets: readonly string[]): CommandResult {
  const result = refused([problem], secrets)
  const text = isPushed ? `The branch ${branch} is written; the pull request is not.\n` : 'Nothing was written.\n'
  const data = { 'pull-request-operation': 'none', ...(branch === '' ? {} : { 'pull-request-branch': branch }) }
  return {
    ...result,
    exitCode: problem.code === 'NB711' ? 2 : 1,
    text,
    data,
    summary: result.summary.replace('the configuration has errors', 'pull-request failed'),
  }
}

const done: Readonly<Record<Published['operation'], string>> = {
  created: 'was created',
  updated: 'was updated',
  closed: 'was closed: nothing is left to do',
  none: 'is as it should be',
}

function finished(
  plan: PullRequestPlan,
  { operation, pull, head, verified }: Published,
  branch: string,
  diagnostics: readonly Diagnostic[],
  secrets: readonly string[],
): CommandResult {
  const [project] = plan.projects as [PullRequestPlan['projects'][number]]
  const files = plan.edits.map(({ path }) => path).filter((path) => !path.startsWith('services/.scaffold/base/'))
  const line =
    pull === undefined
      ? 'Nothing to do: the base branch has every file as it should be.'
      : `Pull request ${pull.number} ${done[operation]}: ${pull.url}`
  const services = viewServices(project)
  const summary = formatSummary({ title: 'nself: pull-request', project, services, files, diagnostics, start: undefined })
  return {
    exitCode: hasErrors(diagnostics) ? 1 : 0,
    diagnostics,
    secrets,
    text: `${line}\n`,
    data: {
      ...projectData(project, files),
      'pull-request-operation': operation,
      ...(pull === undefined ? {} : { 'pull-request-number': pull.number, 'pull-request-url': pull.url }),
      ...(head === undefined ? {} : { 'pull-request-head-sha': head, 'pull-request-branch': branch }),
      ...(verified === undefined ? {} : { 'pull-request-commits-verified': verified }),
    },
    summary: redact(`${summary}\n${line}\n`, secrets),
  }
}
