import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { mergeFile } from '../../action/scaffold/merge/index.ts'
import { withOwnSides } from '../../action/scaffold/merge/markers.ts'
import { change, changes, type Format, formats, leavesOf, type Manifest, type Style } from '../support/manifests.ts'

/** NSELF_PROPERTY_RUNS=10000 for a long look. */
const numRuns = Number(process.env.NSELF_PROPERTY_RUNS ?? 500)

interface Look {
  readonly indent: string
  readonly isReversed: boolean
  readonly isCompact: boolean
  /** Which entries have a comment. */
  readonly commented: number
}

/** How the template writes; the user may write otherwise, with comments of their own. */
const usual: Look = { indent: '  ', isReversed: false, isCompact: false, commented: 4 }
const look: fc.Arbitrary<Look> = fc.record({
  indent: fc.constantFrom('  ', '    ', '\t'),
  isReversed: fc.boolean(),
  isCompact: fc.boolean(),
  commented: fc.nat(4),
})

function styleOf({ commented, indent, ...rest }: Look, author: string, { path }: Format): Style {
  const isCommented = (place: string) => (place.charCodeAt(place.length - 1) + place.length) % 5 === commented
  // YAML takes no tabs.
  const unit = path.endsWith('.yml') && indent === '\t' ? '  ' : indent
  return { ...rest, indent: unit, comment: (place) => (isCommented(place) ? `${author}: ${place}` : undefined) }
}

const start: Manifest = new Map<string, string | readonly string[] | Manifest>([
  ['a', new Map([['a', 'x']]).set('b', 'y')],
  ['b', 'z'],
  ['c', ['one', 'two', 'three']],
])

const linesOf = (text: string) => text.split('\n').map((line) => line.trim().replace(/,$/, ''))

function read(format: Format, text: string): unknown {
  try {
    return format.read(text)
  } catch {
    return undefined
  }
}

describe('manifests that the user and the template changed', () => {
  it.each(formats)(`$path: every change is there, or in a conflict (${numRuns})`, (format) => {
    const counts = { clean: 0, conflict: 0 }
    const property = fc.property(changes, changes, changes, fc.option(look, { nil: usual }), (first, mine, theirs, users) => {
      const base = change(start, first, 'base')
      const sides = { base, ours: change(base, mine, 'ours'), theirs: change(base, theirs, 'theirs') }
      const texts = {
        base: format.write(sides.base, styleOf(usual, 'base', format)),
        ours: format.write(sides.ours, styleOf(users, users === usual ? 'base' : 'ours', format)),
        theirs: format.write(sides.theirs, styleOf(usual, 'base', format)),
      }
      const buffers = { base: Buffer.from(texts.base), ours: Buffer.from(texts.ours), theirs: Buffer.from(texts.theirs) }
      const merged = mergeFile({ path: format.path, ...buffers }, { theirs: 'template x 1.0.0' })
      if (merged.kind !== 'clean' && merged.kind !== 'conflict') throw new Error(merged.kind)
      counts[merged.kind]++
      const text = merged.content.toString('utf8')

      const present = new Set(linesOf(text))
      const lost = linesOf(texts.ours).filter((line) => line.includes('ours') && !present.has(line))
      expect({ texts, text, lost }).toEqual({ texts, text, lost: [] })

      // What it says, with the user's side of every conflict.
      const said = leavesOf(read(format, withOwnSides(text)))
      const [was, own, next] = [leavesOf(sides.base), leavesOf(sides.ours), leavesOf(sides.theirs)]
      const wrong = [...new Set([...was.keys(), ...own.keys(), ...next.keys(), ...said.keys()])].filter((path) => {
        const [b, o, t, is] = [was.get(path), own.get(path), next.get(path), said.get(path)]
        if (o === t || t === b) return is !== o
        // What the user removed, and the template made something else of, may be either.
        const isEither = o === undefined && is === t
        if (merged.kind === 'conflict') return is !== o && o !== b && !isEither
        // A comment of the user's keeps what the template drops.
        if (o === b) return is !== t && !(t === undefined && users !== usual && is === o)
        // Both changed it, and it is no conflict: one removed it where the other put it elsewhere, or both added to a list.
        return !(t === undefined && is === o) && !isEither && is?.startsWith('[') !== true
      })
      expect({ texts, text, wrong }).toEqual({ texts, text, wrong: [] })
    })
    fc.assert(property, { numRuns })
    // Else either half would prove nothing.
    expect(Math.min(counts.clean, counts.conflict)).toBeGreaterThan(numRuns / 5)
  }, 3_600_000)
})
