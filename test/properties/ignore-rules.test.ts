import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ignoreRules, type Verdict } from '../../action/images/context-files.ts'

/** Judges a path as a walk does: folder by folder. */
function isIgnored(rules: string, path: string): boolean {
  const { judge } = ignoreRules(rules)
  const parts = path.split('/')
  let verdict: Verdict | undefined
  parts.forEach((_, index) => {
    verdict = judge(parts.slice(0, index + 1).join('/'), verdict)
  })
  return verdict?.isIgnored === true
}

// What BuildKit does; test/e2e/images/context.test.ts compares random rules with it.
describe('ignore rules', () => {
  it.each([
    ['', [], ['a']],
    ['a', ['a', 'a/b', 'a/b/c'], ['b/a', 'aa', 'A']],
    ['/a', ['a'], ['b/a']],
    ['a/', ['a', 'a/b'], ['b']],
    ['./a/../b', ['b'], ['a']],
    ['../a', [], ['a']],
    ['/../a', ['a'], []],
    ['*', ['a', '.env', 'a/b'], []],
    ['*/b', ['a/b', 'a/b/c'], ['b', 'a/a/b']],
    ['**/b', ['b', 'a/b', 'a/a/b/c'], ['ab', 'a/ab']],
    ['**b', ['b', 'ab', 'a/ab'], ['ba']],
    ['a/**', ['a/b', 'a/b/c'], ['a', 'b']],
    ['a/**/b', ['a/b', 'a/x/y/b'], ['b', 'a/bb']],
    ['a?', ['ab', 'a😀'], ['a', 'abc', 'a/b']],
    ['[a-b]', ['a', 'b/x'], ['c']],
    ['[^a]', ['b'], ['a', 'bb']],
    ['[!a]', ['a', '!'], ['b']],
    ['\\*', ['*'], ['a']],
    ['*.{js,ts}', ['a.{js,ts}'], ['a.js']],
    ['*a|b*', ['a', 'xa', 'b', 'qbq'], ['c']],
    ['#a', [], ['#a']],
    [' #a', ['#a'], []],
    ['  a \t', ['a'], []],
    ['a\r\nb\r\n', ['a', 'b'], ['c']],
    ['\uFEFFa', ['a'], ['\uFEFFa']],
    ['*\n!a', ['b', 'b/a'], ['a', 'a/b']],
    ['a\n! a/b', ['a', 'a/c'], ['a/b', 'a/b/c']],
    ['!a\na', ['a'], []],
    // The last rule was no question for the folder, and so is none for what is below.
    ['*\n!*/keep\nd', ['d', 'd/x'], ['d/keep']],
  ])('%j', (rules, ignored, sent) => {
    expect(ignored.filter((path) => !isIgnored(rules, path))).toEqual([])
    expect(sent.filter((path) => isIgnored(rules, path))).toEqual([])
  })

  it.each(['!', '!/', '[', 'a[]', '[a-]', '[b-a]', 'a\\', 'a\\y*', '[[:alpha:]]'])('refuses %j', (rule) =>
    expect(() => ignoreRules(rule)).toThrow('ignore pattern'))

  const name = fc.stringMatching(/^[a-zé😀 .*?[\]{}()|^$+!#-]{1,6}$/u).filter((text) => text.trim() === text && !/^[.!#]*$/.test(text))
  const path = fc.array(name, { minLength: 1, maxLength: 4 }).map((parts) => parts.join('/'))
  const escaped = (text: string) => text.replace(/[*?[\]\\^!#|{}]/g, '\\$&')

  it('an escaped path means itself and what is below', () =>
    fc.assert(
      fc.property(path, name, (own, other) => {
        const rule = `/${escaped(own)}`
        expect([isIgnored(rule, own), isIgnored(rule, `${own}/${other}`)]).toEqual([true, true])
        fc.pre(!`${other}/`.startsWith(`${own}/`))
        expect(isIgnored(rule, other)).toBe(false)
      }),
    ))

  it('`!**` at the end brings everything back, `**` leaves nothing', () =>
    fc.assert(
      fc.property(fc.array(path.map(escaped)), path, (rules, any) => {
        expect(isIgnored([...rules, '**', '!**'].join('\n'), any)).toBe(false)
        expect(isIgnored([...rules, '**'].join('\n'), any)).toBe(true)
      }),
    ))
})
