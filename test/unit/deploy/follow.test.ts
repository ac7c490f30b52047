import { describe, expect, it } from 'vitest'
import { type Activation, activate } from '../../../action/deploy/remote/activate.ts'
import { follow } from '../../../action/deploy/remote/follow.ts'
import { RemoteError } from '../../../action/deploy/remote/remote-error.ts'
import type { Waiting } from '../../../action/deploy/remote/run.ts'
import type { Ssh } from '../../../action/deploy/remote/ssh.ts'

const line = (event: string) => `{"at":"t","event":"${event}","service":"","detail":""}\n`
const ok = '{"status":"ok","detail":""}\n'
/** What the agent says before the journal. */
const begin = '{"offset":0}\n'
const following = { agent: '', root: '/r', release: 'abc', offset: 0, waitSeconds: 600 }

/** A clock that sleeping moves, and what was said. */
function waiting() {
  let now = 0
  const events: string[] = []
  const progress: string[] = []
  const all: Waiting = {
    sleep: async (milliseconds) => {
      now += milliseconds
    },
    now: () => now,
    onEvent: ({ event }) => events.push(event),
    progress: (text) => progress.push(text),
  }
  return { all, events, progress }
}

/** A host that plays one part of its script for each command; an error is thrown after its text was sent. */
function host(...parts: (string | { text: string; error?: string; exitCode?: number })[]): Ssh & { commands: string[] } {
  const commands: string[] = []
  return {
    host: 'h',
    commands,
    run: async (command, { onOutput }) => {
      commands.push(command)
      const part = parts.shift() ?? ''
      const { text, error, exitCode = 0 } = typeof part === 'string' ? { text: part } : part
      // In pieces, as a network does it.
      const bytes = Buffer.from(text)
      for (let at = 0; at < bytes.length; at += 7) onOutput?.(bytes.subarray(at, at + 7))
      if (error !== undefined) throw new RemoteError(error as 'NB856', 'gone', 'again')
      return { exitCode, stdout: text, stderr: '' }
    },
  }
}

describe('follow', () => {
  it('goes on where a lost connection broke off, in the middle of a line', async () => {
    const { all, events, progress } = waiting()
    const ssh = host(
      { text: begin + line('begin') + line('start').slice(0, 20), error: 'NB856' },
      { text: '', error: 'NB852' },
      begin + line('start') + ok,
    )
    expect(await follow(ssh, following, all)).toMatchObject({ status: 'ok' })
    expect(events).toEqual(['begin', 'start'])
    expect(ssh.commands.at(-1)).toContain(` follow /r abc ${line('begin').length} `)
    expect(progress).toHaveLength(1)
  })

  it('takes what a login shell says first for no part of the journal', async () => {
    const { all, events } = waiting()
    const greeting = 'Welcome to {host}!\n{"event":"no","status":"ok"}\n'
    const ssh = host({ text: greeting + begin + line('begin'), error: 'NB856' }, greeting + begin + line('start') + ok)
    expect(await follow(ssh, following, all)).toMatchObject({ status: 'ok' })
    expect(events).toEqual(['begin', 'start'])
    expect(ssh.commands.at(-1)).toContain(` follow /r abc ${line('begin').length} `)
  })

  it('leaves a run that takes longer than it may wait', async () => {
    const { all } = waiting()
    const ssh: Ssh = { host: 'h', run: () => all.sleep(60_000).then(() => ({ exitCode: 0, stdout: '', stderr: '' })) }
    expect(await follow(ssh, following, all)).toMatchObject({ status: 'running' })
  })

  it('gives up at other failures', async () => {
    await expect(follow(host({ text: '', error: 'NB850' }), following, waiting().all)).rejects.toThrow('gone')
  })
})

describe('activate', () => {
  const activation: Activation = {
    ...{
      agent: '',
      root: '/r',
      release: 'abc',
      action: 'activate',
      owner: {},
      options: { observe: '5' },
      dockerConfig: '',
      waitSeconds: 60,
    },
    lockWaitSeconds: 0,
  }
  const locked = {
    text: '{"release":"def","action":"rollback","since":"now","pid":7,"offset":0,"owner":{"run":"https://x/1"}}\n',
    exitCode: 75,
  }

  it('says who holds the lock', async () => {
    await expect(activate(host(locked), activation, waiting().all)).rejects.toThrow(
      'rollback of release def, since now, process 7, run https://x/1',
    )
    await expect(activate(host({ text: '', exitCode: 75 }), activation, waiting().all)).rejects.toThrow('it has only just begun')
  })

  it('waits for it when told to, and follows from where its own journal begins', async () => {
    const ssh = host(locked, locked, '{"pid":1,"offset":42}\n', begin + ok)
    const { all, progress } = waiting()
    expect(await activate(ssh, { ...activation, lockWaitSeconds: 100 }, all)).toMatchObject({ status: 'ok' })
    expect(progress).toHaveLength(1)
    expect(ssh.commands[0]).toMatch(/ start \/r abc activate e30= observe=5$/)
    expect(ssh.commands.at(-1)).toContain(' follow /r abc 42 ')
  })

  const same = {
    text: '{"release":"abc","action":"activate","since":"now","pid":7,"offset":42,"options":["observe=5"],"owner":{"run":"https://x/1"}}\n',
    exitCode: 75,
  }

  it('follows the same run when it is at work already, without any wait', async () => {
    const ssh = host(same, begin + line('begin') + ok)
    const { all, progress } = waiting()
    expect(await activate(ssh, activation, all)).toMatchObject({ status: 'ok', events: [{ event: 'begin' }] })
    expect(progress).toEqual([expect.stringContaining('run https://x/1')])
    expect(ssh.commands.at(-1)).toContain(' follow /r abc 42 ')
  })

  it.each([
    ['another action', { action: 'rollback' as const }],
    ['other options', { options: { observe: '5', recreate: 'postgres' } }],
  ])('takes a run with %s for another one', async (_, changes) => {
    await expect(activate(host(same), { ...activation, ...changes }, waiting().all)).rejects.toThrow('another run is at work')
  })

  it('starts again when the connection breaks off just then, and finds the run that did begin', async () => {
    const ssh = host({ text: '', error: 'NB856' }, { text: '', error: 'NB852' }, same, begin + ok)
    expect(await activate(ssh, activation, waiting().all)).toMatchObject({ status: 'ok' })
    expect(ssh.commands.filter((command) => command.includes(' start '))).toHaveLength(3)
  })

  it('gives up a start after some attempts, and at once when it is refused', async () => {
    const lost = { text: '', error: 'NB856' }
    const ssh = host(lost, lost, lost, lost, lost, lost)
    await expect(activate(ssh, activation, waiting().all)).rejects.toThrow('gone')
    expect(ssh.commands).toHaveLength(5)
    const refused = host({ text: '', error: 'NB850' })
    await expect(activate(refused, activation, waiting().all)).rejects.toThrow('gone')
    expect(refused.commands).toHaveLength(1)
  })
})
