import type { GitHub } from '../../adapters/github/client.ts'
import { type Diagnostic, diagnose } from '../../config/diagnostics.ts'
import { renewBody, stateOf, titleHash } from '../../pull-request/body.ts'
import type { Pull } from '../../pull-request/branch-state.ts'
import type { Commit, Head } from '../../pull-request/commits.ts'
import { type Decision, decide } from '../../pull-request/decide.ts'
import { ApiProblem } from '../../pull-request/failures.ts'
import { digestOf } from '../../pull-request/git-tree.ts'
import { withoutUpdates } from '../../pull-request/rebased.ts'
import type { Wanted } from './wanted.ts'
import { commitOnce, type Made } from './write-commits.ts'

export interface Published {
  readonly operation: 'created' | 'updated' | 'closed' | 'none'
  readonly pull: Pull | undefined
  readonly branch: string
  /** The newest commit of the branch; nothing when there is none. */
  readonly head: Head | undefined
  /** Whether people committed to the branch, so that it is left alone. */
  readonly isPeoples: boolean
  /** Whether GitHub signed the commits of this run; nothing when there were none. */
  readonly verified: boolean | undefined
  readonly diagnostics: readonly Diagnostic[]
}

/** Set as soon as the branch is written, for what is said when a later request fails. */
export interface Progress {
  isPushed: boolean
}

const attempts = 4
const commentMarker = '<!-- nself-build:people -->'

/**
 * Brings GitHub to what is wanted, with no write where it is so already. Looks again, from the start, when someone else moved the
 * branch meanwhile. Throws an `ApiProblem`.
 */
export async function publish(github: GitHub, wanted: Wanted, progress: Progress): Promise<Published> {
  const digest = wanted.edits.length === 0 ? undefined : digestOf(wanted.edits)
  const commit = commitOnce(github, wanted, digest ?? '')
  for (let attempt = 1; ; attempt++) {
    const [head, pulls] = await Promise.all([github.branch(wanted.branch), github.pulls(wanted.branch, wanted.baseName)])
    const branch = head === undefined ? undefined : await withoutUpdates(await github.compare(wanted.base.sha, head), github)
    const decision = decide(digest, branch, pulls)
    const published = await carryOut(github, wanted, decision, head, commit, progress)
    if (published !== undefined) return published
    if (attempt === attempts)
      throw new ApiProblem(`update ${wanted.branch}`, {
        status: 422,
        message: 'it was changed by someone else each time we looked',
        needed: undefined,
        remaining: undefined,
      })
  }
}

/** Nothing when the branch was moved by someone else before we could. */
async function carryOut(
  github: GitHub,
  wanted: Wanted,
  decision: Decision,
  head: Head | undefined,
  commit: () => Promise<Made>,
  progress: Progress,
): Promise<Published | undefined> {
  const { branch } = wanted
  const nothing = { operation: 'none', branch, pull: undefined, head, isPeoples: false, verified: undefined, diagnostics: [] } as const
  switch (decision.kind) {
    case 'none':
      return nothing
    case 'declined':
      return { ...nothing, pull: decision.pull, diagnostics: [declinedNotice(decision.pull, branch)] }
    case 'people':
      return { ...nothing, pull: decision.pull, isPeoples: true, diagnostics: await leaveToPeople(github, branch, decision) }
    case 'close':
      // A commit that someone made since would go with the branch.
      if ((await github.branch(branch))?.sha !== head?.sha) return undefined
      await github.updatePull(decision.pull.number, { state: 'closed' })
      await github.deleteBranch(branch)
      return { ...nothing, operation: 'closed', pull: decision.pull, head: undefined }
    case 'write':
      return write(github, wanted, decision, head, commit, progress)
  }
}

async function write(
  github: GitHub,
  wanted: Wanted,
  { push, pull }: Extract<Decision, { kind: 'write' }>,
  head: Head | undefined,
  commit: () => Promise<Made>,
  progress: Progress,
): Promise<Published | undefined> {
  const { branch } = wanted
  let made: Made | undefined
  if (push) {
    made = await commit()
    // Between the look and the push lies the writing of files: look again, so that no commit of that time is lost.
    const isMoved = head === undefined ? false : (await github.branch(branch))?.sha !== head.sha
    if (isMoved) return undefined
    const isOurs = head === undefined ? await github.createBranch(branch, made.head.sha) : await github.moveBranch(branch, made.head.sha)
    if (!isOurs) return undefined
    progress.isPushed = true
  }
  const result = { branch, head: made?.head ?? head, isPeoples: false, verified: made?.verified }
  if (pull !== undefined) {
    const isRenewed = await renewPull(github, wanted, pull)
    return { ...result, operation: push || isRenewed ? 'updated' : 'none', pull, diagnostics: [] }
  }
  return createPull(github, wanted, result)
}

async function createPull(
  github: GitHub,
  wanted: Wanted,
  result: Pick<Published, 'branch' | 'head' | 'isPeoples' | 'verified'>,
): Promise<Published | undefined> {
  const { branch, baseName, title, body, draft } = wanted
  try {
    const pull = await github.createPull({ head: branch, base: baseName, title, body, draft })
    const problems = await github.addPeople(pull.number, wanted.people)
    const diagnostics = [...problems].map(([kind, problem]) => partNotice(kind, problem))
    return { ...result, operation: 'created', pull, diagnostics: [...diagnostics, ...checksNotice(pull)] }
  } catch (error) {
    if (!(error instanceof ApiProblem) || error.status !== 422) throw error
    // Another run was faster, or the branch or its base changed under our hands: look again.
    if (/already exists|no commits between|invalid|blank/i.test(error.message)) return undefined
    throw error
  }
}

// Titles and texts of people's stay.
async function renewPull(github: GitHub, { title, body }: Wanted, pull: Pull): Promise<boolean> {
  const state = stateOf(pull.body)
  const renewed = renewBody(pull.body, body)
  const isOurTitle = state !== undefined && state.title === titleHash(pull.title)
  const changes = {
    ...(renewed !== undefined && renewed !== pull.body.replaceAll('\r\n', '\n') ? { body: renewed } : {}),
    ...(isOurTitle && pull.title !== title ? { title } : {}),
  }
  if (Object.keys(changes).length === 0) return false
  await github.updatePull(pull.number, changes)
  return true
}

async function leaveToPeople(
  github: GitHub,
  branch: string,
  { pull, commits }: Extract<Decision, { kind: 'people' }>,
): Promise<Diagnostic[]> {
  const count = commits.length === 1 ? 'a commit' : `${commits.length} commits`
  const fix = `Merge it, or delete the branch ${branch} to get a fresh one on the next run.`
  const text = `This branch has ${count} that nself-build did not make, so it is left alone from now on: nothing is pushed to it. ${fix}`
  if (pull !== undefined && !(await github.comments(pull.number)).some((comment) => comment.includes(commentMarker)))
    await github.comment(pull.number, `${commentMarker}\n${text}`)
  const [first] = commits as readonly [Commit, ...Commit[]]
  return [diagnose('NB707', `${branch} has ${count} of people's (${first.sha.slice(0, 7)}): nothing is pushed to it.`, fix)]
}

function declinedNotice({ number }: Pull, branch: string): Diagnostic {
  return diagnose(
    'NB708',
    `Pull request ${number} was closed with just these changes: it is not opened again while they stay the same.`,
    `Reopen it, or delete the branch ${branch} to get a new one.`,
  )
}

// What the token of a job opens starts no checks of its own: they wait for someone's approval.
function checksNotice({ author, number }: Pull): Diagnostic[] {
  return author !== 'github-actions[bot]'
    ? []
    : [
        diagnose(
          'NB709',
          `Checks of pull request ${number} wait for an approval, or do not start: it was opened with GITHUB_TOKEN.`,
          'Approve them on its page, or set token to the token of an app (actions/create-github-app-token): then they start by themselves.',
        ),
      ]
}

function partNotice(kind: string, { message, status }: ApiProblem): Diagnostic {
  return diagnose(
    'NB713',
    `The ${kind} of the pull request could not be set: ${message.slice(0, 200)} (${status ?? 'no answer'}).`,
    'Correct the names; teams need the token of an app or a person.',
  )
}
