import { execFileSync } from 'node:child_process'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isAllowed } from '../../../action/pull-request/allowed.ts'
import { type NewEntry, treeRequests } from '../../../action/pull-request/entries.ts'
import { blobSha, diffTrees, digestOf, type GitEntry, type GitTree } from '../../../action/pull-request/git-tree.ts'
import { virtualTree } from '../../../action/pull-request/virtual-tree.ts'
import { PathProblem } from '../../../action/scaffold/changes.ts'

const file = (text: string | Buffer, mode = '100644'): GitEntry => {
  const content = Buffer.from(text)
  return { mode, sha: blobSha(content), content }
}
const treeOf = (files: Record<string, string | GitEntry>): GitTree =>
  new Map(Object.entries(files).map(([path, entry]) => [path, typeof entry === 'string' ? file(entry) : entry]))

describe('a blob', () => {
  it.each(['', 'x', 'Größe\r\n', '\u0000'])('%j has the name that git gives it', (text) =>
    expect(blobSha(Buffer.from(text))).toBe(execFileSync('git', ['hash-object', '--stdin'], { input: text }).toString().trim()))
})

describe('what a pull request may change', () => {
  it.each([
    'docker-compose.yml',
    'docker-compose.custom.yml',
    'docker-bake.json',
    'nginx/conf.d/default.conf',
    'postgres/init/10-databases.sql',
    'services/api/src/a.ts',
    'services/.scaffold/lock.json',
    'deploy/production/docker-compose.yml',
    'deploy/production/nginx/nginx.conf',
  ])('%s', (path) => expect(isAllowed(path)).toBe(true))

  it.each([
    '.github/workflows/ci.yml',
    'services/api/.github/workflows/ci.yml',
    '.env',
    '.env.dev',
    'services/api/.env',
    'services/api/.env.example',
    'ssl/key.pem',
    'nginx/ssl/key.pem',
    'services/api/.git/config',
    'services/api/.GIT/config',
    'services/api/.GitHub/workflows/ci.yml',
    'services/api/SSL/key.pem',
    'README.md',
    'docker-compose.override.yml',
    'src/services/x',
  ])('not %s', (path) => expect(isAllowed(path)).toBe(false))

  it.each([
    ['apps/shop/', true],
    ['.github/', false],
    ['.github/workflows/', false],
    ['x/.git/', false],
  ])('below %s: %j', (prefix, allowed) => expect(isAllowed('docker-compose.yml', prefix)).toBe(allowed))
})

describe('a tree in memory', () => {
  const base = treeOf({
    'a.txt': 'a',
    'services/api/x': 'x',
    'services/api/y': file('y', '100755'),
    link: { mode: '120000', sha: '1' },
    module: { mode: '160000', sha: '2' },
  })
  const opened = () => virtualTree(base, () => undefined)

  it('reads, lists and knows modes', () => {
    const { tree } = opened()
    expect(tree.read('a.txt')?.toString()).toBe('a')
    expect([tree.read('b.txt'), tree.list('services/api'), tree.list('services'), tree.list('nowhere')]).toEqual([
      undefined,
      ['x', 'y'],
      ['api'],
      [],
    ])
    expect([tree.isExecutable('services/api/y'), tree.isExecutable('services/api/x')]).toEqual([true, false])
    expect([tree.directory('services'), tree.directory('services/web')]).toEqual(['full', 'missing'])
  })

  it.each(['link', 'link/below', 'module/below', 'module', 'services', 'a.txt/below'])('refuses to read %s', (path) =>
    expect(() => opened().tree.read(path)).toThrow(PathProblem))

  it.each(['link', 'a.txt', 'module'])('refuses %s as a folder', (path) => expect(() => opened().tree.directory(path)).toThrow(PathProblem))

  it('is changed as the disk would be', () => {
    const opens = opened()
    opens.apply([
      { kind: 'move', path: 'services/api', to: 'services/web' },
      { kind: 'create', path: 'new/deep.txt', content: Buffer.from('n'), executable: true },
      { kind: 'delete', path: 'a.txt', before: Buffer.from('a') },
      { kind: 'update', path: 'services/web/x', content: Buffer.from('z'), executable: false, before: Buffer.from('x') },
    ])
    expect([opens.tree.directory('services/api'), opens.tree.list('services/web'), opens.tree.list('new')]).toEqual([
      'missing',
      ['x', 'y'],
      ['deep.txt'],
    ])
    expect(diffTrees(base, opens.files()).map(({ path, before, after }) => `${before?.mode ?? '-'} ${after?.mode ?? '-'} ${path}`)).toEqual(
      [
        '100644 - a.txt',
        '- 100755 new/deep.txt',
        '100644 - services/api/x',
        '100755 - services/api/y',
        '- 100644 services/web/x',
        '- 100755 services/web/y',
      ],
    )
  })
})

describe('a digest of edits', () => {
  const before = treeOf({ a: '1', b: '1' })
  const digest = (from: GitTree, to: Record<string, string | GitEntry>) => digestOf(diffTrees(from, treeOf(to)))
  const known = digest(before, { a: '2', b: '1' })

  it('does not depend on other files', () => expect(digest(treeOf({ a: '1', b: '1', c: '1' }), { a: '2', b: '1', c: '1' })).toBe(known))
  it.each([
    ['what a file becomes', digest(before, { a: '3', b: '1' })],
    ['what it was', digest(treeOf({ a: '0', b: '1' }), { a: '2', b: '1' })],
    ['its mode', digest(before, { a: file('2', '100755'), b: '1' })],
    ['its name', digest(before, { a: '1', b: '2' })],
  ])('depends on %s', (_, other) => expect(other).not.toBe(known))
})

describe('the requests that write a tree', () => {
  it('carry text in place, name what is known, and write only bytes before', () => {
    const bytes = file(Buffer.from([0xff, 0xfe]))
    const after = treeOf({ a: 'text', b: 'text', known: 'known', run: file('#!', '100755'), bytes, nul: file('a\u0000') })
    const { blobs, requests } = treeRequests(diffTrees(treeOf({ gone: 'x' }), after), new Set([file('known').sha]))
    expect(blobs.map(({ sha }) => sha)).toEqual([bytes.sha, file('a\u0000').sha])
    expect(requests).toEqual([
      [
        { path: 'a', mode: '100644', content: 'text' },
        { path: 'run', mode: '100755', content: '#!' },
      ],
      [
        { path: 'b', mode: '100644', sha: file('text').sha },
        { path: 'bytes', mode: '100644', sha: bytes.sha },
        { path: 'gone', mode: '100644', sha: null },
        { path: 'known', mode: '100644', sha: file('known').sha },
        { path: 'nul', mode: '100644', sha: file('a\u0000').sha },
      ],
    ])
  })

  it('stay small, leave nothing out, and name nothing that is not written yet', () => {
    const contents = fc.array(fc.tuple(fc.string({ maxLength: 30 }), fc.nat(5)), { maxLength: 60 })
    const verify = (parts: readonly (readonly [string, number])[]) => {
      const after = treeOf(Object.fromEntries(parts.map(([text, size], index) => [`f${index}`, text.repeat(size * 20_000)])))
      const { requests } = treeRequests(diffTrees(new Map(), after), new Set())
      const paths = requests.flat().map(({ path }) => path)
      expect(paths.sort()).toEqual([...after.keys()].sort())
      requests.forEach(verifyRequest)
    }
    fc.assert(fc.property(contents, verify), { numRuns: 30 })
  })
})

function verifyRequest(request: readonly NewEntry[], index: number, all: readonly (readonly NewEntry[])[]): void {
  const size = request.reduce((sum, { content = '' }) => sum + Buffer.byteLength(content), 0)
  expect(request.length === 1 || size <= 4 * 1024 ** 2).toBe(true)
  const earlier = all.slice(0, index).flat()
  const written = earlier.flatMap(({ content }) => (content === undefined ? [] : [blobSha(Buffer.from(content))]))
  expect(written).toEqual(expect.arrayContaining(request.flatMap(({ sha }) => (typeof sha === 'string' ? [sha] : []))))
}
