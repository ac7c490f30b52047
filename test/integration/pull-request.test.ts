import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { temporaryProject } from '../support/project.ts'
import { type ActionRun, actionAsync } from './support/bundle.ts'
import { FakeGitHub, type Files } from './support/github.ts'

const env =
  'PROJECT_NAME=shop\nHASURA_ENABLED=false\nAUTH_ENABLED=false\nSERVICES_ENABLED=true\nCS_1=api:express-ts:3001:api\nCS_2=jobs:celery\n'
const branch = 'nself/update/main'

/** Runs the action on a checkout of `files`; without them there is none. */
async function pullRequest(github: FakeGitHub, inputs: Record<string, string> = {}, files: Files = {}, outer: Record<string, string> = {}): Promise<ActionRun> {
  const flat = Object.fromEntries(Object.entries(files).map(([path, file]) => [path, typeof file === 'string' || Buffer.isBuffer(file) ? file : file.content]))
  using checkout = temporaryProject(flat)
  return actionAsync(checkout.root, { command: 'pull-request', token: 'token', ...inputs }, { GITHUB_API_URL: github.url, GITHUB_REF: 'refs/heads/main', ...outer })
}

describe.concurrent('one pull request', () => {
  it('create, update, none, close', async () => {
    await using github = await FakeGitHub.start({ '.env.dev': env })
    const first = await pullRequest(github)
    console.log(first.stdout, first.stderr, first.outputs)
    console.log(github.takeWrites())
    const second = await pullRequest(github)
    console.log(second.stdout, second.outputs, github.requests.map(r => r.method + ' ' + r.path))
    console.log(github.takeWrites())
    console.log((await github.api('GET', 'pulls/1')).body.body)
  })
})
