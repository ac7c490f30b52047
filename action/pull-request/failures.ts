import { type Diagnostic, diagnose } from '../config/diagnostics.ts'

interface Answer {
  /** `undefined` when there was no answer at all. */
  readonly status: number | undefined
  readonly message: string
  /** The permissions that GitHub names as sufficient. */
  readonly needed: string | undefined
  readonly remaining: string | undefined
}

/** A request to GitHub that failed for good: what was tried, and what came back. */
export class ApiProblem extends Error {
  readonly what: string
  readonly status: number | undefined
  readonly needed: string | undefined
  readonly remaining: string | undefined

  constructor(what: string, { status, message, needed, remaining }: Answer) {
    super(message)
    this.name = 'ApiProblem'
    this.what = what
    this.status = status
    this.needed = needed
    this.remaining = remaining
  }
}

/** What a message about a failure needs to know of the run. */
export interface Attempt {
  /** `owner/name` and its page. */
  readonly repository: string
  readonly url: string
  readonly base: string
  readonly branch: string
  /** Whether the branch holds the commits already. */
  readonly isPushed: boolean
}

const permissions = '`permissions: { contents: write, pull-requests: write }`'

/** Says what a failure means and what to do next; the state of things, where something was written. */
export function explainProblem(problem: ApiProblem, attempt: Attempt): Diagnostic {
  const { what, status, message, needed, remaining } = problem
  const { repository, branch, isPushed } = attempt
  const state = isPushed ? ` The branch ${branch} is written.` : ' Nothing was written.'
  const failed = `GitHub did not let us ${what}`
  const says = `: ${message.replace(/ - https:\/\/docs\.github\.com\S*/, '').slice(0, 300)} (${status ?? 'no answer'}).${state}`
  if (/not permitted to create or approve pull requests/i.test(message))
    return diagnose(
      'NB702',
      `${failed}: the repository does not allow GitHub Actions to create pull requests.${state}`,
      `Open it by hand: ${compareLink(attempt)} ; or tick "Allow GitHub Actions to create and approve pull requests" under Settings → Actions → General, of the organization too, and run again.`,
    )
  if (/rate limit|abuse detection/i.test(message) || ((status === 403 || status === 429) && remaining === '0'))
    return diagnose(
      'NB706',
      `${failed}: the rate limit lasts longer than we wait.${state}`,
      'Run the job again in an hour; it goes on where it stopped.',
    )
  if (status === 403 && /archived|read-only/i.test(message))
    return diagnose('NB705', `${repository} is archived: nothing can be written to it.`, 'Unarchive it, or remove this workflow.')
  if (/protected branch|repository rule|rule violations|protected ref|cannot force-push/i.test(message))
    return diagnose(
      'NB704',
      `${failed}: a rule protects ${branch}${says}`,
      `Let the token's owner bypass the rule for nself/**, or set branch to a name that no rule covers.`,
    )
  if (/workflow/i.test(message) && /scope|permission/i.test(message))
    return diagnose('NB703', `${failed}${says}`, 'Files below .github/workflows need a token with the workflows permission.')
  if (status === 401) return diagnose('NB703', `The token is not valid${says}`, 'Leave the token input out, or renew the token.')
  if (status === 403 || (status === 404 && !/read/.test(what)))
    return diagnose(
      'NB703',
      `${failed}: the token may not${says}`,
      `${needed === undefined ? `Give the job ${permissions}` : `Give the token ${needed.replaceAll('_', '-').replaceAll('=', ': ')}; in a job: ${permissions}`}. A pull request from a fork never gets them: run on push or on a schedule.`,
    )
  if (status === 404)
    return diagnose('NB711', `${repository} was not found, or the token may not see it.`, 'Check GITHUB_REPOSITORY and the token.')
  return diagnose('NB712', `${failed}${says}`, 'Run the job again; it goes on where it stopped.')
}

/** The page on which a person opens the pull request with one more click. */
export function compareLink({ url, base, branch }: Pick<Attempt, 'url' | 'base' | 'branch'>): string {
  return `${url}/compare/${path(base)}...${path(branch)}?quick_pull=1`
}

function path(branch: string): string {
  return branch.split('/').map(encodeURIComponent).join('/')
}
