import type { BranchState, Pull } from '../../pull-request/branch-state.ts'
import type { Commit, Head } from '../../pull-request/commits.ts'
import type { GitEntry, GitTree } from '../../pull-request/git-tree.ts'
import type { Octokit } from './connect.ts'
import { statusOf } from './request.ts'

/** A repository as octokit names it. */
export interface Repository {
  readonly owner: string
  readonly repo: string
}

/** The newest commit of a branch. */
export async function readBranch({ rest }: Pick<Octokit, 'rest'>, repository: Repository, branch: string): Promise<Head> {
  const { data } = await rest.git.getRef({ ...repository, ref: `heads/${branch}` })
  return readCommit({ rest }, repository, data.object.sha)
}

/** One commit. */
export async function readCommit({ rest }: Pick<Octokit, 'rest'>, repository: Repository, sha: string): Promise<Head> {
  const { data: commit } = await rest.git.getCommit({ ...repository, commit_sha: sha })
  return {
    sha: commit.sha,
    tree: commit.tree.sha,
    message: commit.message,
    parents: commit.parents.map(({ sha }) => sha),
    verified: commit.verification?.verified === true,
  }
}

/** All files of a tree. One too large for one answer is read folder by folder. */
export async function readTree(octokit: Octokit, repository: Repository, sha: string): Promise<GitTree> {
  const { data } = await octokit.rest.git.getTree({ ...repository, tree_sha: sha, recursive: '1' })
  if (!data.truncated) return filesOf(data.tree)
  const { data: level } = await octokit.rest.git.getTree({ ...repository, tree_sha: sha })
  const all = filesOf(level.tree)
  for (const folder of level.tree.filter(({ type }) => type === 'tree'))
    for (const [path, entry] of await readTree(octokit, repository, folder.sha)) all.set(`${folder.path}/${path}`, entry)
  return all
}

function filesOf(entries: readonly { path: string; mode: string; type: string; sha: string }[]): Map<string, GitEntry> {
  return new Map(entries.filter(({ type }) => type !== 'tree').map(({ path, mode, sha }) => [path, { mode, sha }]))
}

/** What a branch has that its base has not. */
export async function compareBranches({ rest }: Octokit, repository: Repository, base: string, head: Head): Promise<BranchState> {
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

/** A pull request as GitHub describes it. */
export function toPull({ number, html_url, title, body, state, merged_at, head, user }: PullData): Pull {
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
