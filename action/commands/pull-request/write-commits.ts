import type { GitHub } from '../../adapters/github/client.ts'
import type { Head } from '../../pull-request/commits.ts'
import { withTrailers } from '../../pull-request/commits.ts'
import { treeRequests } from '../../pull-request/entries.ts'
import { digestOf } from '../../pull-request/git-tree.ts'
import type { Wanted } from './wanted.ts'

/** The commits of a run. */
export interface Made {
  readonly head: Head
  readonly verified: boolean
}

/** Writes the commits when they are needed for the first time; a second look at the branch uses the same. */
export function commitOnce(github: GitHub, wanted: Wanted, digest: string): () => Promise<Made> {
  let made: Promise<Made> | undefined
  return () => {
    made ??= makeCommits(github, wanted, digest)
    return made
  }
}

async function makeCommits(github: GitHub, { base, steps, message, signoff, tree }: Wanted, digest: string): Promise<Made> {
  const known = new Set([...tree.values()].map(({ sha }) => sha))
  let head = base
  let verified = true
  for (const [index, step] of steps.entries()) {
    const { blobs, requests } = treeRequests(step, known)
    for (const { content } of blobs) if (content !== undefined) await github.createBlob(content)
    let root = head.tree
    for (const entries of requests) root = await github.createTree(root, entries)
    for (const { after } of step) if (after !== undefined) known.add(after.sha)
    const isLast = index === steps.length - 1
    const text = isLast && steps.length > 1 ? `${message}\n\nWith the conflicts of scaffolds, both sides between markers.` : message
    head = await github.createCommit(withTrailers(text, signoff, isLast ? digest : digestOf(step), root), root, head.sha)
    verified &&= head.verified
  }
  return { head, verified }
}
