import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { deployInputs } from '../../../action/inputs/deploy.ts'
import { imageInputs } from '../../../action/inputs/images.ts'
import { pullRequestInputs } from '../../../action/inputs/pull-request.ts'
import { commandNames, inputDefinitions } from '../../../action/inputs.ts'
import { outputDefinitions } from '../../../action/outputs.ts'
import { tool } from '../../support/project.ts'
import { all, type Call, inDocs, inSubfolders, type Job, own, ownAction, reusable, starters, type WorkflowDocument } from './documents.ts'

const isOurs = (uses: string) => uses === './' || uses === `$/${ownAction}` || /^nself\/build-action@v1$/.test(uses)
const callee = (uses: string) =>
  reusable.find(({ place }) => place === uses.replace(/^(?:nself\/build-action|\$)\//, '').replace(/@.*$/, ''))
const jobsOf = ({ workflow }: WorkflowDocument) => Object.entries(workflow.jobs)
const list = (needs: Job['needs']) => (needs === undefined ? [] : typeof needs === 'string' ? [needs] : [...needs])
const expressions = (value: unknown) => [...JSON.stringify(value ?? '').matchAll(/\$\{\{(.*?)\}\}/g)].map(([, inner = '']) => inner)

/** A caller passes only what the called workflow takes, and all that it requires. */
function expectArguments(job: Job, { inputs = {}, secrets = {} }: Call): void {
  expect(Object.keys(inputs)).toEqual(expect.arrayContaining(Object.keys(job.with ?? {})))
  const missing = Object.entries(inputs).filter(([input, { required }]) => required === true && !(input in (job.with ?? {})))
  expect(missing.map(([input]) => input)).toEqual([])
  if (job.secrets !== 'inherit') expect(Object.keys(secrets)).toEqual(expect.arrayContaining(Object.keys(job.secrets ?? {})))
}

describe.each(all.map((document) => [document.place, document] as const))('%s', (_, document) => {
  it('names inputs and outputs of the action that exist', () => {
    for (const [name, job] of jobsOf(document))
      for (const step of job.steps ?? []) {
        if (step.uses === undefined || !isOurs(step.uses)) continue
        const unknown = Object.keys(step.with ?? {}).filter((key) => key !== 'command' && !(key in inputDefinitions))
        expect({ job: name, unknown }).toEqual({ job: name, unknown: [] })
      }
    const steps = new Map(
      jobsOf(document).flatMap(([, { steps: all = [] }]) => all.flatMap(({ id, uses }) => (id === undefined ? [] : [[id, uses]]))),
    )
    for (const expression of expressions(document.workflow.jobs))
      for (const [, id = '', output = ''] of expression.matchAll(/steps\.([\w-]+)\.outputs\.([\w-]+)/g)) {
        const uses = steps.get(id)
        expect(steps.has(id), `${expression}: no step has that id`).toBe(true)
        if (uses !== undefined && isOurs(uses)) expect(outputDefinitions, expression).toHaveProperty(output)
      }
  })

  it('calls workflows that exist, with inputs and secrets that they have, and the permissions that they need', () => {
    for (const [name, job] of jobsOf(document)) {
      if (job.uses === undefined) continue
      const called = callee(job.uses)
      expect(called, `${name}: ${job.uses}`).toBeDefined()
      expectArguments(job, called?.workflow.on.workflow_call ?? {})
      for (const inner of Object.values(called?.workflow.jobs ?? {}))
        for (const [scope, wanted] of Object.entries(inner.permissions ?? {}))
          expect([wanted, 'write'], `${name}: ${scope} of ${job.uses}`).toContain(job.permissions?.[scope])
    }
  })

  it('needs jobs that exist, and reads outputs that they have', () => {
    const { jobs } = document.workflow
    for (const [name, job] of jobsOf(document)) {
      for (const needed of list(job.needs)) expect(jobs, name).toHaveProperty(needed)
      for (const expression of expressions(job))
        for (const [, needed = '', output = ''] of expression.matchAll(/needs\.([\w-]+)\.outputs\.([\w-]+)/g)) {
          expect(list(job.needs), expression).toContain(needed)
          const other = jobs[needed]
          const outputs = other?.uses === undefined ? other?.outputs : callee(other.uses)?.workflow.on.workflow_call?.outputs
          expect(outputs, expression).toHaveProperty(output)
        }
    }
  })

  it('hands out outputs that its jobs have', () => {
    const { jobs } = document.workflow
    for (const [, { value }] of Object.entries(document.workflow.on.workflow_call?.outputs ?? {}))
      for (const [, job = '', output = ''] of value.matchAll(/jobs\.([\w-]+)\.outputs\.([\w-]+)/g))
        expect(jobs[job]?.outputs, value).toHaveProperty(output)
  })

  it('puts no expression into a script', () => {
    for (const [, job] of jobsOf(document)) for (const { run } of job.steps ?? []) expect(run ?? '').not.toContain('${{')
  })
})

describe.each([...reusable, ...own, ...starters].map((document) => [document.place, document] as const))('%s', (_, document) => {
  it('gives no permission to the whole workflow but reading', () => {
    expect([{}, { contents: 'read' }]).toContainEqual(document.workflow.permissions)
  })

  it('bounds the time of every job', () => {
    for (const [name, job] of jobsOf(document)) if (job.uses === undefined) expect(job['timeout-minutes'], name).toEqual(expect.any(Number))
  })

  it('hands no secret out', () => {
    for (const [name, { outputs }] of jobsOf(document)) expect(JSON.stringify(outputs ?? {}), name).not.toMatch(/secrets\.|github\.token/)
    expect(JSON.stringify(document.workflow.on.workflow_call?.outputs ?? {})).not.toMatch(/secrets\.|github\.token/)
  })

  it('pins what others wrote by commit', () => {
    for (const [, job] of jobsOf(document))
      for (const { uses } of job.steps ?? [])
        if (uses !== undefined && !isOurs(uses)) expect(uses).toMatch(/^[\w-]+\/[\w./-]+@[0-9a-f]{40}$/)
    // And says which release that is, for people and for Dependabot.
    const pins = document.text.split('\n').filter((line) => /uses: .*@[0-9a-f]{40}/.test(line))
    expect(pins.filter((line) => !/@[0-9a-f]{40} # v\d+\.\d+\.\d+$/.test(line))).toEqual([])
  })
})

// What a call of the reusable workflow cannot say, and why.
const notOffered: Readonly<Record<string, readonly string[]>> = {
  // Images are built for what the registry lacks; the rest is the builder's, which a repository of its own needs steps for.
  build: ['cache-folder', 'no-cache', 'pull', 'provenance', 'sbom', 'builder', 'endpoint', 'digests-file'],
  // Whom a workflow trusts is in the repository, never in a call. It waits, and holds its place in the queue meanwhile.
  // `maintenance` and `public` are of `status`.
  deploy: ['insecure-host-key', 'timeout', 'wait', 'maintenance', 'public'],
  'pull-request': [],
}
const groups = [
  ['build', imageInputs, ['build.yml']],
  ['deploy', deployInputs, ['deploy.yml']],
  ['pull-request', pullRequestInputs, ['update.yml']],
] as const

describe('what anyone can start', () => {
  const forAnyone = all.filter(({ workflow }) =>
    [workflow.on, Object.keys(workflow.on)].flat().some((event) => /^pull_request/.test(String(event))),
  )

  it('is started by nothing that gives the code of a fork secrets or rights', () => {
    for (const { place, text } of all)
      expect(text, place).not.toMatch(/^ *(?:- )?["']?(?:pull_request_target|workflow_run|issue_comment)\b/m)
    expect(forAnyone.map(({ place }) => place)).toEqual(expect.arrayContaining(['workflows/nself.yml', '.github/workflows/ci.yml']))
  })

  it.each(forAnyone.map((document) => [document.place, document] as const))('%s: reads the code, and no secret', (_, document) => {
    for (const [name, job] of jobsOf(document)) {
      if (/github\.event_name (?:== 'push'|!= 'pull_request')/.test(job.if ?? '')) continue
      const { 'security-events': findings = 'none', ...permissions } = job.permissions ?? {}
      // Of a fork's pull request GitHub makes this `read`, whatever stands here; findings of ours are to be shown.
      expect(['none', 'write'], name).toContain(findings)
      expect([{}, { contents: 'read' }], name).toContainEqual(permissions)
      expect(JSON.stringify(job), name).not.toMatch(/secrets\.|"secrets":"inherit"/)
    }
  })
})

describe('a reusable workflow', () => {
  it.each(groups)('offers the inputs of %s', (name, definitions, [file]) => {
    const document = reusable.find(({ place }) => place.endsWith(`/${file}`))
    const given = jobsOf(document as WorkflowDocument).flatMap(([, { steps = [] }]) =>
      steps.flatMap((step) => Object.keys(step.with ?? {})),
    )
    const missing = Object.keys(definitions).filter((input) => !given.includes(input))
    expect(missing.sort()).toEqual([...(notOffered[name] ?? [])].sort())
  })

  it('that changes a machine waits its turn: in one queue per project and environment, where nothing is cancelled or left out', () => {
    const changing = reusable.filter(({ text }) => /command: .*\b(?:deploy|rollback)\b/.test(text))
    expect(changing.map(({ place }) => place)).toEqual(['.github/workflows/deploy.yml', '.github/workflows/rollback.yml'])
    for (const { workflow } of changing)
      expect(workflow.concurrency).toEqual({
        group: 'nself-deploy-${{ inputs.working-directory }}-${{ inputs.environment }}',
        queue: 'max',
        'cancel-in-progress': false,
      })
    // One within the other would wait for itself.
    for (const { workflow } of reusable)
      if (workflow.concurrency !== undefined)
        for (const { uses = '' } of Object.values(workflow.jobs)) expect(callee(uses)?.workflow.concurrency, uses).toBeUndefined()
  })

  it.each(reusable.map((document) => [document.place, document] as const))('%s keeps no credentials in the checkout', (_, document) => {
    const checkouts = jobsOf(document).flatMap(([, { steps = [] }]) => steps.filter(({ uses }) => uses?.startsWith('actions/checkout@')))
    for (const checkout of checkouts) expect(checkout.with).toEqual({ 'persist-credentials': false })
  })

  it.each(
    reusable.map((document) => [document.place, document] as const),
  )('%s runs nothing but a checkout and the action', (_, document) => {
    const uses = jobsOf(document).flatMap(([, { steps = [] }]) => steps.map((step) => step.uses?.replace(/@.*/, '') ?? 'a script'))
    expect(new Set([...uses, 'actions/checkout', `$/${ownAction}`])).toEqual(new Set(['actions/checkout', `$/${ownAction}`]))
  })
})

describe('a starter', () => {
  it.each(starters.map((document) => [document.place, document] as const))('%s is short, calls version 1, and says what it is', (place, {
    text,
    workflow,
  }) => {
    expect(text.trimEnd().split('\n').length).toBeLessThan(25)
    for (const { uses = '' } of Object.values(workflow.jobs))
      expect(uses).toMatch(/^nself\/build-action\/\.github\/workflows\/[a-z]+\.yml@v1$/)
    expect(text).toMatch(/^# [A-Z].*\.\n/)
    const properties = JSON.parse(readFileSync(join(tool, place.replace(/\.yml$/, '.properties.json')), 'utf8'))
    expect(properties).toEqual({
      name: expect.stringMatching(/^nself: ./),
      description: expect.stringMatching(/^[A-Z].*\.$/),
      iconName: expect.stringMatching(/^octicon [a-z-]+$/),
      categories: expect.arrayContaining([expect.any(String)]),
    })
  })

  it('for a project in a subfolder has a name of its own, and gives every call the folder', () => {
    for (const { place, workflow } of inSubfolders) {
      expect(place).toMatch(/^\.github\/workflows\/apps-my-shop-nself(?:-[a-z]+)?\.yml$/)
      expect(workflow.name).toMatch(/^nself.* \(apps\/my shop\)$/)
      for (const job of Object.values(workflow.jobs)) expect(job.with).toMatchObject({ 'working-directory': 'apps/my shop' })
    }
  })
})

describe("this repository's own CI", () => {
  it('tries every command of the action as users get it', () => {
    const ci = own.find(({ place }) => place.endsWith('/ci.yml')) as WorkflowDocument
    const commands = jobsOf(ci).flatMap(([, { steps = [] }]) => steps.flatMap((step) => (step.uses === './' ? [step.with?.command] : [])))
    expect([...new Set(commands)].sort()).toEqual([...commandNames].sort())
  })
})

describe('the documentation', () => {
  it('holds whole workflows', () => {
    expect(inDocs.length).toBeGreaterThan(0)
  })
})
