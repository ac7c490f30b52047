import fc from 'fast-check'
import { diff3Merge } from 'node-diff3'
import { describe, expect, it } from 'vitest'
import { formatLock, lockPath, parseLock } from '../../action/scaffold/lock.ts'
import { type DiskFile, History } from '../support/history.ts'
import {
  firstVersion,
  lockedFiles,
  type Round,
  round,
  takeStep,
  verifyBases,
  verifyDeletions,
  verifyMarkers,
  verifyUserWords,
} from '../support/random-history.ts'

/** NSELF_PROPERTY_RUNS=10000 for a long look. */
const numRuns = Number(process.env.NSELF_PROPERTY_RUNS ?? 200)

/** What becomes of the pull request of a round: merged at once, after the next round's edits as it was, or never. */
const fate = fc.constantFrom('merged', 'late', 'dropped')
/** Whether someone runs `generate` on main, too. */
const rounds = fc.array(fc.record({ round, fate, isLocal: fc.nat(5).map((n) => n === 0) }), { minLength: 1, maxLength: 6 })

type Snapshot = ReadonlyMap<string, DiskFile>

/** All files, the lock among them, as git has them. */
function snapshot({ disk, lock }: History): Snapshot {
  return new Map([...disk, [lockPath, { content: Buffer.from(formatLock(lock)), executable: false }]])
}

interface Pull {
  readonly base: Snapshot
  readonly head: Snapshot
}

/** The bot's branch: what `generate` leaves of main. Main stays as it is. */
async function open(main: History, { policy }: Round): Promise<Pull> {
  const branch = main.branch()
  const before = { disk: new Map(branch.disk), files: lockedFiles(branch) }
  const base = snapshot(main)
  await branch.generate(policy)
  verifyUserWords(branch, before)
  verifyDeletions(branch, before)
  verifyBases(branch, before)
  verifyMarkers(branch, policy, before)
  expect(snapshot(main)).toEqual(base)
  return { base, head: snapshot(branch) }
}

/** Merges as GitHub does: file by file and line by line; false, with nothing done, where that gives a conflict. */
function merge(main: History, { base, head }: Pull): boolean {
  const ours = snapshot(main)
  const merged = new Map<string, DiskFile>()
  for (const path of new Set([...base.keys(), ...ours.keys(), ...head.keys()])) {
    const result = mergeFile(base.get(path), ours.get(path), head.get(path))
    if (result === 'conflict') return false
    if (result !== undefined) merged.set(path, result)
  }
  main.lock = parseLock(merged.get(lockPath)?.content.toString('utf8') ?? '').lock ?? main.lock
  merged.delete(lockPath)
  main.disk.clear()
  for (const [path, file] of merged) main.disk.set(path, file)
  return true
}

function mergeFile(
  base: DiskFile | undefined,
  ours: DiskFile | undefined,
  theirs: DiskFile | undefined,
): DiskFile | undefined | 'conflict' {
  if (isSame(ours, theirs) || isSame(base, theirs)) return ours
  if (isSame(base, ours)) return theirs
  if (base === undefined || ours === undefined || theirs === undefined) return 'conflict'
  const lines = ({ content }: DiskFile) => content.toString('utf8').split(/(?<=\n)/)
  const parts = diff3Merge(lines(ours), lines(base), lines(theirs), { excludeFalseConflicts: true })
  if (parts.some(({ conflict }) => conflict !== undefined)) return 'conflict'
  const executable = ours.executable === base.executable ? theirs.executable : ours.executable
  return { content: Buffer.from(parts.flatMap(({ ok }) => ok ?? []).join('')), executable }
}

function isSame(a: DiskFile | undefined, b: DiskFile | undefined): boolean {
  return a === b || (a !== undefined && b !== undefined && a.executable === b.executable && a.content.equals(b.content))
}

function edit(main: History, { steps }: Round, count: number): void {
  const template = new Map(main.template)
  for (const [index, step] of steps.entries()) takeStep(main, step, `${step.by}-${count + index}`)
  const isNew = main.template.size !== template.size || [...main.template].some(([path, file]) => template.get(path) !== file)
  if (isNew) main.version++
}

function mergeAndVerify(main: History, pull: Pull): boolean {
  const before = { disk: new Map(main.disk), files: lockedFiles(main) }
  if (!merge(main, pull)) return false
  verifyUserWords(main, before)
  return true
}

let late = 0

async function play(main: History, all: readonly { round: Round; fate: string; isLocal: boolean }[]): Promise<void> {
  let waiting: Pull | undefined
  for (const [index, { round: each, fate: end, isLocal }] of all.entries()) {
    edit(main, each, index * 100)
    if (waiting !== undefined && mergeAndVerify(main, waiting)) late++
    waiting = undefined
    if (isLocal) await main.generate(each.policy)
    const pull = await open(main, each)
    if (end === 'late') waiting = pull
    if (end !== 'merged') continue
    expect(mergeAndVerify(main, pull)).toBe(true)
    const { head } = await open(main, each)
    expect(head).toEqual(snapshot(main))
  }
}

describe('random histories with pull requests that are merged, merged late, or never', () => {
  it(`lose no line of the user’s, and a merged one leaves nothing to do (${numRuns})`, async () => {
    const histories = fc.asyncProperty(rounds, async (all) => {
      const main = new History()
      main.template = new Map(Object.entries(firstVersion))
      await main.generate('keep')
      await play(main, all)
    })
    await fc.assert(histories, { numRuns })
    // Else the late ones would prove nothing.
    expect(late).toBeGreaterThan(numRuns / 20)
  }, 3_600_000)
})
