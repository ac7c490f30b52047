import { execFileSync } from 'node:child_process'
import { chmodSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { type TemporaryProject, temporaryProject } from '../support/project.ts'
import { cli, cliAsync, snapshot } from './support/bundle.ts'
import { FakeGitHub, type Files } from './support/github.ts'

const env =
  'PROJECT_NAME=shop\nPOSTGRES_PASSWORD=development\nHASURA_ENABLED=false\nAUTH_ENABLED=false\nSERVICES_ENABLED=true\nCS_1=api:express-ts:3001:api\n'
const branch = 'nself/update/main'

function git(root: string, ...args: string[]): string {
  const quiet = { GIT_CONFIG_GLOBAL: '/dev/null', GIT_CONFIG_SYSTEM: '/dev/null', PATH: process.env.PATH ?? '', HOME: root }
  const identity = ['-c', 'user.name=A', '-c', 'user.email=a@example.com', '-c', 'core.autocrlf=false', '-c', 'commit.gpgsign=false']
  return execFileSync('git', [...identity, ...args], { cwd: root, env: quiet, stdio: ['ignore', 'pipe', 'pipe'] })
    .toString()
    .trim()
}

/** The files of a checkout, without git's own. */
function filesOf(root: string): Files {
  const files = [...snapshot(root)].filter(([path]) => !path.startsWith('.git/'))
  return Object.fromEntries(
    files.map(([path, { content, mode }]) => [path, { content: Buffer.from(content, 'latin1'), executable: (mode & 0o100) !== 0 }]),
  )
}

function writeTree(root: string): string {
  git(root, 'add', '--all', '--force', '.')
  return git(root, 'write-tree')
}

/** Runs the command in a terminal, beside the checkout. */
async function pullRequest(github: FakeGitHub, root: string, ...flags: string[]) {
  const outer = { GITHUB_API_URL: github.url, GITHUB_REPOSITORY: 'acme/shop', GITHUB_TOKEN: 'token' }
  const { exitCode, stdout, stderr } = await cliAsync(root, ['pull-request', '--json', ...flags], outer)
  return { exitCode, stderr, ...JSON.parse(stdout) }
}

const treeOf = async (github: FakeGitHub, reference: string) =>
  (await github.api('GET', `git/commits/${(await github.head(reference)) ?? reference}`)).body.tree.sha

function repository(files: Record<string, string>): TemporaryProject {
  const project = temporaryProject(files)
  git(project.root, 'init', '--quiet', '--initial-branch=main')
  return project
}

describe.concurrent('against real git', { timeout: 240_000 }, () => {
  it('the commit’s tree is what git writes for what generate leaves', async () => {
    using project = repository({ '.env.dev': env, 'README.md': 'Größe\r\n' })
    await using github = await FakeGitHub.start(filesOf(project.root))
    const result = await pullRequest(github, project.root)
    expect([result.exitCode, result['pull-request-operation']]).toEqual([0, 'created'])
    expect(cli(project.root, ['generate']).exitCode).toBe(0)
    expect(await treeOf(github, branch)).toBe(writeTree(project.root))
  })

  it('the same for an update of files with edits, other line endings and a lost executable bit', async () => {
    using project = repository({ '.env.dev': env })
    expect(cli(project.root, ['generate']).exitCode).toBe(0)
    const crlf = (path: string, more: string) => project.write(path, `${more}${project.read(path)}`.replaceAll('\n', '\r\n'))
    crlf('services/api/Dockerfile', '# ñandú 🚀\n')
    project.write('services/api/README.md', `\ufeff${project.read('services/api/README.md')}\n## Mine\n`)
    project.write('.env.dev', `${env.replace('3001', '3002')}CS_2=jobs:celery\n`)
    chmodSync(project.path('services/.scaffold/compose'), 0o644)
    await using github = await FakeGitHub.start(filesOf(project.root))
    expect((await pullRequest(github, project.root))['pull-request-operation']).toBe('created')
    expect(cli(project.root, ['generate']).exitCode).toBe(0)
    expect(await treeOf(github, branch)).toBe(writeTree(project.root))
  })

  it('the two commits of a conflict: what generate leaves without markers, then with them', async () => {
    using project = repository({ '.env.dev': env })
    expect(cli(project.root, ['generate']).exitCode).toBe(0)
    project.write('services/api/README.md', project.read('services/api/README.md').replace('http://api:3001', 'http://mine:3001'))
    project.write('.env.dev', env.replace('3001', '3002'))
    const files = filesOf(project.root)
    await using github = await FakeGitHub.start(files)
    await pullRequest(github, project.root, '--on-conflict=markers')
    const first = (await github.api('GET', `git/commits/${await github.head(branch)}`)).body.parents[0].sha
    expect(cli(project.root, ['generate']).exitCode).toBe(0)
    expect(await treeOf(github, first)).toBe(writeTree(project.root))
    expect(cli(project.root, ['generate', '--on-conflict=markers']).exitCode).toBe(0)
    expect(await treeOf(github, branch)).toBe(writeTree(project.root))
  })

  it.each<[string, (root: string) => void]>([
    ['merged', (root) => git(root, 'merge', '--quiet', '--no-ff', '-m', 'Merge', 'update')],
    ['squashed', (root) => git(root, 'merge', '--quiet', '--squash', 'update') + git(root, 'commit', '--quiet', '-m', 'Squash')],
    [
      'rebased',
      (root) => {
        git(root, 'checkout', '--quiet', 'update')
        git(root, 'rebase', '--quiet', 'main')
        git(root, 'checkout', '--quiet', 'main')
        git(root, 'merge', '--quiet', '--ff-only', 'update')
      },
    ],
  ])('%s into a main that went on meanwhile, there is nothing left to do', async (_, merge) => {
    using project = repository({ '.env.dev': env })
    const { root } = project
    expect(cli(root, ['generate']).exitCode).toBe(0)
    project.write('.env.dev', `${env.replace('3001', '3002')}CS_2=jobs:celery\n`)
    git(root, 'add', '--all', '--force', '.')
    git(root, 'commit', '--quiet', '-m', 'Lines')
    await using github = await FakeGitHub.start(filesOf(root))
    await pullRequest(github, root)
    git(root, 'checkout', '--quiet', '-b', 'update')
    git(root, 'rm', '--quiet', '-r', '.')
    for (const [path, { mode, content }] of await github.files(branch)) {
      project.write(path, content)
      chmodSync(project.path(path), mode === '100755' ? 0o755 : 0o644)
    }
    git(root, 'add', '--all', '--force', '.')
    git(root, 'commit', '--quiet', '-m', 'Regenerate')
    git(root, 'checkout', '--quiet', 'main')
    project.write('services/api/README.md', `${project.read('services/api/README.md')}\n## Went on\n`)
    git(root, 'commit', '--quiet', '--all', '-m', 'Went on')
    merge(root)
    expect(project.read('services/api/README.md')).toContain('## Went on')
    expect(cli(root, ['check']).exitCode).toBe(0)
    await using after = await FakeGitHub.start(filesOf(root))
    expect((await pullRequest(after, root))['pull-request-operation']).toBe('none')
    expect(after.takeWrites()).toEqual([])
  })
})

describe('a tree with conflict markers', () => {
  it('is refused by build, and fails check', () => {
    using project = temporaryProject({ '.env.dev': env })
    expect(cli(project.root, ['generate']).exitCode).toBe(0)
    project.write('services/api/README.md', project.read('services/api/README.md').replace('http://api:3001', 'http://mine:3001'))
    project.write('.env.dev', env.replace('3001', '3002'))
    expect(cli(project.root, ['generate', '--on-conflict=markers']).exitCode).toBe(0)
    const build = cli(project.root, ['build', '--registry', '127.0.0.1:1'])
    expect([build.exitCode, build.stderr.includes('services/api/README.md:5:1: error NB517')]).toEqual([2, true])
    const check = cli(project.root, ['check'])
    expect([check.exitCode, check.stderr.includes('services/api/README.md:5:1: error NB517')]).toEqual([3, true])
    project.write('services/api/README.md', '# Resolved\n')
    expect(cli(project.root, ['build', '--registry', '127.0.0.1:1']).stderr).not.toContain('NB517')
  })
})
