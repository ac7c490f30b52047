import { connect } from 'node:net'
import { probeCommand } from '../../../action/render/compose/health.ts'
import { run } from '../../e2e/support/run.ts'
import { ask, waitFor } from '../http.ts'
import { type Subject, sleep, withContainer } from '../subject.ts'
import { assert, type Cell, overHttp } from './cell.ts'

const startSeconds = ({ template }: Subject) => Number.parseInt(template.startPeriod, 10)

export const healthCells: readonly Cell[] = [
  {
    id: 'health',
    title: 'without stores, on a read-only root and within its limits, `/health` answers in its start time',
    notFor: overHttp,
    check: async (subject) => {
      const start = Date.now()
      await withContainer(subject, { PORT: '3001' }, 3001, async (container) => {
        subject.measured.coldStart = `${((await waitFor(container, '/health', startSeconds(subject), start)) / 1000).toFixed(1)} s`
        const { status, json } = await ask(container, 'GET', '/health')
        assert(status === 200 && json?.status === 'healthy' && json.service === 'sample', `answered ${status} ${JSON.stringify(json)}`)
        assert(/^\d{4}-\d\d-\d\dT[\d:.]+(Z|\+00:00)$/.test(json.timestamp), `timestamp is ${json.timestamp}`)
        const usage = await run('docker', ['stats', '--no-stream', '--format', '{{.MemUsage}}', container.name])
        subject.measured.memory = usage.split(' / ')[0]?.trim() ?? ''
      })
    },
  },
  {
    id: 'port',
    title: 'it listens on PORT, whatever the number, else on SERVICE_PORT, else on 8000',
    notFor: overHttp,
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
          async (container) => void (await waitFor(container, '/health', startSeconds(subject) * 2)),
        )
    },
  },
  {
    id: 'probe',
    title: 'the image’s own health probe follows HEALTHCHECK_PATH, and so does the service',
    notFor: overHttp,
    check: (subject) =>
      withContainer(subject, { PORT: '3001', HEALTHCHECK_PATH: '/up-and.running' }, 3001, async (container) => {
        await waitFor(container, '/up-and.running', startSeconds(subject) * 2)
        await run('docker', ['exec', container.name, ...probeCommand(subject.template.probe)])
      }),
  },
  {
    id: 'term',
    title: 'on SIGTERM a request in flight is answered, no new one is taken, and it exits with 0 within the grace period',
    notFor: overHttp,
    check: (subject) =>
      withContainer(subject, { PORT: '3001' }, 3001, async (container) => {
        await waitFor(container, '/health', startSeconds(subject) * 2)
        const socket = connect(3001, container.host)
        let answer = ''
        socket
          .setEncoding('utf8')
          .on('data', (chunk) => (answer += chunk))
          // A server may close a connection that has sent no request yet.
          .on('error', () => {})
        await new Promise((resolve) => socket.once('connect', resolve))
        socket.write('GET /health HTTP/1.1\r\nHost: x\r\nConnection: close\r\n')
        await sleep(300)
        await run('docker', ['kill', '--signal', 'TERM', container.name])
        await sleep(700)
        const isClosed = await ask(container, 'GET', '/health').then(
          () => false,
          () => true,
        )
        socket.write('\r\n')
        const seconds = Number.parseInt(subject.template.stopGracePeriod, 10)
        const exited = run('docker', ['wait', container.name])
        const code = await Promise.race([exited, sleep(seconds * 1000).then(() => 'none')])
        assert(code.trim() === '0', `exit code ${code.trim()} within ${seconds} s`)
        assert(isClosed, 'it still took new requests')
        // A server may count a request from its first byte or from its last; it must not answer half of one.
        assert(
          answer === '' || /^HTTP\/1\.1 (200|400|503)/.test(answer),
          `the request in flight got ${JSON.stringify(answer.slice(0, 60))}`,
        )
      }),
  },
  {
    id: 'slow body',
    title: 'a request whose body is still on its way when SIGTERM comes is answered in full',
    notFor: overHttp,
    check: (subject) =>
      withContainer(subject, { PORT: '3001' }, 3001, async (container) => {
        await waitFor(container, '/health', startSeconds(subject) * 2)
        const body = JSON.stringify({ name: 'slow' })
        const request = connect(3001, container.host).setEncoding('utf8')
        let answer = ''
        const ended = new Promise((resolve) => request.on('data', (chunk) => (answer += chunk)).on('close', resolve))
        request.on('error', (error) => (answer += String(error)))
        request.write(`POST /items HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n`)
        request.write(body.slice(0, 5))
        await sleep(500)
        await run('docker', ['kill', '--signal', 'TERM', container.name])
        await sleep(1000)
        if (!request.destroyed) request.write(body.slice(5))
        await ended
        assert(/^HTTP\/1\.1 (2|4|503).*\r\n\r\n.*\}\s*(0\s*)?$/s.test(answer), `the answer was ${JSON.stringify(answer.slice(0, 300))}`)
      }),
  },
]
