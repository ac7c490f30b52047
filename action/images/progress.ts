/** What the log of a bake run says about one target. */
export interface TargetLog {
  /** The last lines that its steps printed. */
  readonly lines: readonly string[]
  readonly steps: number
  readonly cachedSteps: number
  readonly failed: boolean
}

const linesKept = 20

interface Log {
  readonly lines: string[]
  steps: number
  cachedSteps: number
  failed: boolean
}

/**
 * Reads BuildKit's plain progress: `#7 [api build 2/5] RUN …` opens a step, `#7 …` continues it. With one target BuildKit leaves its
 * name out. Returns one log per target.
 */
export function readProgress(text: string, targets: readonly string[]): Map<string, TargetLog> {
  const logs = new Map(targets.map((target): [string, Log] => [target, { lines: [], steps: 0, cachedSteps: 0, failed: false }]))
  const owners = new Map<string, Log>()
  for (const line of text.split('\n')) {
    const [, step = '', rest = ''] = /^#(\d+) (.*)$/.exec(line) ?? []
    const title = /^\[([^\]]*)\]/.exec(rest)?.[1]
    if (title !== undefined && !owners.has(step)) {
      const log = logs.get(title.split(' ')[0] ?? '') ?? (targets.length === 1 ? logs.get(targets[0] ?? '') : undefined)
      if (log !== undefined) {
        owners.set(step, log)
        if (!/\binternal\b/.test(title)) log.steps++
      }
    }
    const log = owners.get(step)
    if (log !== undefined) addLine(log, rest)
  }
  return logs
}

function addLine(log: Log, line: string): void {
  if (line === 'CACHED') log.cachedSteps++
  if (/^ERROR\b/.test(line)) log.failed = true
  if (/^(DONE|CACHED|CANCELED|sha256:|transferring|extracting|resolve )/.test(line)) return
  log.lines.push(line.replace(/^\d+\.\d+ /, ''))
  if (log.lines.length > linesKept) log.lines.shift()
}
