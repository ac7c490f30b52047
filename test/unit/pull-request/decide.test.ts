import { describe, expect, it } from 'vitest'
import type { BranchState, Pull } from '../../../action/pull-request/branch-state.ts'
import { withoutCleanMerges } from '../../../action/pull-request/clean-merges.ts'
import { type Commit, editsOf, withTrailers } from '../../../action/pull-request/commits.ts'
import { decide } from '../../../action/pull-request/decide.ts'
import { diffTrees, digestOf, type GitTree } from '../../../action/pull-request/git-tree.ts'
import { withRebased } from '../../../action/pull-request/rebased.ts'

const edits = 'e'.repeat(64)
const others = 'f'.repeat(64)
const sha = (letter: string) => letter.repeat(40)

const ours = (letter: string, parent: string, digest = edits): Commit => ({
  sha: sha(letter),
  tree: sha(letter),
  message: withTrailers('Regenerate', undefined, digest, sha(letter)),
  parents: [sha(parent)],
})
const theirs = (letter: string, ...parents: string[]): Commit => ({
  sha: sha(letter),
  tree: sha(letter),
  message: 'Mine',
  parents: parents.map(sha),
})
const branch = (mergeBase: string | undefined, ...ahead: Commit[]): BranchState => ({
  head: ahead.at(-1) ?? theirs('b'),
  mergeBase: mergeBase === undefined ? undefined : sha(mergeBase),
  ahead,
})
const pull = (state: 'open' | 'closed', head: string, isMerged = false): Pull => ({
  number: 7,
  url: '',
  title: '',
  body: '',
  state,
  isMerged,
  head: sha(head),
  author: '',
})
const open = pull('open', '1')

describe('what to do', () => {
  it.each<[string, string | undefined, BranchState | undefined, Pull[], object]>([
    ['nothing to change, nothing there', undefined, undefined, [], { kind: 'none' }],
    ['nothing to change, an old branch', undefined, branch('b', ours('1', 'b')), [], { kind: 'none' }],
    ['nothing to change any more', undefined, branch('b', ours('1', 'b')), [open], { kind: 'close', pull: open }],
    ['nothing to change, people at work', undefined, branch('b', ours('1', 'b'), theirs('2', '1')), [open], { kind: 'people', pull: open }],
    ['nothing to change, people’s branch without a pull request', undefined, branch('b', theirs('2', 'b')), [], { kind: 'none' }],
    ['the first time', edits, undefined, [], { kind: 'write', push: true, pull: undefined }],
    [
      'the branch is there, the pull request was refused',
      edits,
      branch('b', ours('1', 'b')),
      [],
      { kind: 'write', push: false, pull: undefined },
    ],
    ['as it should be', edits, branch('b', ours('1', 'b')), [open], { kind: 'write', push: false, pull: open }],
    ['two commits, as they should be', edits, branch('b', ours('1', 'b', others), ours('2', '1')), [open], { kind: 'write', push: false }],
    ['other edits', edits, branch('b', ours('1', 'b', others)), [open], { kind: 'write', push: true, pull: open }],
    ['the base was rewritten', edits, branch('a', theirs('b', 'a'), ours('1', 'b')), [open], { kind: 'write', push: true, pull: open }],
    ['no commit in common', edits, branch(undefined, theirs('b', 'a'), ours('1', 'b')), [open], { kind: 'write', push: true, pull: open }],
    ['the branch lies within the base', edits, branch('b'), [pull('closed', 'b', true)], { kind: 'write', push: true, pull: undefined }],
    ['people committed', edits, branch('b', ours('1', 'b'), theirs('2', '1')), [open], { kind: 'people', pull: open }],
    [
      'people committed, without a pull request',
      edits,
      branch('b', ours('1', 'b'), theirs('2', '1')),
      [],
      { kind: 'people', pull: undefined },
    ],
    ['people made the branch', edits, branch('b', theirs('2', 'b')), [], { kind: 'people', pull: undefined }],
    [
      'people’s commits were merged',
      edits,
      branch('b', ours('1', 'b'), theirs('2', '1')),
      [pull('closed', '2', true)],
      { kind: 'write', push: true },
    ],
    ['declined', edits, branch('b', ours('1', 'b')), [pull('closed', '1')], { kind: 'declined' }],
    [
      'declined, then reopened',
      edits,
      branch('b', ours('1', 'b')),
      [pull('open', '1'), pull('closed', '1')],
      { kind: 'write', push: false },
    ],
    [
      'declined, but other edits',
      edits,
      branch('b', ours('1', 'b', others)),
      [pull('closed', '1')],
      { kind: 'write', push: true, pull: undefined },
    ],
    [
      'merged, and the same again',
      edits,
      branch('b', ours('1', 'b')),
      [pull('closed', '1', true)],
      { kind: 'write', push: false, pull: undefined },
    ],
  ])('%s', (_, digest, state, pulls, decision) => expect(decide(digest, state, pulls)).toMatchObject(decision))
})

describe('a commit', () => {
  it('is ours while it holds the tree that we wrote', () => {
    expect(editsOf(ours('1', 'b'))).toBe(edits)
    expect(editsOf({ ...ours('1', 'b'), tree: sha('9') })).toBeUndefined()
    expect(editsOf(theirs('1', 'b'))).toBeUndefined()
  })

  it('is ours when it is signed off, and when the message is the user’s', () => {
    const message = withTrailers('One\n\nTwo\n', 'A B <a@b.c>', edits, sha('1'))
    expect(message).toBe(`One\n\nTwo\n\nNself-Edits: ${edits}\nNself-Tree: ${sha('1')}\nSigned-off-by: A B <a@b.c>\n`)
    expect(editsOf({ ...ours('1', 'b'), message })).toBe(edits)
  })
})

describe('an update of the branch from its base', () => {
  const tree = (files: Record<string, string>): GitTree =>
    new Map(Object.entries(files).map(([path, name]) => [path, { mode: '100644', sha: name }]))
  const trees: Record<string, GitTree> = {
    b: tree({ a: '1' }),
    '1': tree({ a: '2' }),
    c: tree({ a: '1', other: '1' }),
    m: tree({ a: '2', other: '1' }),
    x: tree({ a: '3', other: '1' }),
  }
  const read = {
    commit: async (name: string) => theirs(name[0] as string),
    tree: async (name: string) => trees[name[0] as string] as GitTree,
  }

  it.each<[string, BranchState, boolean]>([
    ['a merge that brings nothing is no work of people’s', branch('c', ours('1', 'b'), theirs('m', '1', 'c')), true],
    ['a merge that changes one of our files is', branch('c', ours('1', 'b'), theirs('x', '1', 'c')), false],
    ['a merge of another branch is', branch('b', ours('1', 'b'), theirs('c', 'b'), theirs('m', '1', 'c')), false],
  ])('%s', async (_, state, isClean) => {
    const seen = await withoutCleanMerges(state, read)
    expect(seen.isMergedInto === true).toBe(isClean)
    expect(decide(edits, seen, [open]).kind).toBe(isClean ? 'write' : 'people')
  })

  // Onto c, which has one more file than b.
  const digest = digestOf(diffTrees(trees.b as GitTree, trees['1'] as GitTree))
  const rebased = (letter: string, parent: string, message = ours('1', 'b', digest).message) => ({ ...theirs(letter, parent), message })
  it.each<[string, BranchState, boolean]>([
    ['a rebase that brings the same is no work of people’s', branch('c', rebased('m', 'c')), true],
    ['a rebase of two commits that bring the same is none', branch('c', rebased('n', 'c'), rebased('m', 'n')), true],
    ['a rebase that changes one of our files is', branch('c', rebased('x', 'c')), false],
    ['a rebase with a commit of people’s below is', branch('c', theirs('n', 'c'), rebased('m', 'n')), false],
    ['a rebase with a commit of people’s on top is', branch('c', rebased('m', 'c'), theirs('x', 'm')), false],
  ])('%s', async (_, state, isClean) => {
    const seen = await withRebased(state, read)
    expect(decide(digest, seen, [open])).toMatchObject(isClean ? { kind: 'write', push: false } : { kind: 'people' })
  })
})
