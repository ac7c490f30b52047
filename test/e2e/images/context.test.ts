import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import { readBuildContext } from '../../../action/adapters/build-context.ts'
import { contentKey, keyParts } from '../../../action/images/content-key.ts'
import { sentAlone, sentByBuildKit } from './support/buildkit.ts'
import { randomEdit } from './support/random-context.ts'
import { showEntries, type Tree, writeTree } from './support/tree.ts'

const cases = Number(process.env.NSELF_CONTEXT_CASES ?? 40)
const seed = Number(process.env.NSELF_CONTEXT_SEED ?? Date.now() % 2 ** 31)
const casesPerBuild = 20

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
    const own = edits.slice(batch * casesPerBuild, (batch + 1) * casesPerBuild)
    const places = own.map((_, index) => ({
      before: join(folder, `${batch}-${index}-before`),
      after: join(folder, `${batch}-${index}-after`),
    }))
    own.forEach(({ before, after }, index) => {
      writeTree(places[index]?.before as string, before)
      writeTree(places[index]?.after as string, after)
    })
    const sent = await sentByBuildKit(places.flatMap(({ before, after }) => [before, after]))
    const wrong = own.flatMap(({ before, after }, index) => {
      const [sentBefore = [], sentAfter = []] = sent.slice(2 * index)
      const place = places[index] as (typeof places)[number]
      return [
        ...difference('before', before, place.before, sentBefore),
        ...difference('after', after, place.after, sentAfter),
        ...((keyOf(place.before) === keyOf(place.after)) === (sentBefore.join('\n') === sentAfter.join('\n'))
          ? []
          : [{ key: 'wrong', before, after }]),
      ]
    })
    expect(wrong).toEqual([])
  })
})

function difference(what: string, tree: Tree, root: string, sent: readonly string[]) {
  const listed = showEntries(readBuildContext(root, 'Dockerfile').entries)
  if (listed.join('\n') === sent.join('\n')) return []
  const rules = tree['.dockerignore']
  return [
    {
      what,
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
