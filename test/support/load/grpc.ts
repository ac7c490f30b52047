import { setTimeout as sleep } from 'node:timers/promises'
import { Client, credentials, type ServiceError } from '@grpc/grpc-js'
import type { LoadTarget } from './load.ts'

export interface GrpcReport {
  readonly calls: number
  readonly streams: number
  readonly failed: number
  readonly problems: Readonly<Record<string, number>>
}

const bytes = (value: Buffer) => value

/** gRPC calls one after the other, and streams in both directions that last 3 seconds. Nothing is tried twice but what HTTP/2 itself calls untouched (REFUSED_STREAM). */
export function startGrpc({ address, port, host }: LoadTarget): { stop(): Promise<GrpcReport> } {
  const client = new Client(`${address}:${port}`, credentials.createInsecure(), {
    'grpc.default_authority': host,
  })
  const tally = { calls: 0, streams: 0, failed: 0, problems: {} as Record<string, number> }
  let isOver = false
  const failed = (what: string, { code, details }: { code?: number | undefined; details?: string | undefined }) => {
    tally.failed++
    const problem = `${what} ${code} ${details}`
    tally.problems[problem] = (tally.problems[problem] ?? 0) + 1
  }
  const call = () =>
    new Promise<void>((resolve) => {
      tally.calls++
      client.makeUnaryRequest('/echo.Echo/Say', bytes, bytes, Buffer.from('hello'), { deadline: Date.now() + 10_000 }, (error) => {
        if (error !== null) failed('call', error)
        resolve()
      })
    })
  const stream = async () => {
    tally.streams++
    const duplex = client.makeBidiStreamRequest('/echo.Echo/Talk', bytes, bytes, { deadline: Date.now() + 15_000 })
    const ended = new Promise<void>((resolve) => {
      duplex.on('error', (error: Partial<ServiceError>) => failed('stream', error))
      duplex.on('status', () => resolve())
    })
    let heard = 0
    duplex.on('data', () => heard++)
    for (let said = 0; said < 6; said++) {
      duplex.write(Buffer.from('hello'))
      await sleep(500)
    }
    duplex.end()
    await ended
    if (heard !== 6) failed('stream', { code: heard, details: 'of 6 echoes' })
  }
  const calling = async () => {
    while (!isOver) {
      await call()
      await sleep(50)
    }
  }
  const streaming = async () => {
    while (!isOver) await stream()
  }
  const lanes = [calling(), streaming(), streaming()]
  return {
    stop: async () => {
      isOver = true
      await Promise.all(lanes)
      client.close()
      return tally
    },
  }
}
