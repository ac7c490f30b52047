import { Agent, request } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'

/** Where the load goes. */
export interface LoadTarget {
  readonly address: string
  readonly port: number
  readonly host: string
}

export interface LoadOptions {
  /** Connections that are kept alive, each with one request at a time. */
  readonly connections: number
  /** Requests per second, all connections together. */
  readonly rate: number
  /** Of the connections, those that ask for something that takes 3 seconds. */
  readonly slow: number
}

/** What became of the requests. */
export interface LoadReport {
  readonly total: number
  /** Every answer but 200, and every request without an answer. */
  readonly failed: number
  /** Of those, the ones whose connection was reset or closed. */
  readonly reset: number
  readonly problems: Readonly<Record<string, number>>
  /** Answers by version of the app. */
  readonly versions: Readonly<Record<string, number>>
  readonly slowestMilliseconds: number
}

export interface Load {
  /** How things stand. */
  report(): LoadReport
  /** Ends it, with what is in flight answered. */
  stop(): Promise<LoadReport>
}

/** Asks without a pause and never twice: 30 % POST, keep-alive, every failure counts. */
export function startLoad(target: LoadTarget, { connections, rate, slow }: LoadOptions): Load {
  const tally = { total: 0, failed: 0, reset: 0, problems: new Map<string, number>(), versions: new Map<string, number>(), slowest: 0 }
  let isOver = false
  const agent = new Agent({ keepAlive: true, maxSockets: connections })
  const pause = (1000 * (connections - slow)) / rate

  const ask = async (path: string, body: string | undefined) => {
    const started = performance.now()
    tally.total++
    try {
      const version = await askOnce(agent, target, path, body)
      tally.versions.set(version, (tally.versions.get(version) ?? 0) + 1)
    } catch (error) {
      const { code, message } = error as NodeJS.ErrnoException
      tally.failed++
      if (code === 'ECONNRESET' || code === 'EPIPE') tally.reset++
      const what = `${body === undefined ? 'GET' : 'POST'} ${code ?? message}`
      tally.problems.set(what, (tally.problems.get(what) ?? 0) + 1)
    }
    tally.slowest = Math.max(tally.slowest, performance.now() - started)
    return performance.now() - started
  }

  const fast = async (lane: number) => {
    await sleep((pause * lane) / connections)
    for (let turn = lane; !isOver; turn++) await sleep(Math.max(0, pause - (await ask('/', turn % 10 < 3 ? 'x'.repeat(2000) : undefined))))
  }
  const slowly = async () => {
    while (!isOver) await ask('/slow?ms=3000', undefined)
  }
  const lanes = Array.from({ length: connections }, (_, lane) => (lane < slow ? slowly() : fast(lane)))
  const report = () => ({
    total: tally.total,
    failed: tally.failed,
    reset: tally.reset,
    problems: Object.fromEntries(tally.problems),
    versions: Object.fromEntries(tally.versions),
    slowestMilliseconds: Math.round(tally.slowest),
  })
  return {
    report,
    stop: async () => {
      isOver = true
      await Promise.all(lanes)
      agent.destroy()
      return report()
    },
  }
}

function askOnce(agent: Agent, { address, port, host }: LoadTarget, path: string, body: string | undefined): Promise<string> {
  return new Promise((resolve, reject) => {
    const call = request(
      { agent, host: address, port, path, method: body === undefined ? 'GET' : 'POST', headers: { Host: host }, timeout: 15_000 },
      (answer) => {
        let text = ''
        answer
          .setEncoding('utf8')
          .on('data', (chunk: string) => {
            text += chunk
          })
          .on('error', reject)
          .on('end', () => {
            if (answer.statusCode !== 200) return reject(new Error(`status ${answer.statusCode}`))
            const { version, bytes } = JSON.parse(text) as { version: string; bytes: number }
            if (bytes !== (body?.length ?? 0)) return reject(new Error('the body did not arrive whole'))
            resolve(version)
          })
      },
    )
    call
      .on('timeout', () => call.destroy(new Error('no answer in 15 s')))
      .on('error', reject)
      .end(body)
  })
}
