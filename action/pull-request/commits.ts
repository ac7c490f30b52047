/** A commit as far as it matters here. */
export interface Commit {
  readonly sha: string
  readonly tree: string
  readonly message: string
  readonly parents: readonly string[]
}

/** A commit as GitHub shows it: with whether it is signed. */
export interface Head extends Commit {
  readonly verified: boolean
}

const trailers = /^Nself-Edits: ([0-9a-f]{64})\nNself-Tree: ([0-9a-f]{40,64})$/m

/** The commit's message with the lines by which a later run knows it as its own. */
export function withTrailers(message: string, signoff: string | undefined, edits: string, tree: string): string {
  const signed = signoff === undefined ? '' : `\nSigned-off-by: ${signoff}`
  return `${message.trim()}\n\nNself-Edits: ${edits}\nNself-Tree: ${tree}${signed}\n`
}

/**
 * The digest of the edits that a commit of ours brings; nothing for a commit of people's. The tree decides: a commit of ours that
 * someone amended or rebased holds another one, and is theirs.
 */
export function editsOf(commit: Commit): string | undefined {
  const claims = claimsOf(commit)
  return claims?.tree === commit.tree ? claims.edits : undefined
}

/** What a commit's message says that we wrote: the digest of its edits, and its tree. Whether that is so is another matter. */
export function claimsOf({ message }: Commit): { edits: string; tree: string } | undefined {
  const [, edits, tree] = trailers.exec(message) ?? []
  return edits === undefined || tree === undefined ? undefined : { edits, tree }
}
