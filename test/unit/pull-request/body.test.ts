import { describe, expect, it } from 'vitest'
import { composeBody, type Report, renewBody, stateOf, titleHash } from '../../../action/pull-request/body.ts'
import { conflictsIn } from '../../../action/pull-request/conflicts.ts'
import { effectsOf } from '../../../action/pull-request/effects.ts'
import { ApiProblem, compareLink, explainProblem } from '../../../action/pull-request/failures.ts'
import { serviceNews } from '../../../action/pull-request/service-news.ts'
import type { Lock } from '../../../action/scaffold/lock.ts'
import { withMarkers } from '../../../action/scaffold/merge/markers.ts'
import { projectOf } from '../../support/project.ts'

const empty: Report = { intro: '', base: 'main', prefix: '', services: [], effects: new Map(), edits: [], diagnostics: [] }
const state = { edits: 'e'.repeat(64), title: titleHash('A title') }
const plain = (text: string) => text
const edit = (path: string, text: string) => ({ path, before: undefined, after: { mode: '100644', sha: '1', content: Buffer.from(text) } })
const conflict = `${withMarkers(['mine\n'], ['was\n'], ['theirs\n'], { theirs: 'template express-ts 1.2.0' })
  .map((line) => line.replace(/\n?$/, '\n'))
  .join('')}`

describe('the body', () => {
  it.each([1, 100, 2_000, 20_000])('fits, with %d services, files and conflicts', (count) => {
    const long = (index: number) => `s${index}-${'x'.repeat(60)}`
    const all = Array.from({ length: count }, (_, index) => index)
    const report: Report = {
      ...empty,
      services: all.map((index) => ({ name: long(index), reason: 'new', line: 'CS_1', files: 1 })),
      effects: new Map([['production', all.map(long)]]),
      edits: all.map((index) => edit(`services/${long(index)}`, conflict)),
      diagnostics: all.map((index) => ({ code: 'NB516', severity: 'warning', message: long(index), fix: long(index) })),
    }
    const body = composeBody(report, state, plain)
    expect(body.length).toBeLessThan(65_536)
    expect(stateOf(body)).toEqual(state)
    expect(body).toContain(count > 500 ? '…and' : long(0))
  })

  it('says so when even the shortest report is too long', () => {
    const body = composeBody({ ...empty, intro: 'x'.repeat(70_000) }, state, plain)
    expect([body.length < 65_536, stateOf(body)]).toEqual([true, state])
  })

  it('hides secrets', () =>
    expect(composeBody({ ...empty, intro: 'a canary b' }, state, (text) => text.replaceAll('canary', '***'))).not.toContain('canary'))

  it('shows both sides of a conflict, whatever they hold', () => {
    const hostile = conflict.replace('mine', '```\n<!-- x -->')
    const body = composeBody({ ...empty, prefix: 'apps/shop/', edits: [edit('services/api/a.ts', hostile)] }, state, plain)
    expect(body).toContain(
      '**apps/shop/services/api/a.ts**, line 1: yours\n\n````\n```\n<!-- x -->\n````\n\ntemplate express-ts 1.2.0:\n\n```\ntheirs\n```',
    )
  })

  it('has its marks once, whatever the text holds', () => {
    const other = composeBody(empty, { edits: 'f'.repeat(64), title: '' }, plain)
    const body = composeBody({ ...empty, intro: other, edits: [edit('services/api/a.ts', conflict.replace('mine', other))] }, state, plain)
    expect([stateOf(body), renewBody(body, 'New.')]).toEqual([state, 'New.'])
  })

  it('is renewed between its marks; text around it stays', () => {
    const [old, now] = [composeBody(empty, state, plain), composeBody({ ...empty, intro: 'New.' }, state, plain)]
    expect(renewBody(`Above.\r\n${old.replaceAll('\n', '\r\n')}\r\nBelow.`, now)).toBe(`Above.\n${now}\nBelow.`)
    expect(renewBody('All mine.', now)).toBeUndefined()
  })

  it.each([
    '',
    '<!-- /nself-build {"v":2} -->',
    '<!-- /nself-build {x} -->',
    '<!-- /nself-build {"v":1,"edits":1} -->',
  ])('%j holds no state', (text) => expect(stateOf(text)).toBeUndefined())
})

describe('conflicts', () => {
  it('are found with their lines, on any line endings', () => {
    const text = `one\n${conflict}two\n${conflict}`
    expect(conflictsIn(text).map(({ line, ours, theirs, label }) => [line, ours, theirs, label])).toEqual([
      [2, 'mine', 'theirs', 'template express-ts 1.2.0'],
      [10, 'mine', 'theirs', 'template express-ts 1.2.0'],
    ])
    expect(conflictsIn(text.replaceAll('\n', '\r\n'))).toEqual(conflictsIn(text))
    expect(conflictsIn('<<<<<<< HEAD\na\n=======\nb\n>>>>>>> x\n')).toEqual([])
  })
})

describe('the effects on an environment', () => {
  const compose = (memory: string, ports = '["127.0.0.1:3001:3001"]', more = '') =>
    `services:\n  api:\n    image: a\n    ports: ${ports}\n    deploy: {replicas: 1, resources: {limits: {cpus: "1", memory: ${memory}}}}\n${more}`

  it('are what is new, gone and different', () => {
    const before = { compose: compose('1G'), sites: ['server { server_name a.example.com; }'] }
    const after = {
      compose: compose('2G', '["127.0.0.1:3002:3002"]', '  redis: {image: r}\n'),
      sites: ['server { server_name b.example.com; }'],
    }
    expect(effectsOf(before, after)).toEqual([
      'new service: redis',
      'new domain: b.example.com',
      'gone domain: a.example.com',
      'new port: 127.0.0.1:3002:3002 (api)',
      'gone port: 127.0.0.1:3001:3001 (api)',
      'api: memory 1G → 2G',
    ])
    expect(effectsOf(before, before)).toEqual([])
  })

  it('are variables, by name, and rate limits', () => {
    const stack = (environment: string, rate: string) => ({
      compose: `services:\n  api:\n    environment: ${environment}\n`,
      sites:
        rate === '' ? [] : [`limit_req_zone $binary_remote_addr zone=rate_api:10m rate=${rate};\nserver { server_name a.example.com; }`],
    })
    expect(effectsOf(stack('{A: "1", B: "secret", D: "1"}', '100r/m'), stack('{A: "1", B: "2", C: "x"}', '5r/s'))).toEqual([
      'api: new variable: C',
      'api: gone variable: D',
      'api: changed variable: B',
      'api: rate limit 100r/m → 5r/s',
    ])
    expect(effectsOf(stack('{}', ''), stack('{}', '5r/s'))).toContain('api: rate limit none → 5r/s')
  })

  it('survive a compose file that is none', () =>
    expect(effectsOf({ compose: '{', sites: [] }, { compose: compose('1G'), sites: [] })).toContain('new service: api'))
})

describe('the news of services', () => {
  const project = projectOf('SERVICES_ENABLED=true\nCS_1=api:express-ts:3001\n')
  const locked = (version: string, port = 3001, slot = 1, orphaned = false) => ({
    slot,
    template: 'express-ts',
    version,
    inputs: { name: 'api', port, project: 'shop' },
    orphaned,
    files: {},
  })
  const lock = (services: Lock['services']): Lock => ({ services })

  it.each<[string, Lock, Lock, string[]]>([
    ['new', lock({}), lock({ api: locked('1.0.0') }), ['api: new, from express-ts 1.0.0']],
    ['a version', lock({ api: locked('1.0.0') }), lock({ api: locked('1.1.0') }), ['api: express-ts 1.0.0 → 1.1.0']],
    ['a port', lock({ api: locked('1.0.0') }), lock({ api: locked('1.0.0', 3002) }), ['api: port 3001 → 3002']],
    ['renamed', lock({ old: locked('1.0.0') }), lock({ api: locked('1.0.0') }), ['api: renamed from old', 'old: renamed or removed']],
    ['orphaned', lock({ web: locked('1.0.0') }), lock({ web: locked('1.0.0', 3001, 1, true) }), ['web: its line is gone; the files stay']],
    ['named like a part of objects', lock({}), lock({ constructor: locked('1.0.0') }), ['constructor: new, from express-ts 1.0.0']],
    ['nothing', lock({ api: locked('1.0.0') }), lock({ api: locked('1.0.0') }), []],
  ])('%s', (_, before, after, news) =>
    expect(serviceNews(before, after, [], project).map(({ name, reason }) => `${name}: ${reason}`)).toEqual(news))
})

describe('a failure', () => {
  const attempt = {
    repository: 'acme/shop',
    url: 'https://github.example/acme/shop',
    base: 'main',
    branch: 'nself/update/main',
    isPushed: false,
  }
  const problem = (status: number | undefined, message: string, what = 'write the files') =>
    new ApiProblem(what, { status, message, needed: undefined, remaining: undefined })

  it.each<[ApiProblem, string]>([
    [problem(403, 'GitHub Actions is not permitted to create or approve pull requests.'), 'NB702'],
    [problem(403, 'Resource not accessible by integration'), 'NB703'],
    [problem(404, 'Not Found'), 'NB703'],
    [problem(404, 'Not Found', 'read the repository'), 'NB711'],
    [problem(422, 'Cannot force-push to this branch'), 'NB704'],
    [problem(409, 'Changes must be made through a pull request. protected branch hook declined'), 'NB704'],
    [problem(403, 'Repository was archived so is read-only.'), 'NB705'],
    [problem(429, 'You have exceeded a secondary rate limit'), 'NB706'],
    [problem(500, 'Oops'), 'NB712'],
    [problem(undefined, 'connect ECONNREFUSED'), 'NB712'],
  ])('%s is explained', (error, code) => {
    const { code: found, fix, message } = explainProblem(error, attempt)
    expect(found).toBe(code)
    expect(fix.length).toBeGreaterThan(10)
    if (code !== 'NB705' && code !== 'NB711') expect(message).toContain('Nothing was written')
  })

  it('says that the branch is written, and gives the page that opens the pull request', () => {
    const { message, fix } = explainProblem(problem(403, 'GitHub Actions is not permitted to create or approve pull requests.'), {
      ...attempt,
      isPushed: true,
    })
    expect(message).toContain('The branch nself/update/main is written.')
    expect(fix).toContain('https://github.example/acme/shop/compare/main...nself/update/main?quick_pull=1')
  })

  it('escapes what a branch may be called', () =>
    expect(compareLink({ ...attempt, base: 'a#b', branch: 'c d/e' })).toContain('/compare/a%23b...c%20d/e?'))
})
