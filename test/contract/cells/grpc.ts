import { connect as connectHttp2 } from 'node:http2'
import { connect } from 'node:net'
import { status } from '@grpc/grpc-js'
import { probeCommand } from '../../../action/render/compose/health.ts'
import { run } from '../../e2e/support/run.ts'
import { firstAnswer, frameOf, rpc, waitForServing } from '../grpc.ts'
import { psql, redisCli } from '../stage.ts'
import { type Container, type Subject, sleep, withContainer } from '../subject.ts'
import { assert, type Cell } from './cell.ts'
import { type Own, withDatabase } from './store-environment.ts'

const overGrpc = ({ template }: Subject) => (template.kind === 'grpc' ? undefined : 'speaks HTTP')

const startSeconds = ({ template }: Subject) => Number.parseInt(template.startPeriod, 10)

const canary = 'canary-in-the-environment'

export const grpcCells: readonly Cell[] = [
  {
    id: 'grpc health',
    title: 'without stores, on a read-only root and within its limits, the standard health service answers in its start time',
    notFor: overGrpc,
    check: async (subject) => {
      const start = Date.now()
      await withContainer(subject, { PORT: '3001' }, 3001, async (container) => {
        const milliseconds = await waitForServing(subject, container, startSeconds(subject), { start })
        subject.measured.coldStart = `${(milliseconds / 1000).toFixed(1)} s`
        const usage = await run('docker', ['stats', '--no-stream', '--format', '{{.MemUsage}}', container.name])
        subject.measured.memory = usage.split(' / ')[0]?.trim() ?? ''
        const { code } = await rpc(subject, container, 'grpc.health.v1.Health/Check', { service: 'nothing.v1.Here' })
        assert(code === status.NOT_FOUND, `the health of an unknown service is ${status[code]}`)
      })
    },
  },
  {
    id: 'grpc port',
    title: 'it listens on PORT, whatever the number, else on SERVICE_PORT, else on 8000',
    notFor: overGrpc,
    check: async (subject) => {
      const cases: [Record<string, string>, number][] = [
        [{ PORT: '80' }, 80],
        [{ PORT: '65535', SERVICE_PORT: '4000' }, 65535],
        [{ SERVICE_PORT: '5555' }, 5555],
        [{}, 8000],
      ]
      for (const [environment, port] of cases)
        await withContainer(
          subject,
          environment,
          port,
          async (container) => void (await waitForServing(subject, container, startSeconds(subject) * 2)),
        )
    },
  },
  {
    id: 'grpc probe',
    title: 'the image’s own health probe follows PORT, whatever HEALTHCHECK_PATH says, and fails where nothing answers',
    notFor: overGrpc,
    check: (subject) =>
      withContainer(subject, { PORT: '3001', HEALTHCHECK_PATH: '/up-and.running' }, 3001, async (container) => {
        await waitForServing(subject, container, startSeconds(subject) * 2)
        const probe = probeCommand(subject.template.probe)
        await run('docker', ['exec', container.name, ...probe])
        const isHealthy = await run('docker', ['exec', '--env', 'PORT=3002', container.name, ...probe]).then(
          () => true,
          () => false,
        )
        assert(!isHealthy, 'it succeeds where nothing listens')
      }),
  },
  {
    id: 'grpc term',
    title: 'on SIGTERM a call in flight is answered, no new one is taken, and it exits with 0 within the grace period',
    notFor: overGrpc,
    check: (subject) =>
      withContainer(subject, { PORT: '3001' }, 3001, async (container) => {
        await waitForServing(subject, container, startSeconds(subject) * 2)
        const session = connectHttp2(container.url)
        let answer = ''
        session.on('error', (error) => (answer += error.message))
        const method = 'items.v1.Items/CreateItem'
        const request = session.request({
          ':method': 'POST',
          ':path': `/${method}`,
          'content-type': 'application/grpc',
          te: 'trailers',
        })
        const ended = new Promise((resolve) => request.on('close', resolve))
        // An answer without a message has its status in the headers.
        for (const event of ['response', 'trailers'] as const)
          request.on(event, (headers: Record<string, unknown>) => (answer += headers['grpc-status'] ?? ''))
        request.on('error', (error) => (answer += error.message)).resume()
        const frame = frameOf(subject, method, { name: 'slow' })
        request.write(frame.subarray(0, 3))
        await sleep(500)
        await run('docker', ['kill', '--signal', 'TERM', container.name])
        await sleep(1000)
        await rpc(subject, container, 'items.v1.Items/ListItems')
        const inFlight = request.destroyed ? 'was cut off' : 'is in flight'
        if (!request.destroyed) request.end(frame.subarray(3))
        await ended
        session.close()
        const seconds = Number.parseInt(subject.template.stopGracePeriod, 10)
        const exited = run('docker', ['wait', container.name])
        const exitCode = await Promise.race([exited, sleep(seconds * 1000).then(() => 'none')])
        assert(exitCode.trim() === '0', `exit code ${exitCode.trim()} within ${seconds} s`)
        const logged = await run('docker', ['logs', container.name])
        assert(!logged.includes('ListItems'), 'a new call was taken')
        // Without stores, the complete answer is that one is not available.
        assert(answer === String(status.UNAVAILABLE), `the call ${inFlight} a second after SIGTERM; its status is ${answer || 'missing'}`)
        assert(logged.includes(`/${method}`), 'the call in flight was not handled')
      }),
  },
  {
    id: 'grpc no stores',
    title: 'without stores it starts, is not SERVING what needs them, and answers such calls with UNAVAILABLE',
    notFor: overGrpc,
    check: (subject) =>
      withContainer(subject, { PORT: '3001' }, 3001, async (container) => {
        await waitForServing(subject, container, 120)
        for (const [service, method] of [
          ['items.v1.Items', 'ListItems'],
          ['hits.v1.Hits', 'Hit'],
        ]) {
          const { message } = await rpc(subject, container, 'grpc.health.v1.Health/Check', { service })
          assert(message?.status === 'NOT_SERVING', `the health of ${service} is ${message?.status}`)
          const { code } = await rpc(subject, container, `${service}/${method}`)
          assert(code === status.UNAVAILABLE, `${method} is ${status[code]}`)
        }
      }),
  },
  {
    id: 'grpc stores',
    title: 'with stores, its services are SERVING, rows land in its own database under TABLE_PREFIX, keys under REDIS_PREFIX in REDIS_DB',
    notFor: overGrpc,
    check: (subject) =>
      withDatabase(subject, async (database) => {
        const own = database.of('Own_', 'own:')
        await withContainer(subject, own.environment, 3001, (container) => useStores(subject, container, own))
      }),
  },
  {
    id: 'grpc twins',
    title: 'two services of one template, in one database, keep apart what is theirs',
    notFor: overGrpc,
    check: (subject) =>
      withDatabase(subject, async (database) => {
        const [left, right] = [database.of('left_', 'left:'), database.of('right_', 'right:')]
        await withContainer(subject, { ...right.environment, SERVICE_NAME: 'twin' }, 3001, (twin) =>
          withContainer(subject, left.environment, 3001, async (container) => {
            await useStores(subject, container, left)
            await useStores(subject, twin, right)
          }),
        )
      }),
  },
  {
    id: 'grpc requests',
    title: 'malformed bytes and calls are refused and told nothing of the environment; the service goes on',
    notFor: overGrpc,
    check: (subject) =>
      withContainer(subject, { PORT: '3001', CANARY_SECRET: canary }, 3001, async (container) => {
        await waitForServing(subject, container, 120)
        for (const bytes of [
          Buffer.from('GET / HTTP/1.1\r\nHost: x\r\n\r\n'),
          Buffer.from([0x16, 0x03, 0x01, 0x02, 0x00, 0x01, 0x00]),
          Buffer.concat([Buffer.from('PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n'), Buffer.alloc(4096, 0xff)]),
        ])
          assertNoLeak(await sendBytes(container, bytes))
        const create = 'items.v1.Items/CreateItem'
        const cases: [string, object, Buffer | undefined, status[]][] = [
          ['nothing.v1.Here/Get', {}, undefined, [status.UNIMPLEMENTED]],
          ['items.v1.Items/Nothing', {}, undefined, [status.UNIMPLEMENTED]],
          [create, { name: '' }, undefined, [status.INVALID_ARGUMENT]],
          [create, { name: 'x'.repeat(201) }, undefined, [status.INVALID_ARGUMENT]],
          [create, { name: 'x'.repeat(1_100_000) }, undefined, [status.RESOURCE_EXHAUSTED]],
          // Implementations differ on what is no message at all.
          [create, {}, Buffer.alloc(64, 0xff), [status.INTERNAL, status.INVALID_ARGUMENT]],
        ]
        for (const [method, request, bytes, expected] of cases) {
          const { code, details } = await rpc(subject, container, method, request, bytes === undefined ? {} : { bytes })
          assert(expected.includes(code), `${method} with ${JSON.stringify(request).slice(0, 20)} is ${status[code]} ${details}`)
          assertNoLeak(details)
        }
        await waitForServing(subject, container, 5)
      }),
  },
  {
    id: 'grpc logs',
    title: 'logs are one JSON object per line with level, service and message; a call carries its x-request-id',
    notFor: overGrpc,
    check: (subject) =>
      withContainer(subject, { PORT: '3001' }, 3001, async (container) => {
        await waitForServing(subject, container, 120)
        const method = 'hits.v1.Hits/Hit'
        const { requestId } = await rpc(subject, container, method, {}, { metadata: { 'x-request-id': 'contract-1' } })
        assert(requestId === 'contract-1', `x-request-id came back as ${requestId}`)
        const replaced = await rpc(subject, container, method, {}, { metadata: { 'x-request-id': 'not legal;' } })
        assert(/^[\w.-]{1,128}$/.test(replaced.requestId), 'an illegal x-request-id was not replaced')
        const entries = (await run('docker', ['logs', container.name])).split('\n').filter(Boolean).map(parseLine)
        for (const entry of entries)
          assert(
            ['level', 'service', 'message'].every((key) => key in entry),
            `without level, service or message: ${JSON.stringify(entry)}`,
          )
        assert(
          entries.some((entry) => entry.requestId === 'contract-1' && entry.method === `/${method}`),
          'the call is not in the log',
        )
        assert(!JSON.stringify(entries).includes('grpc.health.v1'), 'probes are in the log')
      }),
  },
  {
    id: 'grpc reflection',
    title: 'reflection lists its services',
    notFor: overGrpc,
    check: (subject) =>
      withContainer(subject, { PORT: '3001' }, 3001, async (container) => {
        await waitForServing(subject, container, 120)
        const method = 'grpc.reflection.v1.ServerReflection/ServerReflectionInfo'
        const { listServicesResponse } = await firstAnswer<{ listServicesResponse?: { service?: { name: string }[] } }>(
          subject,
          container,
          method,
          { listServices: '*' },
        )
        const listed = listServicesResponse?.service?.map(({ name }) => name) ?? []
        for (const service of ['items.v1.Items', 'hits.v1.Hits', 'grpc.health.v1.Health'])
          assert(listed.includes(service), `${service} is not among ${listed.join(', ')}`)
      }),
  },
]

/** Has the service write to its stores, and finds what it wrote there, and nothing that is another's. */
async function useStores(subject: Subject, container: Container, own: Own): Promise<void> {
  for (const service of ['items.v1.Items', 'hits.v1.Hits']) await waitForServing(subject, container, 120, { service })
  const created = await Promise.all(
    Array.from({ length: 8 }, (_, index) => rpc(subject, container, 'items.v1.Items/CreateItem', { name: `item ${index}` })),
  )
  assert(
    created.every(({ code }) => code === status.OK),
    `CreateItem: ${created.map(({ code }) => status[code]).join(' ')}`,
  )
  const { code, message } = await rpc(subject, container, 'items.v1.Items/ListItems')
  assert(code === status.OK && message.items.length === 8, `ListItems is ${status[code]} with ${message?.items?.length} items`)
  const rows = await psql(subject.stage, own.database, `SELECT count(*) FROM "${own.tablePrefix}items"`)
  assert(rows === '8', `"${own.tablePrefix}items" has ${rows} rows`)
  const hit = await rpc(subject, container, 'hits.v1.Hits/Hit')
  assert(hit.code === status.OK && hit.message.hits === 1, `Hit is ${status[hit.code]} ${hit.message?.hits}`)
  const key = await redisCli(subject.stage, '-n', own.redisDatabase, 'GET', `${own.redisPrefix}hits`)
  assert(key === '1', `${own.redisPrefix}hits in database ${own.redisDatabase} is ${key}`)
}

/** Writes bytes that are not gRPC, and returns what comes back within a second. */
async function sendBytes({ host, port }: Container, bytes: Buffer): Promise<string> {
  const socket = connect(port, host)
  let answer = ''
  const closed = new Promise((resolve) => socket.on('close', resolve))
  socket.on('data', (chunk) => (answer += chunk.toString('latin1'))).on('error', () => {})
  socket.write(bytes)
  await Promise.race([closed, sleep(1000)])
  socket.destroy()
  return answer
}

function assertNoLeak(text: string): void {
  assert(!text.includes(canary) && !/\bat .*:\d+:\d+|Traceback|goroutine/.test(text), `it tells too much: ${text.slice(0, 200)}`)
}

function parseLine(line: string): Record<string, unknown> {
  try {
    return JSON.parse(line)
  } catch {
    throw new Error(`not JSON: ${line.slice(0, 120)}`)
  }
}
