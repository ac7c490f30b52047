import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { ScaffoldPlan } from '../../action/scaffold/plan-scaffolds.ts'
import { History } from '../support/history.ts'
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
const numRuns = Number(process.env.NSELF_PROPERTY_RUNS ?? 300)

/** What the user and the template do between two runs, and the runs: the second has nothing left to do. */
async function playRound(history: History, { steps, policy, loseBases }: Round, count: number): Promise<void> {
  const template = new Map(history.template)
  for (const [index, step] of steps.entries()) takeStep(history, step, `${step.by}-${count + index}`)
  const isNew = history.template.size !== template.size || [...history.template].some(([path, file]) => template.get(path) !== file)
  if (isNew) history.version++
  const bases = loseBases ? [...history.disk.keys()].filter((path) => path.includes('/.scaffold/base/')) : []
  for (const path of bases) history.disk.delete(path)
  const before = { disk: new Map(history.disk), files: lockedFiles(history) }
  const first = await history.generate(policy)
  verifyUserWords(history, before)
  verifyDeletions(history, before)
  verifyBases(history, before)
  verifyMarkers(history, policy, before)
  const { lock } = history
  const second = await history.generate(policy)
  expect(second.changes).toEqual([])
  expect(history.lock).toEqual(lock)
  // What waits for the user is said again.
  expect(warned(first)).toEqual(expect.arrayContaining(warned(second)))
}

function warned({ diagnostics }: ScaffoldPlan): unknown[] {
  return diagnostics.filter(({ severity }) => severity === 'warning').map(({ position }) => position?.file)
}

describe('random histories of a template and its user', () => {
  it(`lose no line of the user’s, settle at once, and advance bases only with what was written (${numRuns})`, async () => {
    const histories = fc.asyncProperty(fc.array(round, { minLength: 1, maxLength: 6 }), async (rounds) => {
      const history = new History()
      history.template = new Map(Object.entries(firstVersion))
      await history.generate('keep')
      for (const [index, each] of rounds.entries()) await playRound(history, each, index * 100)
    })
    await fc.assert(histories, { numRuns })
  }, 3_600_000)
})
