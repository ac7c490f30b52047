import { describe, expect, it } from 'vitest'
import { type Activation, activate, type Waiting } from '../../../action/deploy/remote/activate.ts'
import { follow } from '../../../action/deploy/remote/follow.ts'
import { RemoteError } from '../../../action/deploy/remote/remote-error.ts'
import type { Ssh } from '../../../action/deploy/remote/ssh.ts'

const line = (event: string) => `{"at":"t","event":"${event}","service":"","detail":""}\n`
const ok = '{"status":"ok","detail":""}\n'
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
    const ssh = host({ text: line('begin') + line('start').slice(0, 20), error: 'NB856' }, { text: '', error: 'NB852' }, line('start') + ok)
    expect(await follow(ssh, following, all)).toMatchObject({ status: 'ok' })
    expect(events).toEqual(['begin', 'start'])
    expect(ssh.commands.at(-1)).toContain(` follow /r abc ${line('begin').length} `)
    expect(progress).toHaveLength(1)
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
    const ssh = host(locked, locked, '{"pid":1,"offset":42}\n', ok)
    const { all, progress } = waiting()
    expect(await activate(ssh, { ...activation, lockWaitSeconds: 100 }, all)).toMatchObject({ status: 'ok' })
    expect(progress).toHaveLength(1)
    expect(ssh.commands[0]).toMatch(/ start \/r abc activate e30= observe=5$/)
    expect(ssh.commands.at(-1)).toContain(' follow /r abc 42 ')
  })
})
