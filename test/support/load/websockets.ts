import { once } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'
import { WebSocket } from 'ws'
import type { LoadTarget } from './load.ts'

export interface WebSocketReport {
  readonly opened: number
  readonly echoes: number
  /** Times that a socket could not be opened. */
  readonly refused: number
  /** How long each closed socket had been open, in milliseconds. */
  readonly closedAfter: readonly number[]
}

/** Sockets that stay open, say something twice a second, and are opened again when the other side closes them. */
export function startWebSockets({ address, port, host }: LoadTarget, sockets: number): { stop(): Promise<WebSocketReport> } {
  const tally = { opened: 0, echoes: 0, refused: 0, closedAfter: [] as number[] }
  let isOver = false
  const lane = async () => {
    while (!isOver) {
      const socket = new WebSocket(`ws://${address}:${port}/`, { headers: { Host: host } })
      socket.on('error', () => {})
      const isOpen = await Promise.race([once(socket, 'open').then(() => true), once(socket, 'close').then(() => false)]).catch(() => false)
      if (!isOpen) {
        tally.refused++
        await sleep(200)
        continue
      }
      tally.opened++
      const opened = performance.now()
      socket.on('message', () => tally.echoes++)
      while (!isOver && socket.readyState === WebSocket.OPEN) {
        socket.send('hello')
        await sleep(500)
      }
      if (!isOver) tally.closedAfter.push(Math.round(performance.now() - opened))
      socket.terminate()
    }
  }
  const lanes = Array.from({ length: sockets }, lane)
  return {
    stop: async () => {
      isOver = true
      await Promise.all(lanes)
      return tally
    },
  }
}
