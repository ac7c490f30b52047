import type { Commit } from '../pull-request/commits.ts'
import type { BranchState, Pull } from '../pull-request/decide.ts'
import type { NewEntry } from '../pull-request/entries.ts'
import { ApiProblem } from '../pull-request/failures.ts'
import type { GitTree } from '../pull-request/git-tree.ts'

export interface Head extends Commit {
  readonly verified: boolean
}

export interface People {
  readonly labels: readonly string[]
  readonly assignees: readonly string[]
  readonly reviewers: readonly string[]
  readonly teamReviewers: readonly string[]
  readonly milestone: string
}

/** A repository on GitHub; every method is one request, or few. All throw an `ApiProblem`, after the waits that GitHub asks for. */
export interface GitHub {
  readonly repository: () => Promise<{ defaultBranch: string; isArchived: boolean; url: string }>
  readonly branch: (name: string) => Promise<Head | undefined>
  readonly tree: (sha: string) => Promise<GitTree>
  readonly blob: (sha: string) => Promise<Buffer>
  readonly compare: (base: string, head: Head) => Promise<BranchState>
  /** The names of branches that begin so. */
  readonly branchesOf: (start: string) => Promise<string[]>
  /** All of a branch towards a base, newest first. */
  readonly pulls: (branch: string, base: string) => Promise<Pull[]>
  readonly createBlob: (content: Buffer) => Promise<string>
  readonly createTree: (base: string, entries: readonly NewEntry[]) => Promise<string>
  readonly createCommit: (message: string, tree: string, parent: string) => Promise<Head>
  /** False when someone else made it in the meantime. */
  readonly createBranch: (name: string, sha: string) => Promise<boolean>
  /** Moves the branch, whatever it held: its commits were looked at before. False when it is gone. */
  readonly moveBranch: (name: string, sha: string) => Promise<boolean>
  readonly deleteBranch: (name: string) => Promise<void>
  readonly createPull: (pull: { head: string; base: string; title: string; body: string; draft: boolean }) => Promise<Pull>
  readonly updatePull: (number: number, changes: { title?: string; body?: string; state?: 'closed' }) => Promise<void>
  /** Adds each kind on its own, so that one unknown name costs no other; returns what went wrong, by kind. */
  readonly addPeople: (number: number, people: People) => Promise<Map<string, ApiProblem>>
  readonly comments: (number: number) => Promise<string[]>
  readonly comment: (number: number, body: string) => Promise<void>
  /** Whether a check of this name is there for the commit. */
  readonly hasCheck: (name: string, sha: string) => Promise<boolean>
  readonly createCheck: (check: {
    name: string
    sha: string
    conclusion: 'success' | 'failure'
    title: string
    summary: string
  }) => Promise<void>
  /** `name <email>` of whose token this is; nothing when it belongs to no person. */
  readonly identity: () => Promise<string | undefined>
}

const longestWait = 15 * 60
const mostWaits = 4

type Octokit = Awaited<ReturnType<typeof connect>>

// Waits as long as GitHub asks, a few times, and says so: a job that only hangs is stopped by hand.
async function connect(token: string, progress: (line: string) => void) {
  const [{ getOctokit }, { retry }, { throttling }] = await Promise.all([
    import('@actions/github'),
    import('@octokit/plugin-retry'),
    import('@octokit/plugin-throttling'),
  ])
  const wait = (what: string) => (seconds: number, options: object, _octokit: unknown, waits: number) => {
    const { method, url } = options as { method: string; url: string }
    const isWorthIt = waits < mostWaits && seconds <= longestWait
    progress(`GitHub: ${what} reached at ${method} ${url}; ${isWorthIt ? `waiting ${seconds} s, as it asks` : `not waiting ${seconds} s`}.`)
    return isWorthIt
  }
  const throttle = { onRateLimit: wait('rate limit'), onSecondaryRateLimit: wait('secondary rate limit') }
  const log = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} }
  return getOctokit(token, { throttle, log }, retry, throttling)
}

/** Connects to the repository `owner/name` at `GITHUB_API_URL`, be it github.com, an enterprise server or an emulator. */
export async function openGitHub(token: string, name: string, progress: (line: string) => void): Promise<GitHub> {
  const octokit = await connect(token, progress)
  const [owner = '', repo = ''] = name.split('/')
  const repository = { owner, repo }
  const { git, pulls, repos, issues, checks } = octokit.rest
  return {
    repository: () =>
      call('read the repository', async () => {
        const { data } = await repos.get(repository)
        return { defaultBranch: data.default_branch, isArchived: data.archived === true, url: data.html_url }
      }),
    branch: (branch) => optional(call(`read the branch ${branch}`, async () => readBranch(octokit, repository, branch))),
    tree: (sha) => call('read the files', async () => readTree(octokit, repository, sha)),
    blob: (sha) =>
      call('read a file', async () => {
        const { data } = await git.getBlob({ ...repository, file_sha: sha })
        return Buffer.from(data.content, data.encoding === 'base64' ? 'base64' : 'utf8')
      }),
    branchesOf: (start) =>
      call('look for branches', async () => {
        const refs = await octokit.paginate(git.listMatchingRefs, { ...repository, ref: `heads/${start}`, per_page: 100 })
        return refs.map(({ ref }) => ref.slice('refs/heads/'.length)).sort()
      }),
    compare: (base, head) => call('compare the branches', async () => compareBranches(octokit, repository, base, head)),
    pulls: (branch, base) =>
      call('look for pull requests', async () => {
        const { data } = await pulls.list({
          ...repository,
          head: `${owner}:${branch}`,
          base,
          state: 'all',
          sort: 'created',
          direction: 'desc',
        })
        return data.filter((pull) => pull.head.ref === branch && pull.base.ref === base).map(toPull)
      }),
    createBlob: (content) =>
      call('write a file', async () => {
        const { data } = await git.createBlob({ ...repository, content: content.toString('base64'), encoding: 'base64' })
        return data.sha
      }),
    createTree: (base, entries) =>
      call('write the files', async () => {
        const tree = entries.map((entry) => ({ ...entry, mode: entry.mode as '100644', type: 'blob' as const }))
        return (await git.createTree({ ...repository, base_tree: base, tree })).data.sha
      }),
    // Without an author: GitHub then signs with the token of an app or of a job.
    createCommit: (message, tree, parent) =>
      call('write a commit', async () => {
        const { data } = await git.createCommit({ ...repository, message, tree, parents: [parent] })
        return { sha: data.sha, tree, message, parents: [parent], verified: data.verification?.verified === true }
      }),
    createBranch: (branch, sha) =>
      unless(
        /already exists/i,
        call(`create the branch ${branch}`, async () => git.createRef({ ...repository, ref: `refs/heads/${branch}`, sha })),
      ),
    moveBranch: (branch, sha) =>
      unless(
        /does not exist/i,
        call(`move the branch ${branch}`, async () => git.updateRef({ ...repository, ref: `heads/${branch}`, sha, force: true })),
      ),
    deleteBranch: async (branch) => {
      const deletion = call(`delete the branch ${branch}`, async () => git.deleteRef({ ...repository, ref: `heads/${branch}` }))
      await unless(/does not exist/i, deletion)
    },
    createPull: (pull) => call('create the pull request', async () => toPull((await pulls.create({ ...repository, ...pull })).data)),
    updatePull: (number, changes) =>
      call(`update pull request ${number}`, async () => void (await pulls.update({ ...repository, pull_number: number, ...changes }))),
    addPeople: (number, people) => addPeople(octokit, repository, number, people),
    comments: (number) =>
      call('read the comments', async () => {
        const all = await octokit.paginate(issues.listComments, { ...repository, issue_number: number, per_page: 100 })
        return all.map(({ body }) => body ?? '')
      }),
    comment: (number, body) =>
      call('write a comment', async () => void (await issues.createComment({ ...repository, issue_number: number, body }))),
    hasCheck: (check, sha) =>
      call('read the checks', async () => {
        const { data } = await checks.listForRef({ ...repository, ref: sha, check_name: check })
        return data.check_runs.some(({ name: found }) => found === check)
      }),
    createCheck: ({ name: check, sha, conclusion, title, summary }) =>
      call(`write the check ${check}`, async () => {
        await checks.create({ ...repository, name: check, head_sha: sha, status: 'completed', conclusion, output: { title, summary } })
      }),
    identity: async () => {
      try {
        const { data } = await octokit.rest.users.getAuthenticated()
        return `${data.name ?? data.login} <${data.email ?? `${data.id}+${data.login}@users.noreply.github.com`}>`
      } catch {
        return undefined
      }
    },
  }
}

interface Repository {
  readonly owner: string
  readonly repo: string
}

async function readBranch({ rest }: Octokit, repository: Repository, branch: string): Promise<Head> {
  const { data } = await rest.git.getRef({ ...repository, ref: `heads/${branch}` })
  const { data: commit } = await rest.git.getCommit({ ...repository, commit_sha: data.object.sha })
  return {
    sha: commit.sha,
    tree: commit.tree.sha,
    message: commit.message,
    parents: commit.parents.map(({ sha }) => sha),
    verified: commit.verification?.verified === true,
  }
}

// A tree too large for one answer is read folder by folder.
async function readTree(octokit: Octokit, repository: Repository, sha: string): Promise<GitTree> {
  const { data } = await octokit.rest.git.getTree({ ...repository, tree_sha: sha, recursive: '1' })
  if (!data.truncated) return new Map(data.tree.filter(({ type }) => type !== 'tree').map((entry) => [entry.path, entry]))
  const { data: level } = await octokit.rest.git.getTree({ ...repository, tree_sha: sha })
  const all = new Map(level.tree.filter(({ type }) => type !== 'tree').map((entry) => [entry.path, entry]))
  for (const folder of level.tree.filter(({ type }) => type === 'tree'))
    for (const [path, entry] of await readTree(octokit, repository, folder.sha)) all.set(`${folder.path}/${path}`, { ...folder, ...entry })
  return all
}

async function compareBranches({ rest }: Octokit, repository: Repository, base: string, head: Head): Promise<BranchState> {
  try {
    const { data } = await rest.repos.compareCommitsWithBasehead({ ...repository, basehead: `${base}...${head.sha}`, per_page: 100 })
    return { head, mergeBase: data.merge_base_commit.sha, ahead: data.commits.map(toCommit) }
  } catch (error) {
    if (statusOf(error) !== 404) throw error
    // The base branch was rewritten: nothing in common. Only the newest commits can be ours or people's.
    const { data } = await rest.repos.listCommits({ ...repository, sha: head.sha, per_page: 10 })
    return { head, mergeBase: undefined, ahead: data.map(toCommit) }
  }
}

async function addPeople({ rest }: Octokit, repository: Repository, number: number, people: People): Promise<Map<string, ApiProblem>> {
  const { labels, assignees, reviewers, teamReviewers, milestone } = people
  const issue = { ...repository, issue_number: number }
  const problems = new Map<string, ApiProblem>()
  const add = async (kind: string, isWanted: boolean, request: () => Promise<unknown>) => {
    if (!isWanted) return
    try {
      await call(`set the ${kind}`, request)
    } catch (error) {
      if (!(error instanceof ApiProblem)) throw error
      problems.set(kind, error)
    }
  }
  await add('labels', labels.length > 0, () => rest.issues.addLabels({ ...issue, labels: [...labels] }))
  await add('assignees', assignees.length > 0, () => rest.issues.addAssignees({ ...issue, assignees: [...assignees] }))
  await add('milestone', milestone !== '', () => rest.issues.update({ ...issue, milestone: Number(milestone) }))
  await add('reviewers', reviewers.length + teamReviewers.length > 0, () =>
    rest.pulls.requestReviewers({ ...repository, pull_number: number, reviewers: [...reviewers], team_reviewers: [...teamReviewers] }),
  )
  return problems
}

interface PullData {
  readonly number: number
  readonly html_url: string
  readonly title: string
  readonly body: string | null
  readonly state: string
  readonly merged_at: string | null
  readonly head: { readonly sha: string }
  readonly user: { readonly login: string } | null
}

function toPull({ number, html_url, title, body, state, merged_at, head, user }: PullData): Pull {
  const isOpen = state === 'open'
  return {
    number,
    url: html_url,
    title,
    body: body ?? '',
    state: isOpen ? 'open' : 'closed',
    isMerged: merged_at !== null,
    head: head.sha,
    author: user?.login ?? '',
  }
}

interface CommitData {
  readonly sha: string
  readonly commit: { readonly message: string; readonly tree: { readonly sha: string } }
  readonly parents: readonly { readonly sha: string }[]
}

function toCommit({ sha, commit, parents }: CommitData): Commit {
  return { sha, tree: commit.tree.sha, message: commit.message, parents: parents.map((parent) => parent.sha) }
}

async function call<T>(what: string, request: () => Promise<T>): Promise<T> {
  try {
    return await request()
  } catch (error) {
    const { message, response, cause } = error as Error & { response?: { headers?: Record<string, string | undefined> } }
    const headers = response?.headers ?? {}
    throw new ApiProblem(what, {
      status: statusOf(error),
      message: message || String((cause as Error | undefined)?.message ?? error),
      needed: headers['x-accepted-github-permissions'],
      remaining: headers['x-ratelimit-remaining'],
    })
  }
}

function statusOf(error: unknown): number | undefined {
  const { status } = error as { status?: unknown }
  return typeof status === 'number' ? status : undefined
}

async function optional<T>(request: Promise<T>): Promise<T | undefined> {
  try {
    return await request
  } catch (error) {
    if (error instanceof ApiProblem && error.status === 404) return undefined
    throw error
  }
}

async function unless(expected: RegExp, request: Promise<unknown>): Promise<boolean> {
  try {
    await request
    return true
  } catch (error) {
    if (error instanceof ApiProblem && error.status === 422 && expected.test(error.message)) return false
    throw error
  }
}
