import { describe, expect, it } from 'vitest'
import { deployResult } from '../../../action/commands/deploy/deploy-report.ts'
import type { HostState } from '../../../action/commands/deploy/deploy-run.ts'
import { diagnose } from '../../../action/config/diagnostics.ts'
import { planHost } from '../../../action/deploy/plan/host-plan.ts'
import { projectOf } from '../../support/project.ts'
import { bundleOf, emptyProbe } from './support.ts'

const lines =
  'SSL_MODE=none\nPOSTGRES_ENABLED=false\nHASURA_ENABLED=false\nAUTH_ENABLED=false\nSERVICES_ENABLED=true\nCS_1=api:gin::api,www\nCS_2=jobs:python\n'
const project = projectOf({ '.env': `PROJECT_NAME=shop\nBASE_DOMAIN=example.com\n${lines}` }, { environment: 'production' })
const { manifest } = bundleOf(lines)
const plan = (host: string, current = 'bbbbbbbbbbbb') => ({
  ...planHost(host, manifest, emptyProbe, { recreate: [], restartEdge: false }),
  current,
})
const failure = diagnose('NB814', 'two: it failed with hunter2-secret.', 'Repair it.')

function report(states: Record<string, HostState>, { isDryRun = false, failed = false } = {}) {
  const outcome = { states: new Map(Object.entries(states)), isDryRun, diagnostics: failed ? [failure] : [] }
  return deployResult(project, [plan('one'), plan('two')], outcome, [], ['hunter2-secret'])
}

describe('what a deploy reports', () => {
  it('a dry run: the plan, in the log and as the summary, and what would change', () => {
    const { exitCode, data, text, summary } = report({}, { isDryRun: true })
    expect({ exitCode, ...data }).toMatchObject({ exitCode: 0, changed: true, 'dry-run': true, release: manifest.release })
    expect(text).toMatch(/\+ +api +create/)
    expect(summary).toContain('## nself: deploy, dry run')
    expect(summary).toMatch(/\| \+ \| api \| create \|/)
    expect(summary).toContain('Plan: ')
  })

  it('a whole deploy: its outputs, with the page of the environment', () => {
    expect(report({ one: 'done', two: 'done' })).toMatchObject({
      exitCode: 0,
      data: {
        changed: true,
        release: manifest.release,
        'previous-release': 'bbbbbbbbbbbb',
        urls: { api: 'http://api.example.com' },
        url: 'http://api.example.com',
        machines: [{ state: 'done' }, { state: 'done' }],
      },
      summary: expect.stringContaining('* api: <http://api.example.com>'),
    })
  })

  it.each<[string, Record<string, HostState>, object]>([
    ['the canary fails', { one: 'failed' }, { changed: false, release: 'bbbbbbbbbbbb' }],
    ['a later one fails, and all go back', { one: 'rolled back', two: 'failed' }, { changed: false, release: 'bbbbbbbbbbbb' }],
    ['a later one fails, and the canary stays', { one: 'done', two: 'failed' }, { changed: true, release: manifest.release }],
  ])('%s: what serves now, and no secret', (_, states, data) => {
    const result = report(states, { failed: true })
    expect(result).toMatchObject({ exitCode: 1, data })
    expect(result.summary).toContain('deploy failed')
    expect(result.summary).toContain('NB814')
    expect(result.summary).not.toContain('hunter2')
  })

  it('a run that is left to itself', () => {
    expect(report({ one: 'running' })).toMatchObject({
      exitCode: 0,
      data: { changed: true, machines: [{ state: 'running' }, { state: 'untouched' }] },
    })
  })
})
