import { afterAll, beforeAll, expect, it } from 'vitest'
import { FakeGitHub } from '../../integration/support/github.ts'
import type { TemporaryProject } from '../../support/project.ts'
import { manifestOf, removeImages, tagsOf } from '../images/support/registry.ts'
import { type RegistryServer, startRegistry } from '../images/support/registry-server.ts'
import { startTokenServer } from '../images/support/token-server.ts'
import { run } from '../support/run.ts'
import { type Event, type Runner, startRunner, type WorkflowRun } from './support/act.ts'
import { commit, nself, repository } from './support/adopter.ts'
import { fromDocs } from './support/from-docs.ts'

const stack = new AsyncDisposableStack()
let runner: Runner
let registry: RegistryServer

beforeAll(async () => {
  runner = stack.use(await startRunner())
  registry = stack.use(await startRegistry())
  stack.defer(() => removeImages(registry.host))
})
afterAll(() => stack.disposeAsync())

const env = (name: string) =>
  `PROJECT_NAME=${name}\nPOSTGRES_ENABLED=false\nHASURA_ENABLED=false\nAUTH_ENABLED=false\nSERVICES_ENABLED=true\nCS_1=one:custom:3001\nCS_2=two:custom:3002\n`
/** Images of files alone, so that they can be built for every platform. */
const dockerfiles = (folder: string) =>
  Object.fromEntries(
    ['one', 'two'].map((name) => [`${folder}services/${name}/Dockerfile`, `FROM scratch\nCOPY . /${name}\nCMD ["/${name}"]\n`]),
  )

/** A repository with generated projects in `folders` ('' for the whole of it), committed. */
async function generated(...folders: string[]): Promise<TemporaryProject> {
  const project = stack.use(await repository({}))
  for (const folder of folders) {
    const name = folder === '' ? 'shop' : (folder.split('/').at(-1) as string)
    const files = { [`${folder && `${folder}/`}.env.dev`]: env(name), ...dockerfiles(folder && `${folder}/`) }
    for (const [path, text] of Object.entries(files)) project.write(path, text)
    await nself(project.path(folder), ['generate'])
  }
  await commit(project, 'Adopt nself')
  return project
}

/** Runs a workflow of the documentation in a repository, with what its reader replaces. */
async function follow(
  project: TemporaryProject,
  text: string,
  replaced: Record<string, string>,
  event: Partial<Event> = {},
): Promise<WorkflowRun> {
  let own = text
  for (const [theirs, ours] of Object.entries(replaced)) {
    expect(own).toContain(theirs)
    own = own.replaceAll(theirs, ours)
  }
  project.write('.github/workflows/page.yml', own)
  const result = await runner.run(project.root, { event: 'push', workflow: 'page.yml', ...event })
  expect({ exitCode: result.exitCode, log: result.exitCode === 0 ? '' : result.log }).toEqual({ exitCode: 0, log: '' })
  return result
}

const platforms = async (image: string) =>
  (
    JSON.parse((await manifestOf(`${registry.host}/acme/${image}`, 'main')).text) as { manifests: { platform: { architecture: string } }[] }
  ).manifests
    .map(({ platform }) => platform.architecture)
    .filter((architecture) => architecture !== 'unknown')
    .sort()

it('the smallest workflow of the README', async () => {
  const { jobs } = await follow(await generated(''), fromDocs('README.md', 'In a repository'), {}, { event: 'pull_request' })
  expect(jobs).toEqual(['check'])
})

it('several projects in one repository', async () => {
  const folders = ['apps/shop', 'apps/blog']
  const project = await generated(...folders)
  await follow(project, fromDocs('docs/workflows.md', 'Several projects in one repository'), {
    '    with:\n': `    with:\n      registry: ${registry.host}/several\n`,
  })
  for (const image of ['shop-one', 'shop-two', 'blog-one', 'blog-two'])
    expect(await tagsOf(`${registry.host}/several/${image}`), image).toContain('main')

  // And with what `init` writes for each.
  for (const folder of folders) await nself(project.path(folder), ['init'])
  const file = '.github/workflows/apps-blog-nself.yml'
  project.write(file, project.read(file).replace(/(build\.yml@v1\n {4}with:\n)/, `$1      registry: ${registry.host}/several\n`))
  const { exitCode, jobs, outputs } = await runner.run(project.root, { event: 'push', workflow: 'apps-blog-nself.yml' })
  expect({ exitCode, jobs, reused: outputs.reused }).toEqual({ exitCode: 0, jobs: ['check', 'plan'], reused: '["one","two"]' })
})

it('a private registry', async () => {
  const closed = stack.use(await startRegistry(stack.use(await startTokenServer('ada', 'lovelace')).auth))
  const { log, jobs } = await follow(
    await generated(''),
    fromDocs('docs/workflows.md', 'A private registry'),
    { 'registry.example.com': closed.host },
    { secrets: { REGISTRY_USERNAME: 'ada', REGISTRY_PASSWORD: 'lovelace' } },
  )
  expect(jobs).toEqual(['build one', 'build two', 'finish', 'plan'])
  expect(log).not.toContain('lovelace')
  expect((await fetch(`http://${closed.host}/v2/acme/shop-one/tags/list`)).status).toBe(401)
})

it('self-hosted runners', async () => {
  const text = fromDocs('docs/workflows.md', 'Self-hosted runners')
  const { jobs } = await follow(await generated(''), text, { '    with:\n': `    with:\n      registry: ${registry.host}/own\n` })
  expect(jobs).toEqual(['build one', 'build two', 'finish', 'plan'])
})

it.each([
  ['docs/workflows.md', 'arm64', { '    with:\n': '    with:\n      registry: REGISTRY/acme\n' }],
  ['docs/images.md', 'Many jobs', { 'ghcr.io/acme': 'REGISTRY/acme' }],
])('two platforms, each built by itself and joined: %s', async (page, heading, replaced) => {
  const project = await generated('')
  project.write('services/one/page', page)
  project.write('services/two/page', page)
  if (page === 'docs/images.md') await run('sed', ['-i', 's/PROJECT_NAME=shop/PROJECT_NAME=hand/', project.path('.env.dev')])
  await nself(project.root, ['generate'])
  await commit(project, 'Go on')
  const ours = Object.fromEntries(Object.entries(replaced).map(([theirs, text]) => [theirs, text.replace('REGISTRY', registry.host)]))
  const text = fromDocs(page, heading).replaceAll(
    '          platforms: linux/amd64,linux/arm64\n',
    "          platforms: linux/amd64,linux/arm64\n          tags: '{branch}'\n",
  )
  const { jobs, outputs } = await follow(project, text, ours)
  expect(jobs.filter((job) => job.startsWith('build'))).toHaveLength(4)
  expect(Object.keys(JSON.parse(outputs.images ?? '{}'))).toEqual(['one', 'two'])
  for (const service of ['one', 'two'])
    expect(await platforms(`${page === 'docs/images.md' ? 'hand' : 'shop'}-${service}`)).toEqual(['amd64', 'arm64'])
})

it('beside an nself CLI on the server', async () => {
  const { log } = await follow(await generated(''), fromDocs('docs/workflows.md', 'Beside an nself CLI on the server'), {
    'ghcr.io/acme': `${registry.host}/beside`,
  })
  expect(log).toMatch(/CS_1_IMAGE=\S+\/beside\/shop-one@sha256:[0-9a-f]{64}/)
  expect(log).toMatch(/CS_2_IMAGE=\S+\/beside\/shop-two@sha256:[0-9a-f]{64}/)
})

it.each([
  ['docs/workflows.md', "Checks on the bot's pull requests"],
  ['docs/pull-request.md', 'Pull requests'],
])('the pull request: %s', async (page, heading) => {
  await using github = await FakeGitHub.start({ '.env.dev': env('shop') })
  const project = stack.use(await repository({ '.env.dev': env('shop') }))
  await commit(project, 'Adopt nself')
  const variables = { NSELF_APP_ID: '1' }
  const { outputs } = await follow(
    project,
    fromDocs(page, heading),
    {},
    { variables, secrets: { NSELF_APP_KEY: 'key' }, environment: { GITHUB_API_URL: github.url } },
  )
  expect(outputs['pull-request-operation']).toBe('created')
})
