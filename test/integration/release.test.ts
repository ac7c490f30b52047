import { spawnSync } from 'node:child_process'
import { cpSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { type TemporaryProject, temporaryProject, tool } from '../support/project.ts'

const { version } = JSON.parse(readFileSync(join(tool, 'package.json'), 'utf8')) as { version: string }

const script = (name: string, project: TemporaryProject, tag: string) => {
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(tool, 'scripts', name), tag], {
    cwd: project.root,
    encoding: 'utf8',
  })
  return { status, stdout, problems: stderr.trim().split('\n').filter(Boolean) }
}

/** What is released, as version 1.2.3, with other `files`. */
function release(files: Readonly<Record<string, string>> = {}): TemporaryProject {
  const project = temporaryProject({})
  for (const path of ['workflows', '.github', 'docs', 'README.md']) cpSync(join(tool, path), project.path(path), { recursive: true })
  const own = {
    'package.json': '{"version":"1.2.3"}',
    'CHANGELOG.md': '# Changelog\n\n## [Unreleased]\n\n## [1.2.3]\n\n* New.\n\n## [1.2.2]\n\n* Old.\n',
  }
  for (const [path, text] of Object.entries({ ...own, ...files })) project.write(path, text)
  return project
}

const starter = (ref: string) => `jobs: { a: { uses: 'nself/build-action/.github/workflows/check.yml@${ref}' } }\n`

describe('a tag', () => {
  it('is released when everything names its version', () => {
    using project = release()
    expect(script('check-release.ts', project, 'v1.2.3')).toMatchObject({ status: 0, problems: [] })
  })

  it.each<[string, string, Record<string, string>, string[]]>([
    ['a name that is none', '1.2', {}, ['1.2 is not vX.Y.Z']],
    ['another version in package.json', 'v1.2.3', { 'package.json': '{"version":"1.2.2"}' }, ['package.json has version 1.2.2']],
    [
      'no section in the changelog',
      'v1.2.3',
      { 'CHANGELOG.md': '# Changelog\n\n## [Unreleased]\n' },
      ['CHANGELOG.md has no section [1.2.3]'],
    ],
    ['a starter of another version', 'v1.2.3', { 'workflows/nself.yml': starter('v2') }, ['workflows/nself.yml names @v2, not @v1']],
    [
      'a starter of an exact version',
      'v1.2.3',
      { 'workflows/nself.yml': starter('v1.2.2') },
      ['workflows/nself.yml names @v1.2.2, not @v1'],
    ],
    ['a starter of a branch', 'v1.2.3', { 'workflows/nself.yml': starter('main') }, ['workflows/nself.yml names @main, not @v1']],
    ['a page of another version', 'v1.2.3', { 'docs/a.md': '`nself/build-action@v0`' }, ['docs/a.md names @v0, not @v1']],
    [
      'a reusable workflow that runs another commit of the action',
      'v1.2.3',
      { '.github/workflows/check.yml': 'steps: [{ uses: nself/build-action@v1 }]\n' },
      ['.github/workflows/check.yml names nself/build-action instead of $/'],
    ],
  ])('is not with %s', (_, tag, files, problems) => {
    using project = release(files)
    const found = script('check-release.ts', project, tag)
    expect(found.status).toBe(1)
    expect(found.problems).toEqual(expect.arrayContaining(problems))
    if (tag === 'v1.2.3') expect(found.problems).toEqual(problems)
  })

  it('of a new major version is not until the starters follow', () => {
    using project = release({ 'package.json': '{"version":"2.0.0"}', 'CHANGELOG.md': '\n## [2.0.0]\n' })
    const { status, problems } = script('check-release.ts', project, 'v2.0.0')
    expect(status).toBe(1)
    expect(problems).toContain('workflows/nself.yml names @v1, not @v2')
  })
})

describe('the notes of a release', () => {
  it('are its section of the changelog', () => {
    using project = release()
    expect(script('release-notes.ts', project, 'v1.2.3')).toMatchObject({ status: 0, stdout: '* New.\n' })
  })

  it('need that section', () => {
    using project = release()
    expect(script('release-notes.ts', project, 'v1.2.4').status).not.toBe(0)
  })
})

it('the next version is in package.json, and the starters follow it', () => {
  using project = release({ 'package.json': JSON.stringify({ version }), 'CHANGELOG.md': `\n## [${version}]\n` })
  expect(script('check-release.ts', project, `v${version}`)).toMatchObject({ status: 0, problems: [] })
})
