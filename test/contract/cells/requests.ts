import { run } from '../../e2e/support/run.ts'
import { ask, waitFor } from '../http.ts'
import { withContainer } from '../subject.ts'
import { assert, type Cell, overHttp } from './cell.ts'

const canary = 'canary-in-the-environment'

export const requestCells: readonly Cell[] = [
  {
    id: 'requests',
    title: 'malformed requests get 4xx and tell nothing of the environment; the service goes on',
    notFor: overHttp,
    check: (subject) =>
      withContainer(subject, { PORT: '3001', CANARY_SECRET: canary }, 3001, async (container) => {
        await waitFor(container, '/health', 120)
        const json = { 'Content-Type': 'application/json' }
        const cases: [string, string, { body?: string; headers?: Record<string, string> }][] = [
          ['GET', '/nothing-here', {}],
          ['GET', '/../../etc/passwd', {}],
          ['GET', '/%', {}],
          ['DELETE', '/health', {}],
          ['POST', '/items', { body: '{', headers: json }],
          ['POST', '/items', { body: '[]', headers: json }],
          ['POST', '/items', { body: '{"name":""}', headers: json }],
          ['POST', '/items', { body: JSON.stringify({ name: 'x'.repeat(201) }), headers: json }],
          ['POST', '/items', { body: JSON.stringify({ name: 'x'.repeat(1_100_000) }), headers: json }],
        ]
        for (const [method, path, options] of cases) {
          const { status, text } = await ask(container, method, path, options)
          assert(status >= 400 && status < 500, `${method} ${path} with ${options.body?.slice(0, 20)} is ${status}`)
          assert(
            !text.includes(canary) && !/\bat .*:\d+:\d+|Traceback|goroutine/.test(text),
            `${method} ${path} tells too much: ${text.slice(0, 200)}`,
          )
        }
        assert((await ask(container, 'GET', '/health')).status === 200, 'it did not go on')
      }),
  },
  {
    id: 'logs',
    title: 'logs are one JSON object per line with level, service and message; a request carries its x-request-id',
    notFor: overHttp,
    check: (subject) =>
      withContainer(subject, { PORT: '3001' }, 3001, async (container) => {
        await waitFor(container, '/health', 120)
        const { headers } = await ask(container, 'GET', '/logged', { headers: { 'x-request-id': 'contract-1' } })
        assert(headers['x-request-id'] === 'contract-1', `x-request-id came back as ${headers['x-request-id']}`)
        const replaced = await ask(container, 'GET', '/logged', { headers: { 'x-request-id': 'not legal;' } })
        assert(/^[\w.-]{1,128}$/.test(String(replaced.headers['x-request-id'])), 'an illegal x-request-id was not replaced')
        const lines = (await run('docker', ['logs', container.name])).split('\n').filter(Boolean)
        const entries = lines.map((line) => {
          try {
            return JSON.parse(line)
          } catch {
            throw new Error(`not JSON: ${line.slice(0, 120)}`)
          }
        })
        for (const entry of entries)
          assert(
            ['level', 'service', 'message'].every((key) => key in entry),
            `without level, service or message: ${JSON.stringify(entry)}`,
          )
        assert(
          entries.some(({ requestId, path }) => requestId === 'contract-1' && path === '/logged'),
          'the request is not in the log',
        )
      }),
  },
]
