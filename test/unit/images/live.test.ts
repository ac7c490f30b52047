import { expect, it } from 'vitest'
import { openLiveTerminal } from '../../../action/adapters/live-terminal.ts'
import { createLiveView } from '../../../action/report/live.ts'

const log = [
  '#1 [internal] load local bake definitions',
  '#2 [api internal] load build definition from Dockerfile',
  '#3 [api 1/2] FROM busybox',
  '#3 DONE 0.1s',
  '#4 [api 2/2] RUN sleep 9',
  '#4 0.312 working',
  '#5 [web 2/2] RUN make',
  '#5 ...',
  '',
]

it('the steps under way are shown, with their times', () => {
  const view = createLiveView()
  for (const [index, line] of log.entries()) expect(view.take(line, index * 1000)).toBe(true)
  expect(view.rows(10_000, { width: 80, height: 9 })).toEqual(['[api 2/2] RUN sleep 9 6 s', '[web 2/2] RUN make 4 s'])
  expect(view.rows(10_000, { width: 12, height: 9 })).toEqual(['[api 2/2 6 s', '[web 2/2 4 s'])
  expect(view.rows(10_000, { width: 80, height: 1 })).toEqual(['and 2 more'])
  view.take('#4 ERROR: process "/bin/sh -c sleep 9" did not complete successfully: exit code: 1', 11_000)
  view.take('#5 CANCELED', 11_000)
  expect(view.rows(12_000, { width: 80, height: 9 })).toEqual([])
})

it('what a build left open is gone when the next one starts', () => {
  const view = createLiveView()
  for (const line of [...log, ...log.slice(0, 3)]) view.take(line, 0)
  expect(view.rows(0, { width: 80, height: 9 })).toEqual(['[api 1/2] FROM busybox 0 s'])
})

it('what is no line of a build is for the reader, as it is', () => expect(createLiveView().take('vps: the lock is free', 0)).toBe(false))

it('a terminal ends up with the other lines alone', () => {
  const written: string[] = []
  const terminal = openLiveTerminal({ columns: 80, rows: 24, write: (text: string) => written.push(text) > 0 })
  for (const line of log.slice(0, 5)) terminal.progress(line)
  terminal.progress('The cache (gha) does not answer; building without it.')
  terminal.progress('once more')
  terminal.end()
  expect(written).toEqual([
    'The cache (gha) does not answer; building without it.\n[api 2/2] RUN sleep 9 0 s\n',
    '\x1b[1A\x1b[Jonce more\n[api 2/2] RUN sleep 9 0 s\n',
    '\x1b[1A\x1b[J',
  ])
})
