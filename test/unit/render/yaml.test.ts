import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { quoted, toYaml } from '../../../action/render/yaml.ts'

// What a reader of YAML 1.1 would take for something else.
const traps = [
  'yes',
  'no',
  'on',
  'off',
  'null',
  '~',
  '',
  ' ',
  '0777',
  '1_000',
  '12:30:45',
  '2026-01-01',
  '1e3',
  '.inf',
  '- a',
  'a: b',
  'a #b',
  '#',
  '"',
  "'",
  '\\',
  '{}',
  '[]',
  '*a',
  '&a',
  '!a',
  '|',
  '>',
  '%',
  '@',
  '`',
  '<<',
  '=',
  'é',
  '😀',
  'a\nb',
  'a\n"b',
  "a\n'b",
  'a\r\n"',
  '\n',
  '\t',
]

describe('toYaml', () => {
  it.each(traps)('writes %j so that it is read as that string by YAML 1.1 and 1.2, as a value, a quoted value and a key', (text) => {
    const yaml = toYaml({ value: text, quoted: quoted(text), list: [text], [`k${text}`]: 1 })
    for (const version of ['1.1', '1.2'] as const) {
      expect(parse(yaml, { version, merge: false })).toEqual({ value: text, quoted: text, list: [text], [`k${text}`]: 1 })
    }
  })

  it('reads back as what was written, whatever the shape', () => {
    const text = fc.oneof(
      fc.constantFrom(...traps),
      fc.string({ unit: fc.constantFrom('\n', '"', "'", ' ', '#', ':', 'a', '\\') }),
      fc.string({ unit: 'grapheme' }).filter((each) => !/[\p{Cs}\ufffe\uffff]/u.test(each) && !/[^\n\P{Cc}]/u.test(each)),
    )
    const key = fc.stringMatching(/^[a-z][a-z0-9_-]{0,10}$/).filter((each) => each !== '__proto__')
    const { tree } = fc.letrec<{ tree: unknown }>((tie) => ({
      tree: fc.oneof(
        { maxDepth: 4, withCrossShrink: true },
        text,
        fc.integer(),
        fc.boolean(),
        fc.constant(null),
        fc.array(tie('tree'), { maxLength: 4 }),
        fc.dictionary(key, tie('tree'), { maxKeys: 4, noNullPrototype: true }),
      ),
    }))
    fc.assert(
      fc.property(fc.dictionary(key, tree, { minKeys: 1, noNullPrototype: true }), (value) => {
        expect(parse(toYaml(value), { version: '1.2' })).toEqual(value)
      }),
      { numRuns: 500 },
    )
  })

  it('quotes what is to be quoted', () => {
    expect(toYaml({ a: quoted('plain'), b: 'plain' })).toBe('a: "plain"\nb: plain\n')
  })
})
