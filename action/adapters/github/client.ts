import { setTimeout } from 'node:timers/promises'
import type { BranchState, Pull } from '../../pull-request/branch-state.ts'
import type { Head } from '../../pull-request/commits.ts'
import type { NewEntry } from '../../pull-request/entries.ts'
import { ApiProblem } from '../../pull-request/failures.ts'
import type { GitTree } from '../../pull-request/git-tree.ts'
import { connect, type Octokit } from './connect.ts'
import { compareBranches, type Repository, readBranch, readCommit, readTree, toPull } from './read.ts'
import { call, optional, unless } from './request.ts'

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
  readonly commit: (sha: string) => Promise<Head>
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
    commit: (sha) => call('read a commit', async () => readCommit(octokit, repository, sha)),
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

const patience = [1000, 2000, 4000]

// Just opened, a pull request may not be there yet for the next request.
async function patiently(request: () => Promise<unknown>): Promise<void> {
  for (const wait of [...patience, undefined])
    try {
      await request()
      return
    } catch (error) {
      const isEarly = error instanceof ApiProblem && error.status === 422 && /could not resolve to a node/i.test(error.message)
      if (!isEarly || wait === undefined) throw error
      await setTimeout(wait)
    }
}

async function addPeople({ rest }: Octokit, repository: Repository, number: number, people: People): Promise<Map<string, ApiProblem>> {
  const { labels, assignees, reviewers, teamReviewers, milestone } = people
  const issue = { ...repository, issue_number: number }
  const problems = new Map<string, ApiProblem>()
  const add = async (kind: string, isWanted: boolean, request: () => Promise<unknown>) => {
    if (!isWanted) return
    try {
      await patiently(() => call(`set the ${kind}`, request))
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
