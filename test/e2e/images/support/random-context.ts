import fc from 'fast-check'
import type { Tree, TreeEntry } from './tree.ts'

// Few names, so that patterns meet them; some are patterns, comments or exceptions to the careless.
const names = ['a', 'b', 'ab', 'A', 'a.js', 'b.md', '.env', 'x y', 'é', '😀', '[a]', '{a,b}', 'a|b', '!a', '#a', 'aa', 'a^', '(b)', 'a\\b']
const name = fc.constantFrom(...names)
const path = fc.array(name, { minLength: 1, maxLength: 3 }).map((parts) => parts.join('/'))
const content = fc.constantFrom('', 'one', 'two', 'line\r\n')

const file = fc.record({ type: fc.constant('file' as const), content, mode: fc.constantFrom(0o644, 0o755, 0o600, 0o4755) })
const folder = fc.record({ type: fc.constant('folder' as const), mode: fc.constantFrom(0o755, 0o700, 0o1777) })
const link = fc.record({ type: fc.constant('link' as const), target: fc.constantFrom('a', '../b', '/etc/passwd', 'missing') })
const entry: fc.Arbitrary<TreeEntry> = fc.oneof(
  { weight: 6, arbitrary: file },
  { weight: 1, arbitrary: folder },
  { weight: 1, arbitrary: link },
)

const pieces = [
  '*',
  '**',
  '?',
  '*.js',
  'a*',
  '*b',
  '[a-b]',
  '[^a]',
  '[!a]',
  '\\*',
  '\\[a\\]',
  'a**',
  '**b',
  '***',
  '.',
  '..',
  '[*]',
  '[?]',
  'a{2}',
]
const segment = fc.oneof({ weight: 3, arbitrary: name }, { weight: 4, arbitrary: fc.constantFrom(...pieces) })
const pattern = fc.array(segment, { minLength: 1, maxLength: 3 }).map((segments) => segments.join('/'))
const rule = fc
  .tuple(
    fc.constantFrom('', '', '', '', ' ', '\t'),
    fc.constantFrom('', '', '!', '!', '! '),
    fc.constantFrom('', '', '', '', '/', './', '../', '//', '/../'),
    pattern,
    fc.constantFrom('', '', '', '/', ' ', '/..', '\u00a0'),
  )
  .map((parts) => parts.join(''))
const otherLine = fc.constantFrom('', '# a', ' # a', '*', '**', '!**', '#')
const ignoreText = fc
  .tuple(
    fc.constantFrom('', '', '', '\uFEFF'),
    fc.array(fc.oneof({ weight: 5, arbitrary: rule }, { weight: 1, arbitrary: otherLine }), { maxLength: 7 }),
    fc.constantFrom('\n', '\n', '\n', '\r\n'),
  )
  .map(([mark, lines, end]) => `${mark}${lines.map((line) => `${line}${end}`).join('')}`)

/** Random contexts, each with a Dockerfile and mostly with ignore rules. */
export const randomTree: fc.Arbitrary<Tree> = fc
  .tuple(fc.array(fc.tuple(path, entry), { minLength: 1, maxLength: 14 }), fc.option(ignoreText, { freq: 8 }))
  .map(([entries, rules]) => withRules(consistent(entries), rules))

/** A tree and what a random edit makes of it, which may be the same. */
export const randomEdit: fc.Arbitrary<{ before: Tree; after: Tree }> = randomTree.chain((before) => {
  const own = fc.constantFrom(...Object.keys(before).filter((key) => key !== 'Dockerfile'))
  const edited = fc.oneof(
    own.map((victim) => Object.entries(before).filter(([key]) => key !== victim && !key.startsWith(`${victim}/`))),
    fc.tuple(path, entry).map((added) => [...Object.entries(before), added]),
    fc.tuple(own, entry).map((replaced) => [...Object.entries(before).filter(([key]) => key !== replaced[0]), replaced]),
    fc.tuple(own, name).map(([from, to]) => Object.entries(before).map(([key, value]) => [key === from ? to : key, value] as const)),
    ignoreText.map((text) => Object.entries(withRules(before, text))),
  )
  return edited.map((entries) => ({ before, after: consistent(entries) }))
})

function withRules(tree: Tree, rules: string | null): Tree {
  const dockerfile = { type: 'file', content: 'FROM scratch\nCOPY . /\n', mode: 0o644 } as const
  return { ...tree, Dockerfile: dockerfile, ...(rules === null ? {} : { '.dockerignore': { type: 'file', content: rules, mode: 0o644 } }) }
}

/** Drops what cannot be: two entries of one path, something below a file. */
function consistent(entries: readonly (readonly [string, TreeEntry])[]): Tree {
  const tree = new Map<string, TreeEntry>()
  const fits = (key: string) => {
    const parts = key.split('/')
    const above = parts.slice(1).map((_, index) => parts.slice(0, index + 1).join('/'))
    return (
      above.every((one) => (tree.get(one)?.type ?? 'folder') === 'folder') && ![...tree.keys()].some((other) => other.startsWith(`${key}/`))
    )
  }
  for (const [key, value] of entries) if (!tree.has(key) && fits(key)) tree.set(key, value)
  return Object.fromEntries(tree)
}
