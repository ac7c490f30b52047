import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import { readBuildContext } from '../../../action/adapters/build-context.ts'
import { contentKey, keyParts } from '../../../action/images/content-key.ts'
import { ignoreRules } from '../../../action/images/context-files.ts'
import { sentAlone, sentByBuildKit } from './support/buildkit.ts'
import { randomEdit } from './support/random-context.ts'
import { showEntries, type Tree, writeTree } from './support/tree.ts'

const cases = Number(process.env.NSELF_CONTEXT_CASES ?? 40)
const seed = Number(process.env.NSELF_CONTEXT_SEED ?? Date.now() % 2 ** 31)
const casesPerBuild = 10

let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'nself-context-'))
  return () => rmSync(folder, { recursive: true, force: true })
})

function keyOf(root: string): string {
  const { entries: context, dockerfile } = readBuildContext(root, 'Dockerfile')
  return contentKey(
    keyParts({ context, dockerfile, target: undefined, buildArgs: {}, platforms: [], bases: {}, secretIds: [], attestations: {} }),
  )
}

describe(`random contexts, random rules, random edits (NSELF_CONTEXT_SEED=${seed})`, () => {
  const edits = fc.sample(randomEdit, { numRuns: cases, seed })
  const batches = Array.from({ length: Math.ceil(cases / casesPerBuild) }, (_, index) => index)

  it.each(batches)('batch %i: the tool lists what BuildKit is sent, and the key changes when that does', async (batch) => {
    const own = edits.slice(batch * casesPerBuild, (batch + 1) * casesPerBuild).map(({ before, after }, index) => ({
      before: written(before, `${batch}-${index}-before`),
      after: written(after, `${batch}-${index}-after`),
    }))
    const refused = own.flatMap(({ before, after }) => [before, after]).filter(({ isRefused }) => isRefused)
    for (const { place } of refused) await expect(sentAlone(place)).rejects.toThrow('failed to solve')

    const accepted = own.filter(({ before, after }) => !before.isRefused && !after.isRefused)
    const sent = await sentByBuildKit(accepted.flatMap(({ before, after }) => [before.place, after.place]))
    const wrong = accepted.flatMap(({ before, after }, index) => {
      const [sentBefore = [], sentAfter = []] = sent.slice(2 * index)
      const isSame = sentBefore.join('\n') === sentAfter.join('\n')
      const isSameKey = keyOf(before.place) === keyOf(after.place)
      return [
        ...difference(before, sentBefore),
        ...difference(after, sentAfter),
        ...(isSame === isSameKey ? [] : [{ isSame, isSameKey, before, after }]),
      ]
    })
    expect(wrong).toEqual([])
  })
})

interface Written {
  readonly tree: Tree
  readonly place: string
  /** Whether the tool finds a rule that cannot be read. */
  readonly isRefused: boolean
}

function written(tree: Tree, name: string): Written {
  const place = join(folder, name)
  writeTree(place, tree)
  const rules = tree['.dockerignore']
  try {
    ignoreRules(rules?.type === 'file' ? rules.content : '')
    return { tree, place, isRefused: false }
  } catch {
    return { tree, place, isRefused: true }
  }
}

function difference({ tree, place }: Written, sent: readonly string[]) {
  const listed = showEntries(readBuildContext(place, 'Dockerfile').entries)
  if (listed.join('\n') === sent.join('\n')) return []
  const rules = tree['.dockerignore']
  return [
    {
      rules: rules?.type === 'file' ? rules.content : undefined,
      onlyListed: listed.filter((line) => !sent.includes(line)),
      onlySent: sent.filter((line) => !listed.includes(line)),
    },
  ]
}

describe('rules that are read in a special way', () => {
  const lines = (...own: string[]) => own.join('\n')
  const dockerfile = 'FROM scratch\nCOPY . /\n'

  it.each<[string, Record<string, string>, string]>([
    [
      'the Dockerfile has rules of its own',
      { Dockerfile: dockerfile, 'Dockerfile.dockerignore': 'x', '.dockerignore': 'y', x: '', y: '' },
      'Dockerfile',
    ],
    ['those are empty', { Dockerfile: dockerfile, 'Dockerfile.dockerignore': '', '.dockerignore': 'y', x: '', y: '' }, 'Dockerfile'],
    [
      'a Dockerfile in a folder',
      { 'docker/Own': dockerfile, 'docker/Own.dockerignore': 'x', '.dockerignore': 'y', x: '', y: '' },
      'docker/Own',
    ],
    [
      'a Dockerfile that is ignored',
      { Dockerfile: dockerfile, '.dockerignore': lines('Dockerfile', '.dockerignore'), x: '' },
      'Dockerfile',
    ],
    ['a folder named .dockerignore', { Dockerfile: dockerfile, '.dockerignore/x': '', x: '' }, 'Dockerfile'],
  ])('%s', async (_, files, file) => {
    const root = mkdtempSync(join(folder, 'own-'))
    writeTree(root, Object.fromEntries(Object.entries(files).map(([path, content]) => [path, { type: 'file', content, mode: 0o644 }])))
    expect(showEntries(readBuildContext(root, file).entries)).toEqual(await sentAlone(root, file))
  })

  it.each(['rules', '../rules', 'missing', '/etc/hostname'])('.dockerignore is a link to %s', async (target) => {
    const root = mkdtempSync(join(folder, 'link-'))
    const file = (content: string) => ({ type: 'file', content, mode: 0o644 }) as const
    writeTree(root, {
      'in/Dockerfile': file(dockerfile),
      'in/rules': file('x'),
      rules: file('y'),
      'in/x': file(''),
      'in/y': file(''),
      'in/.dockerignore': { type: 'link', target },
    })
    expect(showEntries(readBuildContext(join(root, 'in'), 'Dockerfile').entries)).toEqual(await sentAlone(join(root, 'in')))
  })

  it.each([
    '!',
    '!/',
    '[',
    '[a',
    'a[]',
    '[]a]',
    '[a-]',
    '[^]a]',
    '[b-a]',
    'a\\',
    'a\\y*',
    'a\\é',
    '*{2}',
  ])('BuildKit refuses %j, and so does the tool', async (rule) => {
    const root = mkdtempSync(join(folder, 'bad-'))
    const file = (content: string) => ({ type: 'file', content, mode: 0o644 }) as const
    writeTree(root, { Dockerfile: file(dockerfile), '.dockerignore': file(rule), a: file('') })
    expect(() => readBuildContext(root, 'Dockerfile')).toThrow('ignore pattern')
    await expect(sentAlone(root)).rejects.toThrow('failed')
  })
})
