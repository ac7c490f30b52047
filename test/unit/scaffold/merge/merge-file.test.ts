import { describe, expect, it } from 'vitest'
import { type FileMerge, mergeFile } from '../../../../action/scaffold/merge/index.ts'

const labels = { theirs: 'template gin 2.0.0' }

function merge(path: string, base: string, ours: string, theirs: string): FileMerge {
  return mergeFile({ path, base: Buffer.from(base), ours: Buffer.from(ours), theirs: Buffer.from(theirs) }, labels)
}

/** What a merge gives, as text; `!` before one that holds conflicts. */
function merged(path: string, base: string, ours: string, theirs: string): string {
  const result = merge(path, base, ours, theirs)
  if (result.kind !== 'clean' && result.kind !== 'conflict') return result.kind
  return (result.kind === 'conflict' ? '!' : '') + result.content.toString('utf8')
}

const conflict = (ours: string, base: string, theirs: string) =>
  `<<<<<<< yours\n${ours}||||||| base\n${base}=======\n${theirs}>>>>>>> template gin 2.0.0\n`

describe('line by line', () => {
  it.each<[string, string, string, string, string]>([
    ['both change other places', 'a\nb\nc\n', 'A\nb\nc\n', 'a\nb\nC\n', 'A\nb\nC\n'],
    ['both change alike', 'a\nb\nc\n', 'a\nX\nc\n', 'a\nX\nc\nd\n', 'a\nX\nc\nd\n'],
    ['both change one line', 'a\nb\nc\n', 'a\nX\nc\n', 'a\nY\nc\n', `!a\n${conflict('X\n', 'b\n', 'Y\n')}c\n`],
    ['one deletes what the other changes', 'a\nb\nc\n', 'a\nc\n', 'a\nY\nc\n', `!a\n${conflict('', 'b\n', 'Y\n')}c\n`],
    ['the user adds at the end', 'a\nb\nc\n', 'a\nb\nc\nmine\n', 'A\nb\nc\n', 'A\nb\nc\nmine\n'],
    ['a move beside a change', 'a\nb\nc\nd\n', 'b\nc\nd\na\n', 'a\nb\nc\nD\n', `!${'b\nc\n'}${conflict('d\na\n', 'd\n', 'D\n')}`],
    ['no final newline, by the user', 'a\nb\nc\n', 'a\nb\nc', 'A\nb\nc\n', 'A\nb\nc'],
    ['no final newline, by the template', 'a\nb\nc\n', 'A\nb\nc\n', 'a\nb\nc', 'A\nb\nc'],
    ['no final newline, added by the template', 'a\nb\nc', 'A\nb\nc', 'a\nb\nc\n', 'A\nb\nc\n'],
    ['no final newline in a conflict', 'a', 'b', 'c', `!${conflict('b\n', 'a\n', 'c\n')}`],
    ['Windows line endings of the user', 'a\nb\nc\n', 'A\r\nb\r\nc\r\n', 'a\nb\nC\n', 'A\r\nb\r\nC\r\n'],
    ['Windows line endings and nothing else', 'a\nb\nc\n', 'a\r\nb\r\nc\r\n', 'a\nb\nC\n', 'a\r\nb\r\nC\r\n'],
    ['Windows line endings of the template', 'a\nb\nc\n', 'A\nb\nc\n', 'a\r\nb\r\nC\r\n', 'A\nb\nC\n'],
    ['mixed line endings of the user', 'a\nb\nc\nd\n', 'a\r\nb\nc\nd\n', 'a\nb\nc\nD\n', 'a\r\nb\nc\nD\n'],
    ['a byte order mark of the user', 'a\nb\nc\n', '\uFEFFA\nb\nc\n', 'a\nb\nC\n', '\uFEFFA\nb\nC\n'],
    ['an empty file of the user', 'a\n', '', 'b\n', `!${conflict('', 'a\n', 'b\n')}`],
    ['Unicode', 'ä\nb\n日本\n', 'ö\nb\n日本\n', 'ä\nb\n語\n', 'ö\nb\n語\n'],
  ])('%s', (_, base, ours, theirs, expected) => expect(merged('file.txt', base, ours, theirs)).toBe(expected))

  it('names the lines of the user’s own file', () => {
    const result = merge('f.txt', 'a\nb\nc\nd\ne\n', 'new\na\nX\nc\nd\nY\n', 'a\nB\nc\nd\nE\n')
    expect(result).toMatchObject({ kind: 'conflict', lines: [3, 6] })
  })

  it('takes no binary for lines', () => {
    expect(merged('f', 'a', 'b', 'c\0')).toBe('binary')
    expect(mergeFile({ path: 'f', base: Buffer.from('a'), ours: Buffer.from([0xff, 0xfe]), theirs: Buffer.from('c') }, labels).kind).toBe(
      'binary',
    )
  })

  it('never merges a file that still holds our markers', () => {
    const left = merged('f', 'a\n', 'b\n', 'c\n').slice(1)
    expect(merge('f', 'a\n', left, 'd\n')).toEqual({ kind: 'unresolved', line: 1 })
    expect(merge('f', 'a\n', `x\r\n${left.replaceAll('\n', '\r\n')}`, 'd\n')).toEqual({ kind: 'unresolved', line: 2 })
    expect(merge('f', 'a\nb\nc\n', 'a\nb\nc\n<<<<<<< HEAD\n', 'A\nb\nc\n').kind).toBe('clean')
  })

  it('takes files of any length', () => {
    const long = `${'the same line\n'.repeat(400_000)}`
    expect(merged('f', 'a\nb\nc\n', `a\nb\nc\n${long}`, 'A\nb\nc\n')).toBe(`A\nb\nc\n${long}`)
  })

  it('stays fast on long texts, also where no line is unique', () => {
    const start = performance.now()
    const repeated = Array.from({ length: 20_000 }, (_, index) => (index % 3 === 0 ? `line ${index % 50}` : ''))
    const unique = repeated.map((line, index) => (index % 20 === 0 ? `line ${index}` : line))
    for (const lines of [repeated, unique])
      merge('f', lines.join('\n'), lines.with(5000, 'mine').join('\n'), lines.with(15_000, 'theirs').join('\n'))
    expect(performance.now() - start).toBeLessThan(5000)
    expect(merge('f', unique.join('\n'), unique.with(5001, 'mine').join('\n'), unique.with(15_001, 'theirs').join('\n')).kind).toBe('clean')
  })
})

describe('files of which each line is an entry', () => {
  it.each<[string, string, string, string, string, string]>([
    [
      'FROM: the higher one',
      'Dockerfile',
      'FROM a:1 AS x\nRUN b\n',
      'FROM a:1.1 AS x\nRUN b\n',
      'FROM a:2 AS x\nRUN b\n',
      'FROM a:2 AS x\nRUN b\n',
    ],
    [
      'FROM: the user went below, a pin',
      'Dockerfile',
      'FROM a:2\n',
      'FROM a:1\n',
      'FROM a:3\n',
      `!${conflict('FROM a:1\n', 'FROM a:2\n', 'FROM a:3\n')}`,
    ],
    ['a pin in go.mod', 'go.mod', 'a v1.2.0\n', 'a v1.1.0\n', 'a v1.3.0\n', `!${conflict('a v1.1.0\n', 'a v1.2.0\n', 'a v1.3.0\n')}`],
    ['FROM: the user’s is higher', 'Dockerfile', 'FROM a:1\n', 'FROM a:3\n', 'FROM a:2\n', 'FROM a:3\n'],
    [
      'FROM: not comparable',
      'Dockerfile',
      'FROM a:1\n',
      'FROM b:3\n',
      'FROM a:2\n',
      `!${conflict('FROM b:3\n', 'FROM a:1\n', 'FROM a:2\n')}`,
    ],
    [
      'a RUN line beside a changed FROM',
      'Dockerfile',
      'FROM a:1\nCMD x\n',
      'FROM a:1\nRUN y\nCMD x\n',
      'FROM a:2\nCMD x\n',
      'FROM a:2\nRUN y\nCMD x\n',
    ],
    [
      'a RUN line before a changed CMD',
      'Dockerfile',
      'FROM a:1\nCMD x\n',
      'FROM a:1\nRUN y\nCMD x\n',
      'FROM a:1\nCMD z\n',
      'FROM a:1\nRUN y\nCMD z\n',
    ],
    [
      'a port is no version',
      'Dockerfile',
      'EXPOSE 1\n',
      'EXPOSE 2\n',
      'EXPOSE 3\n',
      `!${conflict('EXPOSE 2\n', 'EXPOSE 1\n', 'EXPOSE 3\n')}`,
    ],
    ['neighbours in go.mod', 'go.mod', 'a v1.0.0\nb v1.0.0\n', 'a v1.1.0\nb v1.0.0\n', 'a v1.0.0\nb v1.2.0\n', 'a v1.1.0\nb v1.2.0\n'],
    ['one dependency in go.mod', 'go.mod', 'a v1.0.0\n', 'a v1.1.0\n', 'a v1.2.0\n', 'a v1.2.0\n'],
    ['new ones in one place', 'go.mod', 'a v1\nz v1\n', 'a v1\nb v1\nz v1\n', 'a v1\nc v1\nz v1\n', 'a v1\nb v1\nc v1\nz v1\n'],
    [
      'a version in pom.xml',
      'pom.xml',
      '<version>1.0.0</version>\n',
      '<version>1.3.0</version>\n',
      '<version>1.2.0</version>\n',
      '<version>1.3.0</version>\n',
    ],
    [
      'versions of two artifacts in pom.xml',
      'pom.xml',
      '<artifactId>a</artifactId>\n<version>1.0.0</version>\n<artifactId>b</artifactId>\n<version>1.0.0</version>\n',
      '<artifactId>a</artifactId>\n<version>1.3.0</version>\n<artifactId>b</artifactId>\n<version>1.1.0</version>\n',
      '<artifactId>a</artifactId>\n<version>1.2.0</version>\n<artifactId>b</artifactId>\n<version>1.2.0</version>\n',
      '<artifactId>a</artifactId>\n<version>1.3.0</version>\n<artifactId>b</artifactId>\n<version>1.2.0</version>\n',
    ],
    [
      'a port in pom.xml',
      'pom.xml',
      '<port>1</port>\n',
      '<port>2</port>\n',
      '<port>3</port>\n',
      `!${conflict('<port>2</port>\n', '<port>1</port>\n', '<port>3</port>\n')}`,
    ],
    [
      'a limit in build.gradle.kts',
      'build.gradle.kts',
      'workers = 4\n',
      'workers = 2\n',
      'workers = 8\n',
      `!${conflict('workers = 2\n', 'workers = 4\n', 'workers = 8\n')}`,
    ],
    [
      'one more behind the last in mix.exs',
      'mix.exs',
      '[\n  {:a, "1.0.0"},\n  {:b, "1.0.0"}\n]\n',
      '[\n  {:a, "1.0.0"},\n  {:b, "1.0.0"},\n  {:mine, "1.0.0"}\n]\n',
      '[\n  {:a, "1.1.0"},\n  {:b, "1.2.0"}\n]\n',
      '[\n  {:a, "1.1.0"},\n  {:b, "1.2.0"},\n  {:mine, "1.0.0"}\n]\n',
    ],
    ['ignored paths', '.dockerignore', 'a\n', 'a\nmine\nsame\n', 'a\nsame\ntheirs\n', 'a\nmine\nsame\ntheirs\n'],
    ['no such rule for code', 'a.py', 'x = 1.0\n', 'x = 1.1\n', 'x = 1.2\n', `!${conflict('x = 1.1\n', 'x = 1.0\n', 'x = 1.2\n')}`],
  ])('%s', (_, path, base, ours, theirs, expected) => expect(merged(path, base, ours, theirs)).toBe(expected))
})

const json = (value: unknown, indent: number | string = 2) => `${JSON.stringify(value, null, indent)}\n`
const manifest = (dependencies: Record<string, string>, more: object = {}) => ({ name: 'api', dependencies, ...more })

describe('JSON by key', () => {
  const base = manifest({ express: '5.0.0', pg: '8.0.0' })
  it.each<[string, unknown, unknown, unknown]>([
    [
      'neighbours',
      manifest({ express: '5.0.0', pg: '8.1.0' }),
      manifest({ express: '5.1.0', pg: '8.0.0' }),
      manifest({ express: '5.1.0', pg: '8.1.0' }),
    ],
    [
      'one dependency, the template’s is higher',
      manifest({ express: '5.0.1', pg: '8.0.0' }),
      manifest({ express: '5.1.0', pg: '8.0.0' }),
      manifest({ express: '5.1.0', pg: '8.0.0' }),
    ],
    [
      'one dependency, the user’s is higher',
      manifest({ express: '6.0.0', pg: '8.0.0' }),
      manifest({ express: '5.1.0', pg: '8.0.0' }),
      manifest({ express: '6.0.0', pg: '8.0.0' }),
    ],
    [
      'both add in one place',
      manifest({ express: '5.0.0', mine: '1.0.0', pg: '8.0.0' }),
      manifest({ express: '5.0.0', helmet: '8.0.0', pg: '8.0.0' }),
      manifest({ express: '5.0.0', helmet: '8.0.0', mine: '1.0.0', pg: '8.0.0' }),
    ],
    [
      'both add the same',
      manifest({ express: '5.0.0', pg: '8.0.0', zod: '4.0.0' }),
      manifest({ express: '5.0.0', pg: '8.0.0', zod: '4.1.0' }),
      manifest({ express: '5.0.0', pg: '8.0.0', zod: '4.1.0' }),
    ],
    [
      'what the user removed stays removed',
      manifest({ express: '5.0.0' }),
      manifest({ express: '5.0.0', pg: '8.1.0' }),
      manifest({ express: '5.0.0' }),
    ],
    [
      'what the template removed goes',
      manifest({ mine: '1.0.0', express: '5.0.0', pg: '8.0.0' }),
      manifest({ express: '5.0.0' }),
      manifest({ mine: '1.0.0', express: '5.0.0' }),
    ],
    [
      'what the template removed and the user bumped stays',
      manifest({ express: '5.0.0', pg: '8.2.0' }),
      manifest({ express: '5.0.0' }),
      manifest({ express: '5.0.0', pg: '8.2.0' }),
    ],
    [
      'a new section',
      manifest({ express: '5.0.0', pg: '8.0.0', mine: '1.0.0' }),
      { ...base, scripts: { test: 'x' } },
      { ...manifest({ express: '5.0.0', pg: '8.0.0', mine: '1.0.0' }), scripts: { test: 'x' } },
    ],
  ])('%s', (_, ours, theirs, expected) => expect(merged('package.json', json(base), json(ours), json(theirs))).toBe(json(expected)))

  it('does not raise a version that the user lowered', () => {
    const [mine, next] = [manifest({ express: '4.0.0', pg: '8.0.0' }), manifest({ express: '5.1.0', pg: '8.0.0' })]
    expect(merged('package.json', json(base), json(mine), json(next))).toBe(
      `!{\n  "name": "api",\n  "dependencies": {\n${conflict('    "express": "4.0.0",\n', '    "express": "5.0.0",\n', '    "express": "5.1.0",\n')}    "pg": "8.0.0"\n  }\n}\n`,
    )
  })

  it('keeps the order and the format of the user, and shows a conflict in it', () => {
    const ours = json({ dependencies: { pg: '8.0.0', mine: '1.0.0', express: '5.0.0' }, name: 'mine' }, '\t')
    const theirs = json({ ...manifest({ express: '5.1.0', helmet: '8.0.0', pg: '8.0.0' }), name: 'theirs', scripts: { test: 'x' } })
    expect(merged('package.json', json(base), ours, theirs)).toBe(
      `!{\n\t"dependencies": {\n\t\t"pg": "8.0.0",\n\t\t"mine": "1.0.0",\n\t\t"express": "5.1.0",\n\t\t"helmet": "8.0.0"\n\t},\n\t"scripts": {\n\t\t"test": "x"\n\t},\n${conflict('\t"name": "mine"\n', '\t"name": "api"\n', '\t"name": "theirs"\n')}}\n`,
    )
    expect(merge('package.json', json(base), ours, theirs)).toMatchObject({ lines: [7] })
  })

  it('keeps comments, trailing commas and Windows line endings', () => {
    const tsconfig = '{\n  "compilerOptions": {\n    "strict": true,\n    "target": "es2023"\n  }\n}\n'
    const ours = '{\r\n  // mine\r\n  "compilerOptions": {\r\n    "target": "es2023", // newest\r\n    "strict": true,\r\n  },\r\n}\r\n'
    const theirs = tsconfig.replace('es2023', 'es2024').replace('true,', 'true,\n    "noEmit": true,')
    expect(merged('tsconfig.json', tsconfig, ours, theirs)).toBe(
      '{\r\n  // mine\r\n  "compilerOptions": {\r\n    "target": "es2024", // newest\r\n    "strict": true,\r\n    "noEmit": true,\r\n  },\r\n}\r\n',
    )
  })

  it('merges minified JSON, which has only one line', () => {
    const theirs = json(manifest({ express: '5.1.0', pg: '8.0.0', zod: '4.0.0' }))
    expect(merged('package.json', json(base), JSON.stringify(manifest({ express: '5.0.0', pg: '8.0.0', mine: '1.0.0' })), theirs)).toBe(
      '{"name":"api","dependencies":{"express":"5.1.0","pg":"8.0.0", "zod": "4.0.0","mine":"1.0.0"}}',
    )
  })

  it('never makes one key twice, or JSON that nobody can read', () => {
    const [before, mine, next] = [
      '{\n  "a": 1,\n  "b": 1,\n  "c": 1\n}\n',
      '{\n  "x": 1,\n  "a": 1,\n  "b": 1,\n  "c": 1\n}\n',
      '{\n  "a": 1,\n  "b": 1,\n  "c": 1,\n  "x": 2\n}\n',
    ]
    expect(merged('a.json', before, mine, next)).toBe(
      `!{\n${conflict('  "x": 1,\n', '', '  "x": 2,\n')}  "a": 1,\n  "b": 1,\n  "c": 1\n}\n`,
    )
  })

  it('leaves a file that is not JSON any more to the lines', () => {
    expect(
      merged(
        'a.json',
        '{\n  "a": 1,\n  "b": 1,\n  "c": 1\n}\n',
        '{\n  "a": oops,\n  "b": 1,\n  "c": 1\n}\n',
        '{\n  "a": 1,\n  "b": 1,\n  "c": 2\n}\n',
      ),
    ).toBe('{\n  "a": oops,\n  "b": 1,\n  "c": 2\n}\n')
  })
})

describe('TOML by key', () => {
  const base =
    '[project]\nname = "api"\ndependencies = [\n    "fastapi==1.0.0",\n    "redis==8.0.0",\n]\n\n[tool.ruff]\nline-length = 120\n'
  it.each<[string, string, string, string]>([
    [
      'neighbours',
      base.replace('redis==8.0.0', 'redis==8.1.0'),
      base.replace('fastapi==1.0.0', 'fastapi==1.1.0'),
      base.replace('redis==8.0.0', 'redis==8.1.0').replace('fastapi==1.0.0', 'fastapi==1.1.0'),
    ],
    ['one dependency', base.replace('1.0.0', '1.2.0'), base.replace('1.0.0', '1.1.0'), base.replace('1.0.0', '1.2.0')],
    [
      'both add in one place',
      base.replace('    "redis', '    "httpx==1.0.0", # mine\n    "redis'),
      base.replace('    "redis', '    "pydantic==2.0.0",\n    "redis'),
      base.replace('    "redis', '    "pydantic==2.0.0",\n    "httpx==1.0.0", # mine\n    "redis'),
    ],
    [
      'both add at the end',
      `${base}\n[tool.mine]\na = 1\n`,
      `${base}\n# Theirs.\n[tool.theirs]\nb = 1\n`,
      `${base}\n# Theirs.\n[tool.theirs]\nb = 1\n\n[tool.mine]\na = 1\n`,
    ],
    [
      'a list on one line',
      base.replace(/\[\n.*\n.*\n\]/, '["redis==8.0.0", "fastapi==1.0.0"]'),
      base.replace('1.0.0', '1.1.0').replace('    "redis', '    "pydantic==2.0.0",\n    "redis'),
      base.replace(/\[\n.*\n.*\n\]/, '["redis==8.0.0", "fastapi==1.1.0", "pydantic==2.0.0"]'),
    ],
    [
      'a table that the template drops',
      base.replace('api', 'mine'),
      base.slice(0, base.indexOf('\n[tool')).replace('api', 'api'),
      base.slice(0, base.indexOf('\n[tool')).replace('api', 'mine'),
    ],
  ])('%s', (_, ours, theirs, expected) => expect(merged('pyproject.toml', base, ours, theirs)).toBe(expected))

  it('takes over comments of the template, also where values had to be merged by key', () => {
    const ours = base.replace('redis==8.0.0', 'redis==8.1.0')
    const theirs = base.replace('fastapi==1.0.0', 'fastapi==1.1.0').replace('line-length', '# Wide.\nline-length')
    const expected = theirs.replace('redis==8.0.0', 'redis==8.1.0')
    expect(merged('pyproject.toml', base, ours, theirs)).toBe(expected)
  })

  it('shows short conflicts', () => {
    expect(merged('pyproject.toml', base, base.replace('120', '100'), base.replace('120', '80').replace('1.0.0', '1.1.0'))).toBe(
      `!${base.replace('1.0.0', '1.1.0').replace('line-length = 120\n', conflict('line-length = 100\n', 'line-length = 120\n', 'line-length = 80\n'))}`,
    )
  })

  it('never puts a key below the header of another table', () => {
    const before = 'b = "z"\n\n[a]\nx = 1\n'
    const mine = '# Mine.\nb = "z"\nc = "mine"\n\n[a]\nx = 1\n'
    const next = 'b = "z"\n\n[e]\ny = 1\n'
    expect(merged('a.toml', before, mine, next)).toBe('# Mine.\nb = "z"\nc = "mine"\n\n[e]\ny = 1\n')
    expect(merged('a.toml', 'b = 1\n', '# Mine.\nc = "mine"\nb = 1\n', 'b = 1\n\n[e]\ny = 1\n')).toBe(
      '# Mine.\nc = "mine"\nb = 1\n\n[e]\ny = 1\n',
    )
    expect(merged('a.toml', 'b = 1\n', 'b = 1\nc = "mine"\n', 'b = 1\n\n[e]\ny = 1\n')).toBe(
      `!b = 1\n${conflict('c = "mine"\n', '', '\n[e]\ny = 1\n')}`,
    )
  })

  it('merges inline tables of Cargo.toml', () => {
    const cargo = '[dependencies]\nserde = { version = "1.0.0", features = ["derive"] }\nactix-web = "4.0.0"\n'
    expect(
      merged(
        'Cargo.toml',
        cargo,
        cargo.replace('["derive"]', '["derive", "rc"]').replace('4.0.0', '4.1.0'),
        cargo.replace('1.0.0', '1.0.2').replace('4.0.0', '4.2.0'),
      ),
    ).toBe(cargo.replace('["derive"]', '["derive", "rc"]').replace('1.0.0', '1.0.2').replace('4.0.0', '4.2.0'))
  })
})

describe('YAML by key', () => {
  const base = 'a: 1\nb:\n  c: 1\n  d: [x]\ndependencies:\n  - one==1.0.0\n  - two==1.0.0\n'
  it.each<[string, string, string, string]>([
    [
      'neighbours',
      base.replace('c: 1', 'c: 2 # mine'),
      base.replace('d: [x]', 'd: [x, y]'),
      base.replace('c: 1', 'c: 2 # mine').replace('d: [x]', 'd: [x, y]'),
    ],
    [
      'both add in one place',
      base.replace('  c: 1\n', '  c: 1\n  mine: |\n    text\n'),
      base.replace('  c: 1\n', '  c: 1\n  # Why.\n  theirs: 1\n'),
      base.replace('  c: 1\n', '  c: 1\n  # Why.\n  theirs: 1\n  mine: |\n    text\n'),
    ],
    [
      'a list of dependencies',
      base.replace('two==1.0.0', 'two==1.2.0\n  - mine==1.0.0'),
      base.replace('two==1.0.0', 'two==1.1.0\n  - theirs==1.0.0'),
      base.replace('two==1.0.0', 'two==1.2.0\n  - theirs==1.0.0\n  - mine==1.0.0'),
    ],
    [
      'what the template removed goes',
      base.replace('a: 1', 'a: 2'),
      base.replace('b:\n  c: 1\n  d: [x]\n', ''),
      base.replace('a: 1', 'a: 2').replace('b:\n  c: 1\n  d: [x]\n', ''),
    ],
  ])('%s', (_, ours, theirs, expected) => expect(merged('config.yml', base, ours, theirs)).toBe(expected))

  it('keeps an anchor that the user needs: a conflict where the template drops it', () => {
    const before = 'x: &common\n  a: 1\nb:\n  <<: *common\n  d: 1\n'
    const mine = `${before}mine:\n  <<: *common\n`
    const next = 'b:\n  a: 2\n  d: 1\n'
    expect(merged('config.yml', before, mine, next)).toBe(`!${conflict(mine, before, next)}`)
  })

  it('leaves a comment behind a map on its own line', () => {
    const before = 'd:\n  c: 1\n  a:\n    x: 1\n'
    const mine = 'd:\n  a:\n    x: 1\n  # Mine.\n  c: 1\n'
    expect(merged('config.yml', before, mine, 'd:\n  c: 1\n  a: 2\n')).toBe('d:\n  a:\n    2\n  # Mine.\n  c: 1\n')
  })

  it('shows short conflicts', () => {
    expect(merged('config.yml', base, base.replace('a: 1', 'a: 2'), base.replace('a: 1', 'a: 3'))).toBe(
      `!${conflict('a: 2\n', 'a: 1\n', 'a: 3\n')}${base.slice(5)}`,
    )
  })
})
