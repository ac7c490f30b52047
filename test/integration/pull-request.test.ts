import { describe, expect, it } from 'vitest'
import { temporaryProject } from '../support/project.ts'
import { type ActionRun, actionAsync, snapshot } from './support/bundle.ts'
import { FakeGitHub, type Fault } from './support/github.ts'

const env =
  'PROJECT_NAME=shop\nPOSTGRES_PASSWORD=development\nHASURA_ENABLED=false\nAUTH_ENABLED=false\nSERVICES_ENABLED=true\nCS_1=api:express-ts:3001:api\n'
const branch = 'nself/update/main'
const opening = ['POST git/trees', 'POST git/trees', 'POST git/commits', 'POST git/refs', 'POST pulls', 'POST check-runs']
const updating = (...trees: string[]) => [
  ...trees,
  'POST git/commits',
  `PATCH git/refs/heads/${branch}`,
  'PATCH pulls/1',
  'POST check-runs',
]

/** Runs the action in a job on main, without a checkout. */
async function run(github: FakeGitHub, inputs: Record<string, string> = {}, outer: Record<string, string> = {}): Promise<ActionRun> {
  using folder = temporaryProject({})
  const variables = { GITHUB_API_URL: github.url, GITHUB_REF: 'refs/heads/main', ...outer }
  return actionAsync(folder.root, { command: 'pull-request', token: 'token', ...inputs }, variables)
}

const operationOf = ({ outputs }: ActionRun) => outputs['pull-request-operation']

/** A repository that has all that its lines stand for. */
async function upToDate(lines = env): Promise<FakeGitHub> {
  using project = temporaryProject({ '.env.dev': lines })
  await project.run('generate')
  const files = [...snapshot(project.root)].map(([path, { content, mode }]) => {
    return [path, { content: Buffer.from(content, 'latin1'), executable: (mode & 0o111) !== 0 }] as const
  })
  return FakeGitHub.start(Object.fromEntries(files))
}

const pull = async (github: FakeGitHub, number = 1) => (await github.api('GET', `pulls/${number}`)).body

describe.concurrent('the pull request', { timeout: 240_000 }, () => {
  it('is created, with everything in one commit that is signed, and a body that says why', async () => {
    await using github = await FakeGitHub.start({ '.env.dev': env })
    const first = await run(github, { labels: 'nself, generated', assignees: 'acme', draft: 'true', body: 'Hello.', signoff: 'true' })
    expect(first).toMatchObject({
      exitCode: 0,
      outputs: { 'pull-request-number': '1', 'pull-request-branch': branch, 'pull-request-commits-verified': 'true' },
    })
    expect(operationOf(first)).toBe('created')
    expect(first.outputs['pull-request-head-sha']).toBe(await github.head(branch))
    expect(github.takeWrites()).toEqual([...opening.slice(0, 5), 'POST issues/1/labels', 'POST issues/1/assignees', 'POST check-runs'])
    const { title, body, draft, base, labels } = await pull(github)
    expect([title, draft, base.ref, labels.map(({ name }: { name: string }) => name)]).toEqual([
      'Regenerate the nself files: api',
      true,
      'main',
      ['nself', 'generated'],
    ])
    for (const part of [
      'Hello.',
      '| api | new, from express-ts',
      'CS\\_1 (.env.dev:6)',
      '* new domain: api.local.nself.org',
      'new     services/api/Dockerfile',
    ])
      expect(body).toContain(part)
    const { body: commit } = await github.api('GET', `git/commits/${await github.head(branch)}`)
    expect(commit.message).toMatch(/^Regenerate the nself files: api\n[\s\S]*\nSigned-off-by: Acme <acme@example\.com>\n$/)
    const files = await github.files(branch)
    expect(files.get('services/.scaffold/compose')?.mode).toBe('100755')
    expect(files.get('services/api/Dockerfile')?.mode).toBe('100644')
  })

  it('is called, labelled and assigned as the inputs say', async () => {
    await using github = await FakeGitHub.start({ '.env.dev': env })
    // The emulator knows neither these people nor a milestone.
    github.faults = [({ path }) => (/requested_reviewers$|issues\/1$/.test(path) ? { status: 201, body: {} } : undefined)]
    const first = await run(github, {
      title: 'Fresh files',
      'commit-message': 'chore: fresh files\n\nWith a body.',
      branch: 'bot/fresh',
      base: 'main',
      reviewers: 'octocat, hubot',
      'team-reviewers': 'platform',
      milestone: '3',
    })
    expect([operationOf(first), first.outputs['pull-request-branch']]).toEqual(['created', 'bot/fresh'])
    const bodies = new Map(
      github.requests.filter(({ method }) => method !== 'GET').map(({ path, body }) => [path.split('/').slice(4).join('/'), body]),
    )
    expect(bodies.get('pulls')).toMatchObject({ title: 'Fresh files', head: 'bot/fresh', base: 'main', draft: false })
    expect(bodies.get('pulls/1/requested_reviewers')).toEqual({ reviewers: ['octocat', 'hubot'], team_reviewers: ['platform'] })
    expect(bodies.get('issues/1')).toEqual({ milestone: 3 })
    expect(bodies.get('git/commits').message).toMatch(
      /^chore: fresh files\n\nWith a body\.\n\nNself-Edits: [0-9a-f]{64}\nNself-Tree: [0-9a-f]{40}\n$/,
    )
    github.takeWrites()
    expect(operationOf(await run(github, { title: 'Fresh files', branch: 'bot/fresh' }))).toBe('none')
    expect(operationOf(await run(github, { title: 'Fresher files', branch: 'bot/fresh' }))).toBe('updated')
    expect(github.takeWrites()).toEqual(['PATCH pulls/1'])
  })

  it('goes to the branch that it is for, whatever started the job', async () => {
    await using github = await FakeGitHub.start({ '.env.dev': env })
    await github.move('next', (await github.head('main')) as string)
    const byInput = await run(github, { base: 'next' }, { GITHUB_REF: 'refs/tags/v1' })
    expect([operationOf(byInput), byInput.outputs['pull-request-branch'], (await pull(github)).base.ref]).toEqual([
      'created',
      'nself/update/next',
      'next',
    ])
    const byRef = await run(github, {}, { GITHUB_REF: 'refs/heads/next' })
    expect([operationOf(byRef), byRef.outputs['pull-request-number']]).toEqual(['none', '1'])
    const byDefault = await run(github, {}, { GITHUB_REF: 'refs/pull/7/merge' })
    expect([operationOf(byDefault), byDefault.outputs['pull-request-branch']]).toEqual(['created', branch])
    expect((await run(github, { base: 'gone' })).stdout).toContain('::error title=NB711::acme/shop has no branch gone')
  })

  it('is signed off by the bot, where the token belongs to no person', async () => {
    await using github = await FakeGitHub.start({ '.env.dev': env })
    github.faults = [
      ({ path }) => (path === '/user' ? { status: 403, body: { message: 'Resource not accessible by integration' } } : undefined),
    ]
    await run(github, { signoff: 'true' })
    expect((await github.api('GET', `git/commits/${await github.head(branch)}`)).body.message).toMatch(
      /\nSigned-off-by: github-actions\[bot\] <41898282\+github-actions\[bot\]@users\.noreply\.github\.com>\n$/,
    )
  })

  it('says when GitHub did not sign the commit', async () => {
    await using github = await FakeGitHub.start({ '.env.dev': env })
    github.signs = false
    expect((await run(github)).outputs['pull-request-commits-verified']).toBe('false')
  })

  it('is left alone when nothing changed: no write of any kind', async () => {
    await using github = await FakeGitHub.start({ '.env.dev': env })
    await run(github)
    github.takeWrites()
    const again = await run(github)
    expect([operationOf(again), again.outputs['pull-request-number'], github.takeWrites()]).toEqual(['none', '1', []])
    await github.commit('main', { 'README.md': 'Something else on main.\n' })
    expect([operationOf(await run(github)), github.takeWrites()]).toEqual(['none', []])
  })

  it('is updated when the lines change, on top of the base branch as it is then', async () => {
    await using github = await FakeGitHub.start({ '.env.dev': env })
    await run(github)
    github.takeWrites()
    const head = await github.commit('main', { '.env.dev': `${env}CS_2=jobs:celery\n` })
    const updated = await run(github)
    expect([operationOf(updated), github.takeWrites()]).toEqual(['updated', updating('POST git/trees', 'POST git/trees')])
    const commit = (await github.api('GET', `git/commits/${await github.head(branch)}`)).body
    expect(commit.parents.map(({ sha }: { sha: string }) => sha)).toEqual([head])
    const { title, body } = await pull(github)
    expect(title).toBe('Regenerate the nself files: api, jobs')
    expect(body).toContain('| jobs | new, from celery')
    expect(operationOf(await run(github))).toBe('none')
  })

  it('is closed when there is nothing left to do, and opened again when there is', async () => {
    await using github = await upToDate()
    await github.commit('main', { '.env.dev': env.replace('3001', '3002') })
    expect(operationOf(await run(github))).toBe('created')
    github.takeWrites()
    await github.commit('main', { '.env.dev': env })
    const closed = await run(github)
    expect([operationOf(closed), closed.outputs['pull-request-number']]).toEqual(['closed', '1'])
    expect(github.takeWrites()).toEqual(['PATCH pulls/1', `DELETE git/refs/heads/${branch}`])
    expect([(await pull(github)).state, await github.head(branch)]).toEqual(['closed', undefined])
    expect([operationOf(await run(github)), github.takeWrites()]).toEqual(['none', []])
    await github.commit('main', { '.env.dev': env.replace('3001', '3002') })
    expect(operationOf(await run(github))).toBe('created')
  })

  it('is not closed over a commit that someone makes just then', async () => {
    await using github = await upToDate()
    await github.commit('main', { '.env.dev': env.replace('3001', '3002') })
    await run(github)
    await github.commit('main', { '.env.dev': env })
    let theirs = ''
    const meanwhile: Fault = async ({ method, path }) => {
      if (theirs === '' && method === 'GET' && path.includes('/compare/')) theirs = await github.commit(branch, { 'mine.txt': 'mine\n' })
      return undefined
    }
    github.faults = [meanwhile]
    expect(operationOf(await run(github))).toBe('none')
    expect([await github.head(branch), (await pull(github)).state]).toEqual([theirs, 'open'])
  })

  it('keeps a title and text of people’s, and renews its own part', async () => {
    await using github = await FakeGitHub.start({ '.env.dev': env })
    await run(github)
    await github.api('PATCH', 'pulls/1', { title: 'Mine', body: `Before.\r\n\r\n${(await pull(github)).body}\r\nAfter.` })
    await github.commit('main', { '.env.dev': `${env}CS_2=jobs:celery\n` })
    expect(operationOf(await run(github))).toBe('updated')
    const { title, body } = await pull(github)
    expect(title).toBe('Mine')
    expect(body).toMatch(/^Before\.\n\n<!-- nself-build -->[\s\S]*\| jobs \|[\s\S]*\nAfter\.$/)
  })

  it('is opened again on a branch that someone deleted', async () => {
    await using github = await FakeGitHub.start({ '.env.dev': env })
    await run(github)
    await github.api('DELETE', `git/refs/heads/${branch}`)
    const again = await run(github)
    expect([operationOf(again), again.outputs['pull-request-number']]).toEqual(['created', '2'])
  })

  it('is not opened again when someone closed it and left its branch', async () => {
    await using github = await FakeGitHub.start({ '.env.dev': env })
    await run(github)
    await github.api('PATCH', 'pulls/1', { state: 'closed' })
    github.takeWrites()
    const again = await run(github)
    expect([operationOf(again), github.takeWrites()]).toEqual(['none', []])
    expect(again.stdout).toContain('::notice title=NB708')
    await github.commit('main', { '.env.dev': `${env}CS_2=jobs:celery\n` })
    expect(operationOf(await run(github))).toBe('created')
  })

  it('moves to a base branch that was rewritten', async () => {
    await using github = await FakeGitHub.start({ '.env.dev': env })
    const start = (await github.head('main')) as string
    await github.commit('main', { 'big.txt': 'a mistake\n' })
    await run(github)
    github.takeWrites()
    await github.move('main', start)
    await github.commit('main', { 'other.txt': 'instead\n' })
    expect([operationOf(await run(github)), github.takeWrites()]).toEqual([
      'updated',
      ['POST git/trees', 'POST git/trees', 'POST git/commits', `PATCH git/refs/heads/${branch}`, 'POST check-runs'],
    ])
    expect([...(await github.entries(branch)).keys()]).toEqual(expect.arrayContaining(['other.txt']))
    expect([...(await github.entries(branch)).keys()]).not.toContain('big.txt')
  })

  it('moves to a base branch with another history altogether', async () => {
    await using github = await FakeGitHub.start({ '.env.dev': env })
    await run(github)
    const { body: last } = await github.api('GET', `git/commits/${await github.head('main')}`)
    const fresh = await github.pushCommit('main', last.tree.sha, [], 'A new beginning')
    expect(operationOf(await run(github))).toBe('updated')
    const { body: commit } = await github.api('GET', `git/commits/${await github.head(branch)}`)
    expect(commit.parents.map(({ sha }: { sha: string }) => sha)).toEqual([fresh])
  })

  it('two runs at once: one pull request, and both are content', async () => {
    await using github = await FakeGitHub.start({ '.env.dev': env })
    const both = await Promise.all([run(github), run(github)])
    expect(both.map(({ exitCode }) => exitCode)).toEqual([0, 0])
    expect(both.map(operationOf)).toContain('created')
    expect((await github.api('GET', 'pulls?state=all')).body).toHaveLength(1)
    github.takeWrites()
    expect([operationOf(await run(github)), github.takeWrites()]).toEqual(['none', []])
  })
})

describe.concurrent('commits of people’s on its branch', { timeout: 240_000 }, () => {
  it('are kept: nothing is pushed, and a comment says so, once', async () => {
    await using github = await FakeGitHub.start({ '.env.dev': env })
    await run(github)
    const theirs = await github.commit(branch, { 'services/api/README.md': '# Ours\n' }, 'Better words')
    await github.commit('main', { '.env.dev': `${env}CS_2=jobs:celery\n` })
    github.takeWrites()
    const again = await run(github)
    expect([operationOf(again), again.exitCode, github.takeWrites()]).toEqual(['none', 0, ['POST issues/1/comments', 'POST check-runs']])
    expect(again.stdout).toContain('::warning title=NB707')
    expect(await github.head(branch)).toBe(theirs)
    expect([operationOf(await run(github)), github.takeWrites()]).toEqual(['none', []])
  })

  it('are kept when a commit of ours was amended', async () => {
    await using github = await FakeGitHub.start({ '.env.dev': env })
    await run(github)
    const { body: ours } = await github.api('GET', `git/commits/${await github.head(branch)}`)
    const { body: tree } = await github.api('POST', 'git/trees', {
      base_tree: ours.tree.sha,
      tree: [{ path: 'x', mode: '100644', type: 'blob', content: 'x' }],
    })
    const amended = await github.pushCommit(branch, tree.sha, [ours.parents[0].sha], ours.message)
    await github.commit('main', { '.env.dev': `${env}CS_2=jobs:celery\n` })
    await run(github)
    expect(await github.head(branch)).toBe(amended)
  })

  it('do not count when they only merge the base branch, and do when such a merge brings more', async () => {
    await using github = await FakeGitHub.start({ '.env.dev': env })
    await run(github)
    const main = await github.commit('main', { 'other.txt': 'other\n' })
    const ours = (await github.head(branch)) as string
    const { body: head } = await github.api('GET', `git/commits/${ours}`)
    const merged = async (files: object[]) => {
      const other = { path: 'other.txt', mode: '100644', type: 'blob', content: 'other\n' }
      const { body: tree } = await github.api('POST', 'git/trees', { base_tree: head.tree.sha, tree: [other, ...files] })
      return github.pushCommit(branch, tree.sha, [ours, main], `Merge branch 'main' into ${branch}`)
    }
    await merged([])
    github.takeWrites()
    // The check is for the newest commit, whosever it is.
    expect([operationOf(await run(github)), github.takeWrites()]).toEqual(['none', ['POST check-runs']])
    expect([operationOf(await run(github)), github.takeWrites()]).toEqual(['none', []])
    await github.commit('main', { '.env.dev': `${env}CS_2=jobs:celery\n` })
    expect(operationOf(await run(github))).toBe('updated')
    const theirs = await merged([{ path: 'services/api/README.md', mode: '100644', type: 'blob', content: 'resolved\n' }])
    expect([operationOf(await run(github)), await github.head(branch)]).toEqual(['none', theirs])
  })

  it('do not count when they only rebase it onto the base branch', async () => {
    await using github = await FakeGitHub.start({ '.env.dev': env })
    await run(github)
    const main = await github.commit('main', { 'other.txt': 'other\n' })
    const { body: ours } = await github.api('GET', `git/commits/${await github.head(branch)}`)
    const rebase = async (files: object[]) => {
      const other = { path: 'other.txt', mode: '100644', type: 'blob', content: 'other\n' }
      const { body: tree } = await github.api('POST', 'git/trees', { base_tree: ours.tree.sha, tree: [other, ...files] })
      return github.pushCommit(branch, tree.sha, [main], ours.message)
    }
    await rebase([])
    github.takeWrites()
    expect([operationOf(await run(github)), github.takeWrites()]).toEqual(['none', ['POST check-runs']])
    expect([operationOf(await run(github)), github.takeWrites()]).toEqual(['none', []])
    const theirs = await rebase([{ path: 'services/api/README.md', mode: '100644', type: 'blob', content: 'amended\n' }])
    await github.commit('main', { '.env.dev': `${env}CS_2=jobs:celery\n` })
    expect([operationOf(await run(github)), await github.head(branch)]).toEqual(['none', theirs])
  })

  it('keep it open when there is nothing left to do', async () => {
    await using github = await upToDate()
    await github.commit('main', { '.env.dev': env.replace('3001', '3002') })
    await run(github)
    await github.commit(branch, { 'services/api/mine.txt': 'mine\n' })
    await github.commit('main', { '.env.dev': env })
    expect(operationOf(await run(github))).toBe('none')
    expect((await pull(github)).state).toBe('open')
  })

  it('that were merged with it do not stand in the way of the next one', async () => {
    await using github = await FakeGitHub.start({ '.env.dev': env })
    await run(github)
    await github.commit(branch, { 'services/api/mine.txt': 'mine\n' })
    await github.merge(1, 'squash')
    expect([operationOf(await run(github))]).toEqual(['none'])
    await github.commit('main', { '.env.dev': env.replace('3001', '3002') })
    const next = await run(github)
    expect([operationOf(next), next.outputs['pull-request-number']]).toEqual(['created', '2'])
    expect(await github.text(branch, 'services/api/mine.txt')).toBe('mine\n')
  })

  it('made while the run was writing are not lost', async () => {
    await using github = await FakeGitHub.start({ '.env.dev': env })
    await run(github)
    await github.commit('main', { '.env.dev': `${env}CS_2=jobs:celery\n` })
    let theirs = ''
    const meanwhile: Fault = async ({ method, path }) => {
      if (theirs === '' && method === 'POST' && path.endsWith('/git/commits'))
        theirs = await github.commit(branch, { 'mine.txt': 'mine\n' })
      return undefined
    }
    github.faults = [meanwhile]
    const again = await run(github)
    expect([operationOf(again), await github.head(branch)]).toEqual(['none', theirs])
  })
})

describe.concurrent('what is in it', { timeout: 240_000 }, () => {
  it.each(['merge', 'squash', 'rebase'] as const)('%s it, and there is nothing left', async (method) => {
    await using github = await FakeGitHub.start({ '.env.dev': env })
    await run(github)
    await github.merge(1, method)
    github.takeWrites()
    expect([operationOf(await run(github)), github.takeWrites()]).toEqual(['none', []])
  })

  it('is made from the base branch, not from a checkout that differs', async () => {
    await using github = await FakeGitHub.start({ '.env.dev': env })
    using checkout = temporaryProject({ '.env.dev': env.replace('3001', '4444'), 'services/api/Dockerfile': 'FROM scratch\n' })
    const result = await actionAsync(
      checkout.root,
      { command: 'pull-request', token: 'token' },
      { GITHUB_API_URL: github.url, GITHUB_REF: 'refs/heads/main' },
    )
    expect(result.stdout).toContain('::notice title=NB701,file=.env.dev')
    expect(await github.text(branch, 'services/api/Dockerfile')).toContain('EXPOSE 3001')
  })

  it('reads an env file that only the checkout has', async () => {
    await using github = await FakeGitHub.start({ 'README.md': 'x' })
    using checkout = temporaryProject({ '.env.dev': env })
    const result = await actionAsync(
      checkout.root,
      { command: 'pull-request', token: 'token' },
      { GITHUB_API_URL: github.url, GITHUB_REF: 'refs/heads/main' },
    )
    expect(operationOf(result)).toBe('created')
    expect((await github.entries(branch)).has('.env.dev')).toBe(false)
  })

  it('is made of a tree that GitHub sends in parts, and of any number of files that it lacks on disk', async () => {
    await using github = await upToDate()
    await github.commit('main', { '.env.dev': env.replace('3001', '3002') })
    github.faults = [
      async ({ method, path }) => {
        const isWhole = method === 'GET' && /git\/trees\/.*recursive/.test(path)
        if (!isWhole || github.requests.filter((each) => each.path.includes('git/trees')).length > 1) return undefined
        return { status: 200, body: { sha: '', tree: [], truncated: true } }
      },
    ]
    const result = await run(github)
    expect([operationOf(result), JSON.parse(result.outputs.files ?? '[]').includes('services/api/Dockerfile')]).toEqual(['created', true])
    expect(github.requests.filter(({ path }) => /git\/trees\/[0-9a-f]+$/.test(path))).toHaveLength(1)
    expect(await github.text(branch, 'services/api/Dockerfile')).toContain('EXPOSE 3002')
  })

  it('touches no workflow, no secret and no certificate, whatever a template, a lock or a modifier says', async () => {
    const template = {
      'own/mine/template.yml':
        'id: mine\nversion: 1.0.0\ntitle: M\ndescription: M\nlanguage: any\nframework: none\nimage: none\nkind: web\nminimumMemory: 16M\nstopGracePeriod: 10s\nstartPeriod: 10s\nreadOnly: true\nprobe: bash\n',
      'own/mine/Dockerfile': 'FROM scratch\n',
      'own/mine/.env': 'A=1\n',
      'own/mine/.github/workflows/x.yml': 'on: push\n',
      'own/mine/ssl/key.pem': 'key\n',
    }
    const base = 'a'.repeat(64)
    const hostile = JSON.stringify({
      lockVersion: 1,
      services: {
        web: {
          ...{ slot: 2, template: 'mine', version: '0.9.0', orphaned: false },
          inputs: { name: 'web', port: 3002, project: 'shop' },
          files: { '.github/workflows/x.yml': { class: 'merge', mode: '644', state: 'tracked', base: `sha256:${base}` } },
        },
      },
    })
    const paths = { '.github/workflows/ci.yml': 'on: push\n', 'ssl/key.pem': 'secret\n', 'services/web/.env': 'B=1\n' }
    const lines = `${env.replace('express-ts', 'mine')}CS_2=web:mine:3002\nCS_3=ci:mine:3003\nCS_3_PATH=.github/workflows\n`
    await using github = await FakeGitHub.start({ '.env.dev': lines, ...paths, 'services/.scaffold/lock.json': hostile })
    using checkout = temporaryProject(template)
    const result = await actionAsync(
      checkout.root,
      { command: 'pull-request', token: 'token', templates: 'own' },
      { GITHUB_API_URL: github.url, GITHUB_REF: 'refs/heads/main' },
    )
    expect(result.stdout).toContain('::warning title=NB710')
    const before = await github.entries('main')
    const after = await github.entries(branch)
    const changed = [...new Set([...before.keys(), ...after.keys()])].filter((path) => before.get(path)?.sha !== after.get(path)?.sha)
    expect(changed).toContain('services/api/Dockerfile')
    expect(changed.filter((path) => /\.github|\.env|(?:^|\/)ssl\//i.test(path))).toEqual([])
  })

  it('changes nothing of a project among the workflows', async () => {
    await using github = await FakeGitHub.start({ '.github/workflows/.env.dev': env })
    const result = await run(github, { 'working-directory': '.github/workflows' })
    expect([operationOf(result), github.takeWrites()]).toEqual(['none', []])
    expect(result.stdout).toContain('::warning title=NB710')
  })

  it('stays within the working directory', async () => {
    await using github = await FakeGitHub.start({ 'apps/shop/.env.dev': env, 'docker-compose.yml': 'not ours\n' })
    const result = await run(github, { 'working-directory': 'apps/shop' })
    expect(operationOf(result)).toBe('created')
    const own = `${branch}@apps-shop`
    expect(result.outputs['pull-request-branch']).toBe(own)
    const paths = [...(await github.entries(own)).keys()].filter((path) => path !== 'docker-compose.yml' && path !== 'README.md')
    expect(paths.filter((path) => !path.startsWith('apps/shop/'))).toEqual([])
    expect(paths).toContain('apps/shop/docker-compose.yml')
    expect((await pull(github)).title).toBe('Regenerate the nself files: api (apps/shop)')
  })

  it('is one for each project of a repository, and neither touches the other', async () => {
    await using github = await FakeGitHub.start({ 'apps/shop/.env.dev': env, 'apps/blog/.env.dev': env.replace('=shop', '=blog') })
    const first = await run(github, { 'working-directory': 'apps/shop' })
    const second = await run(github, { 'working-directory': 'apps/blog' })
    expect([operationOf(first), operationOf(second)]).toEqual(['created', 'created'])
    expect(second.outputs['pull-request-number']).not.toBe(first.outputs['pull-request-number'])
    github.takeWrites()
    expect([operationOf(await run(github, { 'working-directory': 'apps/shop' })), github.takeWrites()]).toEqual(['none', []])
    expect(await github.text(`${branch}@apps-shop`, 'apps/shop/docker-compose.yml')).toContain('name: shop')
    expect(await github.text(`${branch}@apps-blog`, 'apps/blog/docker-compose.yml')).toContain('name: blog')
  })

  it('has other environments when they are asked for', async () => {
    await using github = await FakeGitHub.start({
      '.env.dev': env,
      '.env.prod': 'BASE_DOMAIN=example.com\n',
      '.env': 'PROJECT_NAME=shop\n',
    })
    await run(github, { environments: 'production' })
    expect(await github.text(branch, 'deploy/production/docker-compose.yml')).toContain('services:')
    await github.merge(1, 'merge')
    github.takeWrites()
    expect([operationOf(await run(github, { environments: 'production' })), github.takeWrites()]).toEqual(['none', []])
  })

  it('merges edits, and brings back an executable bit that was lost', async () => {
    await using github = await upToDate()
    const readme = await github.text('main', 'services/api/README.md')
    await github.commit('main', {
      '.env.dev': env.replace('3001', '3002'),
      'services/api/README.md': `${readme}\n## Größe\n\nMine.\n`,
      'services/.scaffold/compose': await github.text('main', 'services/.scaffold/compose'),
    })
    expect(operationOf(await run(github))).toBe('created')
    const files = await github.files(branch)
    expect(files.get('services/.scaffold/compose')?.mode).toBe('100755')
    const merged = files.get('services/api/README.md')?.content.toString('utf8')
    expect(merged).toContain(':3002')
    expect(merged?.endsWith('\n## Größe\n\nMine.\n')).toBe(true)
  })

  it('keeps the line endings of the branch, and Unicode to the byte', async () => {
    await using github = await upToDate()
    const dockerfile = await github.text('main', 'services/api/Dockerfile')
    await github.commit('main', {
      '.env.dev': env.replace('3001', '3002'),
      'services/api/Dockerfile': `# \ufeffñandú 🚀 \u2028\n${dockerfile}`.replaceAll('\n', '\r\n'),
    })
    await run(github)
    const merged = await github.text(branch, 'services/api/Dockerfile')
    expect(merged).toBe(`# \ufeffñandú 🚀 \u2028\n${dockerfile.replaceAll('3001', '3002')}`.replaceAll('\n', '\r\n'))
  })

  it('is a handful of writes, also for 40 services', async () => {
    const frameworks = ['express-ts', 'nest-ts', 'fastapi', 'django-rest']
    const lines = Array.from({ length: 40 }, (_, index) => `CS_${index + 1}=s${index}:${frameworks[index % 4]}\n`).join('')
    await using github = await FakeGitHub.start({ '.env.dev': env.replace(/CS_1=.*\n/, '') + lines })
    const result = await run(github)
    const files = (await github.entries(branch)).size
    const writes = github.takeWrites()
    expect([operationOf(result), files > 600]).toEqual(['created', true])
    expect(writes.filter((write) => write === 'POST git/trees').length).toBeLessThanOrEqual(4)
    expect(writes.filter((write) => write !== 'POST git/trees')).toEqual(opening.slice(2))
    expect((await pull(github)).body.length).toBeLessThan(65_536)
    expect(github.requests.length).toBeLessThan(20)
  })

  it('comes in one per service when it is to be split', async () => {
    const lines = `${env}CS_2=web:express-ts:3005:web\n`
    await using github = await upToDate(lines)
    await github.commit('main', { '.env.dev': `${lines.replace('3001', '3002').replace('3005', '3006')}CS_3=jobs:celery\n` })
    const result = await run(github, { split: 'service' })
    const all = JSON.parse(result.outputs['pull-requests'] ?? '[]')
    expect(all.map((each: Record<string, string>) => each['pull-request-branch'])).toEqual([branch, `${branch}--api`, `${branch}--web`])
    expect(await github.text(`${branch}--api`, 'services/api/Dockerfile')).toContain('EXPOSE 3002')
    expect(await github.text(`${branch}--api`, 'services/web/Dockerfile')).toContain('EXPOSE 3005')
    expect(await github.text(branch, 'services/api/Dockerfile')).toContain('EXPOSE 3001')
    expect(await github.text(branch, 'services/jobs/Dockerfile')).toContain('FROM')
    expect(operationOf(await run(github, { split: 'service' }))).toBe('none')
    await github.commit('main', { '.env.dev': `${lines.replace('3001', '3002')}CS_3=jobs:celery\n` })
    await run(github, { split: 'service' })
    const open = async () =>
      (await github.api('GET', 'pulls?state=open')).body.map(({ head }: { head: { ref: string } }) => head.ref).sort()
    expect(await open()).toEqual([branch, `${branch}--api`])
    await run(github)
    expect(await open()).toEqual([branch])
  })
})

describe.concurrent('conflicts', { timeout: 240_000 }, () => {
  const conflicting = async () => {
    const github = await upToDate()
    const readme = await github.text('main', 'services/api/README.md')
    await github.commit('main', {
      '.env.dev': env.replace('3001', '3002'),
      'services/api/README.md': readme.replace('http://api:3001', 'http://mine:3001'),
    })
    return github
  }

  const checksOf = async (github: FakeGitHub, sha: string): Promise<string[][]> =>
    (await github.api('GET', `commits/${sha}/check-runs`)).body.check_runs.map(({ name, conclusion }: Record<string, string>) => [
      name,
      conclusion,
    ])

  it('come in a commit of their own, with both sides in the body, and fail a check', async () => {
    await using github = await conflicting()
    expect(operationOf(await run(github, { 'on-conflict': 'markers' }))).toBe('created')
    const { body: last } = await github.api('GET', `git/commits/${await github.head(branch)}`)
    const first = last.parents[0].sha
    expect(last.message).toContain('With the conflicts of scaffolds')
    expect(await github.text(first, 'services/api/README.md')).not.toContain('<<<<<<<')
    expect(await github.text(first, 'services/api/Dockerfile')).toContain('EXPOSE 3002')
    expect(await github.text(branch, 'services/api/README.md')).toContain('<<<<<<< yours')
    const { body } = await pull(github)
    expect(body).toContain('### Conflicts: 1')
    expect(body).toContain('http://mine:3001')
    expect(body).toContain('http://api:3002')
    expect(await checksOf(github, last.sha)).toEqual([['nself/merge', 'failure']])
    github.takeWrites()
    expect([operationOf(await run(github, { 'on-conflict': 'markers' })), github.takeWrites()]).toEqual(['none', []])
    const resolved = (await github.text(branch, 'services/api/README.md'))
      .replace(/<<<<<<<[\s\S]*?=======\n/, '')
      .replace(/>>>>>>> .*\n/, '') as string
    const theirs = await github.commit(branch, { 'services/api/README.md': resolved })
    await run(github, { 'on-conflict': 'markers' })
    expect(await checksOf(github, theirs)).toEqual([['nself/merge', 'success']])
  })

  it('are looked for at once in what someone pushes to its branch', async () => {
    await using github = await conflicting()
    await run(github, { 'on-conflict': 'markers' })
    const onItsBranch = { GITHUB_REF: `refs/heads/${branch}` }
    github.takeWrites()
    expect([(await run(github, {}, onItsBranch)).exitCode, github.takeWrites()]).toEqual([0, []])
    const other = await github.commit(branch, { 'services/api/mine.txt': 'mine\n' })
    await run(github, {}, onItsBranch)
    expect(await checksOf(github, other)).toEqual([['nself/merge', 'failure']])
    const resolved = await github.commit(branch, { 'services/api/README.md': '# Resolved\n\nA heading of old\n=======\n' })
    await run(github, {}, onItsBranch)
    expect(await checksOf(github, resolved)).toEqual([['nself/merge', 'success']])
  })

  it('do not hold up the rest, and are told, when the user’s version is to stay', async () => {
    await using github = await conflicting()
    const result = await run(github)
    expect(operationOf(result)).toBe('created')
    expect(result.stdout).toContain('::warning title=NB516')
    expect((await pull(github)).body).toContain('| NB516 |')
    expect(await github.text(branch, 'services/api/README.md')).toContain('http://mine:3001')
  })
})

describe.concurrent('first runs that fail', { timeout: 240_000 }, () => {
  const refuse =
    (pattern: RegExp, status: number, message: string, headers: Record<string, string> = {}): Fault =>
    ({ method, path }) =>
      pattern.test(`${method} ${path}`) ? { status, body: { message }, headers } : undefined

  it.each<[string, Fault, string, string]>([
    [
      'Actions may not create pull requests',
      refuse(/^POST .*\/pulls$/, 403, 'GitHub Actions is not permitted to create or approve pull requests.'),
      'NB702',
      '/acme/shop/compare/main...nself/update/main?quick_pull=1',
    ],
    [
      'the token may not write',
      refuse(/^POST .*\/git\/trees$/, 403, 'Resource not accessible by integration', { 'x-accepted-github-permissions': 'contents=write' }),
      'NB703',
      'contents: write',
    ],
    ['the token is not valid', refuse(/./, 401, 'Bad credentials'), 'NB703', 'renew the token'],
    ['the repository is not seen', refuse(/^GET \/repos\/acme\/shop$/, 404, 'Not Found'), 'NB711', 'Check GITHUB_REPOSITORY'],
    [
      'a rule protects the branch',
      refuse(/^POST .*\/git\/refs$/, 422, 'Repository rule violations found: Cannot create ref due to creations being restricted.'),
      'NB704',
      'nself/**',
    ],
    ['the repository is archived', refuse(/^POST .*\/git\/trees$/, 403, 'Repository was archived so is read-only.'), 'NB705', 'Unarchive'],
    [
      'the rate limit lasts',
      refuse(/^POST .*\/git\/trees$/, 403, 'API rate limit exceeded', { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': '4102444800' }),
      'NB706',
      'in an hour',
    ],
    ['GitHub is down', refuse(/^GET .*\/git\/trees/, 422, 'Server sent nonsense'), 'NB712', 'Run the job again'],
  ])('%s', async (_, fault, code, fix) => {
    await using github = await FakeGitHub.start({ '.env.dev': env })
    github.faults = [fault]
    const { exitCode, stdout, stderr, outputs } = await run(github)
    expect(exitCode).toBe(1)
    expect(stdout).toContain(`::error title=${code}::`)
    expect(stdout).toContain(fix)
    expect(stdout + stderr).not.toMatch(/ at .*\.js:|bug in nself/)
    expect(outputs['pull-request-operation']).toBe('none')
    expect(stdout).toContain(code === 'NB702' ? 'The branch nself/update/main is written' : 'Nothing was written')
    github.faults = []
    expect(operationOf(await run(github))).toBe('created')
  })

  it('waits as long as a secondary rate limit asks, and goes on', async () => {
    await using github = await FakeGitHub.start({ '.env.dev': env })
    let refusals = 2
    github.faults = [
      ({ method, path }) =>
        method === 'POST' && path.endsWith('/git/commits') && refusals-- > 0
          ? { status: 403, body: { message: 'You have exceeded a secondary rate limit. Please wait.' }, headers: { 'retry-after': '1' } }
          : undefined,
    ]
    const result = await run(github)
    expect(operationOf(result)).toBe('created')
    expect(result.stdout.match(/secondary rate limit reached at POST .*; waiting 1 s/g)).toHaveLength(2)
  })

  it('tries again when GitHub answers 502', async () => {
    await using github = await FakeGitHub.start({ '.env.dev': env })
    let failures = 1
    github.faults = [
      ({ path }) => (path.endsWith('/pulls') && failures-- > 0 ? { status: 502, body: { message: 'Bad gateway' } } : undefined),
    ]
    expect(operationOf(await run(github))).toBe('created')
  })

  it('takes the pull request that another run has opened meanwhile', async () => {
    await using github = await FakeGitHub.start({ '.env.dev': env })
    let isFirst = true
    github.faults = [
      async ({ method, path, body }) => {
        if (!isFirst || method !== 'POST' || !path.endsWith('/pulls')) return undefined
        isFirst = false
        await github.api('POST', 'pulls', { ...body, title: 'The other run' })
        return undefined
      },
    ]
    const result = await run(github)
    expect([result.exitCode, result.outputs['pull-request-number']]).toEqual([0, '1'])
    expect((await github.api('GET', 'pulls?state=all')).body).toHaveLength(1)
  })

  it('waits until what it has opened is there for labels, too', async () => {
    await using github = await FakeGitHub.start({ '.env.dev': env })
    let refusals = 1
    github.faults = [
      ({ path }) =>
        path.endsWith('/issues/1/labels') && refusals-- > 0
          ? { status: 422, body: { message: 'Could not resolve to a node with the global id of PR_1' } }
          : undefined,
    ]
    const result = await run(github, { labels: 'x' })
    expect([operationOf(result), result.stdout.includes('NB713')]).toEqual(['created', false])
    expect((await pull(github)).labels).toHaveLength(1)
  })

  it('says when a label or reviewer is unknown, and keeps the pull request', async () => {
    await using github = await FakeGitHub.start({ '.env.dev': env })
    github.faults = [refuse(/requested_reviewers$/, 422, 'Reviews may only be requested from collaborators.')]
    const result = await run(github, { reviewers: 'nobody', labels: 'x' })
    expect([result.exitCode, operationOf(result)]).toEqual([0, 'created'])
    expect(result.stdout).toContain('::warning title=NB713::The reviewers of the pull request could not be set')
  })

  it('says why checks of a pull request by GITHUB_TOKEN do not start', async () => {
    await using github = await FakeGitHub.start({ '.env.dev': env })
    github.author = 'github-actions[bot]'
    expect((await run(github)).stdout).toContain('::notice title=NB709')
  })

  it('needs a token, and shows none', async () => {
    await using github = await FakeGitHub.start({ '.env.dev': env })
    const without = await run(github, { token: '' })
    expect([without.exitCode, without.stdout.includes('NB605')]).toEqual([1, true])
    const { stdout, stderr, outputs, summary } = await run(github, { token: 'canary-token-1' })
    expect(stdout).toContain('::add-mask::canary-token-1')
    expect(stdout.replace(/^::add-mask::.*$/gm, '') + stderr + JSON.stringify(outputs) + summary + (await pull(github)).body).not.toContain(
      'canary-token',
    )
  })

  it('does nothing on the branch of its own pull request', async () => {
    await using github = await FakeGitHub.start({ '.env.dev': env })
    const result = await run(github, {}, { GITHUB_REF: `refs/heads/${branch}` })
    expect([result.exitCode, operationOf(result), github.takeWrites()]).toEqual([0, 'none', []])
  })
})
