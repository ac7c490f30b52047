import type { WriteStream } from 'node:tty'
import { createLiveView } from '../report/live.ts'

const redrawEvery = 100
const mostRows = 12

/** Shows lines in a terminal: those of a build as the steps that are under way, redrawn in place, all others as they are. */
export interface LiveTerminal {
  readonly progress: (line: string) => void
  /** Removes what is drawn. */
  readonly end: () => void
}

export function openLiveTerminal(stream: Pick<WriteStream, 'write' | 'columns' | 'rows'>): LiveTerminal {
  const view = createLiveView()
  let drawn = 0
  // To the first drawn line, and everything from there on away.
  const clear = () => (drawn === 0 ? '' : `\x1b[${drawn}A\x1b[J`)
  const draw = (above = '') => {
    const size = { width: (stream.columns || 80) - 1, height: Math.min(mostRows, (stream.rows || 24) - 1) }
    const rows = view.rows(performance.now(), size)
    stream.write(`${clear()}${above}${rows.map((row) => `${row}\n`).join('')}`)
    drawn = rows.length
  }
  // It must not keep the process alive.
  const timer = setInterval(() => draw(), redrawEvery).unref()
  return {
    progress: (line) => {
      if (!view.take(line, performance.now())) draw(`${line}\n`)
    },
    end: () => {
      clearInterval(timer)
      stream.write(clear())
      drawn = 0
    },
  }
}
