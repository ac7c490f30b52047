import { type GitHub, openGitHub } from '../adapters/github/client.ts'
import { prefixOf } from '../adapters/prefix.ts'
import { type Diagnostic, diagnose, hasErrors } from '../config/diagnostics.ts'
import { ApiProblem, type Attempt, explainProblem } from '../pull-request/failures.ts'
import { redact } from '../report/redact.ts'
import { projectData, viewServices } from '../report/services.ts'
import { formatSummary } from '../report/summary.ts'
import { baseFolder } from '../scaffold/lock.ts'
import type { Context } from './context.ts'
import { refused } from './generate.ts'
import { openBaseFiles } from './pull-request/base-files.ts'
import { setMergeCheck } from './pull-request/merge-check.ts'
import { type Part, planParts } from './pull-request/plan-parts.ts'
import { type Progress, type Published, publish } from './pull-request/publish.ts'
import { describe } from './pull-request/pull-request-report.ts'
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

/** The action's branch: of its own for each base and, where a repository has several, each project. */
function branchOf(base: string, prefix: string): string {
  const project = prefix.replace(/[^A-Za-z0-9]+/g, '-').replace(/^-|-$/g, '')
  return `nself/update/${base}${project === '' ? '' : `@${project}`}`
}

/** What is known of the attempt so far; filled in on the way, for the words about a failure. */
type Going = { -readonly [Key in keyof Attempt]: Attempt[Key] } & Progress

async function run(context: Context, github: GitHub, attempt: Going, token: readonly string[]): Promise<CommandResult> {
  const { inputs, outer, root } = context
  const { defaultBranch, isArchived, url } = await github.repository()
  const baseName = inputs.base || /^refs\/heads\/(.+)$/.exec(outer.GITHUB_REF ?? '')?.[1] || defaultBranch
  const prefix = prefixOf(root, outer.GITHUB_WORKSPACE)
  const branch = inputs.branch || branchOf(baseName, prefix)
  Object.assign(attempt, { url, base: baseName, branch })
  if (isArchived) throw archived()
  if (baseName === branch || (inputs.base === '' && baseName.startsWith('nself/update/')))
    return onOwnBranch(baseName, token, await checkOwnBranch(github, baseName, context))
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
  const files = openBaseFiles(tree, prefix, root, github, baseName)
  const parts = await planParts(context, files, branch, github)
  const [first] = parts
  const secrets = [...first.plan.secrets, ...token]
  const planned = parts.flatMap(({ plan }) => [...plan.diagnostics, ...plan.refused.map(refusedNotice)])
  const found = distinct([...planned, ...files.diagnostics()])
  if (first.plan.projects.length === 0) return refused(found, secrets)

  const signoff = inputs.signoff && parts.some(({ plan }) => plan.edits.length > 0) ? ((await github.identity()) ?? actionsBot) : undefined
  const published: Published[] = []
  const { labels, assignees, reviewers, teamReviewers, milestone } = inputs
  for (const part of parts) {
    const edits = part.plan.edits.map((edit) => ({ ...edit, path: prefix + edit.path }))
    const steps = part.plan.steps.map((step) => step.map((edit) => ({ ...edit, path: prefix + edit.path })))
    const people = { labels, assignees, reviewers, teamReviewers, milestone }
    const words = describe(part.plan, files, { inputs, prefix, base: baseName, edits, hide: (text) => redact(text, secrets) })
    const wanted = { base, baseName, tree, branch: part.branch, steps, edits, ...words, signoff, draft: inputs.draft, people }
    Object.assign(attempt, { branch: part.branch, isPushed: false })
    const result = await publish(github, wanted, attempt)
    published.push(result)
    found.push(...result.diagnostics, ...(await setMergeCheck(github, result, edits, { prefix, root })))
  }
  return finished(parts, published, found, secrets)
}

// Parts of one project say much the same.
function distinct(diagnostics: readonly Diagnostic[]): Diagnostic[] {
  return [...new Map(diagnostics.map((diagnostic) => [JSON.stringify(diagnostic), diagnostic])).values()]
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

// Someone who resolves conflicts there sees at once whether all are gone.
async function checkOwnBranch(github: GitHub, branch: string, { root, outer }: Context): Promise<Diagnostic[]> {
  const head = await github.branch(branch)
  if (head === undefined) return []
  const place = { prefix: prefixOf(root, outer.GITHUB_WORKSPACE), root }
  return setMergeCheck(github, { head, pull: undefined, isPeoples: true, verified: undefined }, [], place)
}

// A push to the branch of a pull request may start the same workflow.
function onOwnBranch(branch: string, secrets: readonly string[], diagnostics: Diagnostic[]): CommandResult {
  const text = `${branch} is the branch of a pull request of nself-build: nothing to do.\n`
  return {
    exitCode: 0,
    diagnostics,
    secrets,
    text,
    data: { 'pull-request-operation': 'none', changed: false, files: [] },
    summary: `## nself: pull-request\n\n${text}`,
  }
}

function failed(problem: Diagnostic, { branch, isPushed }: Attempt, secrets: readonly string[]): CommandResult {
  const result = refused([problem], secrets)
  const nothing = `Nothing was written${branch === '' ? '' : ` to ${branch}`}.\n`
  const text = isPushed ? `The branch ${branch} is written; the pull request is not.\n` : nothing
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
  none: 'stays as it is',
}

function lineOf({ operation, pull }: Published): string {
  return pull === undefined ? '' : `Pull request ${pull.number} ${done[operation]}: ${pull.url}\n`
}

function finished(
  parts: readonly Part[],
  published: readonly Published[],
  diagnostics: readonly Diagnostic[],
  secrets: readonly string[],
): CommandResult {
  const [project] = parts.flatMap(({ plan }) => plan.projects)
  const files = [...new Set(parts.flatMap(({ plan }) => plan.edits.map(({ path }) => path)))].filter(
    (path) => !path.startsWith(`${baseFolder}/`),
  )
  const text = published.map(lineOf).join('') || 'Nothing to do: the base branch has every file as it should be.\n'
  const services = project === undefined ? [] : viewServices(project)
  const summary = formatSummary({ title: 'nself: pull-request', project, services, files: files.sort(), diagnostics, start: undefined })
  // With several, the outputs tell of the one where something happened.
  const [main] = [...published].sort((a, b) => Number(a.operation === 'none') - Number(b.operation === 'none'))
  return {
    exitCode: hasErrors(diagnostics) ? 1 : 0,
    diagnostics,
    secrets,
    text,
    data: {
      ...(project === undefined ? {} : projectData(project, files)),
      ...(main === undefined ? {} : outputsOf(main)),
      'pull-requests': published.filter(({ pull }) => pull !== undefined).map(outputsOf),
    },
    summary: redact(`${summary}\n${text}`, secrets),
  }
}

function outputsOf({ operation, pull, head, branch, verified }: Published): Record<string, unknown> {
  return {
    'pull-request-operation': operation,
    ...(pull === undefined ? {} : { 'pull-request-number': pull.number, 'pull-request-url': pull.url }),
    ...(head === undefined ? {} : { 'pull-request-head-sha': head.sha, 'pull-request-branch': branch }),
    ...(verified === undefined ? {} : { 'pull-request-commits-verified': verified }),
  }
}
