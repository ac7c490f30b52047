/** What the log of a bake run says about one target. */
export interface TargetLog {
  /** The last lines that its steps printed. */
  readonly lines: readonly string[]
  /** Of the Dockerfile: pushing and its like are none. */
  readonly steps: number
  readonly cachedSteps: number
  /** What its steps took, one after the other. */
  readonly seconds: number
  readonly failed: boolean
}

/** The log of a target that printed nothing. */
export const emptyLog: TargetLog = { lines: [], steps: 0, cachedSteps: 0, seconds: 0, failed: false }

const linesKept = 20

interface Log {
  lines: string[]
  steps: number
  cachedSteps: number
  seconds: number
  failed: boolean
}

interface Step {
  readonly log: Log
  readonly isOfDockerfile: boolean
  /** How far it was when it printed its last line. */
  elapsed: number
}

/**
 * Reads BuildKit's plain progress: `#7 [api build 2/5] RUN …` opens a step, `#7 …` continues it. With one target BuildKit leaves its
 * name out. Returns one log per target.
 */
export function readProgress(text: string, targets: readonly string[]): Map<string, TargetLog> {
  const logs = new Map(targets.map((target): [string, Log] => [target, { ...emptyLog, lines: [] }]))
  const steps = new Map<string, Step>()
  for (const line of text.split('\n')) {
    const [, id = '', rest = ''] = /^#(\d+) (.*)$/.exec(line) ?? []
    const title = /^\[([^\]]*)\]/.exec(rest)?.[1]
    if (title !== undefined && !steps.has(id)) {
      const log = logs.get(title.split(' ')[0] ?? '') ?? (targets.length === 1 ? logs.get(targets[0] ?? '') : undefined)
      const isOfDockerfile = /(?:^| )\d+\/\d+$/.test(title)
      if (log !== undefined) steps.set(id, { log, isOfDockerfile, elapsed: 0 })
      if (log !== undefined && isOfDockerfile) log.steps++
    }
    const step = steps.get(id)
    if (step !== undefined) addLine(step, rest)
  }
  return logs
}

function addLine(step: Step, line: string): void {
  const { log, isOfDockerfile } = step
  const done = /^DONE (\d+\.\d+)s$/.exec(line)?.[1]
  const [, elapsed, text = line] = /^(\d+\.\d+) (.*)$/.exec(line) ?? []
  step.elapsed = Number(elapsed ?? step.elapsed)
  if (line === 'CACHED' && isOfDockerfile) log.cachedSteps++
  if (/^ERROR\b/.test(line)) log.failed = true
  log.seconds += Number(done ?? (/^(ERROR|CANCELED)\b/.test(line) ? step.elapsed : 0))
  if (/^(DONE|CACHED|CANCELED|sha256:|transferring|extracting|resolve )/.test(line)) return
  log.lines.push(text)
  if (log.lines.length > linesKept) log.lines.shift()
}
