import { describe, expect, it } from 'vitest'
import type { Host } from '../../../action/commands/deploy/deploy-hosts.ts'
import { type RunSettings, runOnHosts, type Target } from '../../../action/commands/deploy/deploy-run.ts'
import { agentName } from '../../../action/deploy/remote/agent.ts'
import { RemoteError } from '../../../action/deploy/remote/remote-error.ts'
import { bundleOf } from './support.ts'

const bundle = bundleOf('SSL_MODE=none\nPOSTGRES_ENABLED=false\nCS_1=a:gin')
const agent = '# agent'

interface Fake {
  readonly name: string
  /** How the run of a release ends; `ok` where it is not said. `unrestored`: it failed, and not all could be taken back. */
  readonly ends?: Readonly<Record<string, 'ok' | 'failed' | 'unrestored' | 'running' | 'interrupted'>>
  /** How its preparation ends. */
  readonly prepares?: 'ok' | 'failed' | 'interrupted'
  /** The verb at which the connection is refused. */
  readonly refuses?: string
  readonly current?: string
}

function answerOf(verb: string, end: string): string {
  if (verb === 'start') return '{"pid":1,"offset":0}'
  if (verb !== 'follow') return ''
  return `{"offset":0}\n{${end === 'unrestored' ? '"status":"failed","restored":false' : `"status":"${end}"`},"detail":"why"}\n`
}

function fleet(...fakes: readonly Fake[]): { targets: Target[]; log: string[]; commands: string[] } {
  const log: string[] = []
  const commands: string[] = []
  const targets = fakes.map(({ name, ends = {}, prepares = 'ok', refuses, current = 'bbbbbbbbbbbb' }): Target => {
    let started = ''
    const ssh: Host['ssh'] = {
      host: name,
      run: async (command, { onOutput }) => {
        const [, , verb = 'install', , release = '', action = ''] = command.startsWith('sh -c') ? [] : command.split(' ')
        commands.push(command)
        if (verb !== 'follow') log.push([name, verb, ...(verb === 'start' ? [action, release] : [])].join(' '))
        if (verb === refuses) throw new RemoteError('NB858', `${name}: no`, 'Repair it.')
        if (verb === 'start') started = action
        const stdout = answerOf(verb, started === 'prepare' ? prepares : (ends[release] ?? 'ok'))
        onOutput?.(Buffer.from(stdout))
        return { exitCode: 0, stdout, stderr: '' }
      },
    }
    const probe = { agents: [agentName(agent)], secrets: [], releases: [] } as unknown as Host['probe']
    return { ssh, probe, plan: { host: name, release: bundle.id, current } as Target['plan'] }
  })
  return { targets, log, commands }
}

const settings: RunSettings = {
  agent,
  root: '/opt/nself/shop',
  bundle,
  owner: { by: 'me' },
  options: {},
  dockerConfig: '',
  lockWaitSeconds: 0,
  waitSeconds: 1,
  waiting: () => {
    let now = 0
    return {
      sleep: async () => {},
      now: () => {
        now += 500
        return now
      },
      onEvent: () => {},
      progress: () => {},
    }
  },
}

async function runOn(...fakes: readonly Fake[]) {
  return runWith(settings, ...fakes)
}

async function runWith(how: RunSettings, ...fakes: readonly Fake[]) {
  const { targets, log, commands } = fleet(...fakes)
  const { states, diagnostics } = await runOnHosts(targets, how)
  return {
    states: Object.fromEntries(states),
    codes: diagnostics.map(({ code }) => code),
    said: diagnostics.map(({ message }) => message),
    log,
    commands,
  }
}

describe('several hosts', () => {
  it('get the release and its images first, all of them; then one after another makes it current', async () => {
    const { states, log, codes } = await runOn({ name: 'one' }, { name: 'two' })
    expect(log).toEqual([
      'one secrets',
      'one receive',
      'two secrets',
      'two receive',
      `one start prepare ${bundle.id}`,
      `two start prepare ${bundle.id}`,
      `one start activate ${bundle.id}`,
      `two start activate ${bundle.id}`,
    ])
    expect(states).toEqual({ one: 'done', two: 'done' })
    expect(codes).toEqual([])
  })

  it('start nothing when one cannot take the release', async () => {
    const { states, log, codes } = await runOn({ name: 'one' }, { name: 'two', refuses: 'receive' })
    expect(log.filter((line) => line.includes('start'))).toEqual([])
    expect(states).toEqual({ one: 'untouched', two: 'untouched' })
    expect(codes).toEqual(['NB858'])
  })

  it.each(['failed', 'interrupted'] as const)('are all left alone when the preparation of one ends %s', async (prepares) => {
    const { states, log, codes } = await runOn({ name: 'one' }, { name: 'two', prepares })
    expect(log.filter((line) => line.includes('activate'))).toEqual([])
    expect(states).toEqual({ one: 'untouched', two: 'untouched' })
    expect(codes).toEqual(['NB814'])
  })

  it('stop at the canary', async () => {
    const { states, log } = await runOn({ name: 'one', ends: { [bundle.id]: 'failed' } }, { name: 'two' })
    expect(log.at(-1)).toBe(`one start activate ${bundle.id}`)
    expect(states).toEqual({ one: 'failed', two: 'untouched' })
  })

  it('go back, the last first, when a later one fails', async () => {
    const { states, log, codes } = await runOn(
      { name: 'one', current: 'aaaaaaaaaaaa' },
      { name: 'two' },
      { name: 'three', ends: { [bundle.id]: 'interrupted' } },
    )
    expect(log.slice(-2)).toEqual(['two start rollback bbbbbbbbbbbb', 'one start rollback aaaaaaaaaaaa'])
    expect(states).toEqual({ one: 'rolled back', two: 'rolled back', three: 'failed' })
    expect(codes).toEqual(['NB814'])
  })

  it('say so when one does not get back', async () => {
    const { states, codes } = await runOn(
      { name: 'one', ends: { bbbbbbbbbbbb: 'failed' } },
      { name: 'two', ends: { [bundle.id]: 'failed' } },
    )
    expect(states).toEqual({ one: 'done', two: 'failed' })
    expect(codes).toEqual(['NB814', 'NB814'])
  })

  it('leave one alone that had nothing before', async () => {
    const { states, log } = await runOn({ name: 'one', current: '' }, { name: 'two', ends: { [bundle.id]: 'failed' } })
    expect(log.filter((line) => line.includes('rollback'))).toEqual([])
    expect(states.one).toBe('done')
  })

  it('do not go back when a run only takes long: it may still end well', async () => {
    const { states, codes, log } = await runOn({ name: 'one' }, { name: 'two', ends: { [bundle.id]: 'running' } })
    expect(states).toEqual({ one: 'done', two: 'running' })
    expect(codes).toEqual(['NB816'])
    expect(log.filter((line) => line.includes('rollback'))).toEqual([])
  })

  it('do not wait when they are told not to', async () => {
    const { states, codes } = await runWith({ ...settings, waitSeconds: 0 }, { name: 'one', ends: { [bundle.id]: 'running' } })
    expect(states).toEqual({ one: 'running' })
    expect(codes).toEqual([])
  })

  it('go back without what was asked for of the new release', async () => {
    const options = { observe: '30', recreate: 'postgres', 'restart-edge': 'true', 'prune-keep': '5' }
    const { commands } = await runWith({ ...settings, options }, { name: 'one' }, { name: 'two', ends: { [bundle.id]: 'failed' } })
    expect(commands.filter((command) => command.includes(' rollback '))).toEqual([expect.stringMatching(/ prune-keep=5$/)])
    expect(commands.find((command) => command.includes(' rollback '))).not.toMatch(/recreate|restart|observe/)
  })

  it('of one begin with its run: that prepares it, too', async () => {
    expect((await runOn({ name: 'one' })).log.at(-1)).toBe(`one start activate ${bundle.id}`)
  })
})

describe('what is said of a machine whose run did not end well', () => {
  it.each([
    ['failed', 'bbbbbbbbbbbb', 'bbbbbbbbbbbb serves as before.'],
    ['failed', '', 'Nothing was running before.'],
    ['unrestored', 'bbbbbbbbbbbb', '`status` shows what serves now.'],
    ['interrupted', 'bbbbbbbbbbbb', 'Each service has its old or its new containers; `status` shows which.'],
  ] as const)('%s, with %j before', async (end, current, words) => {
    const { said } = await runOn({ name: 'one', current, ends: { [bundle.id]: end } })
    expect(said).toEqual([expect.stringContaining(words)])
    if (end !== 'failed') expect(said.join()).not.toContain('as before')
  })
})
