import type { Project } from '../config/project.ts'
import type { KeyParts } from '../images/content-key.ts'
import type { ImagePlan } from '../images/image-plan.ts'
import type { TargetLog } from '../images/progress.ts'
import type { BuiltService } from '../render/bake.ts'
import { escapeCell, markdownTable, textTable } from './table.ts'

/** How one service's image came out of a run. */
export interface ImageResult {
  readonly service: BuiltService
  readonly key: string
  readonly parts: KeyParts
  readonly state: 'built' | 'reused' | 'failed'
  readonly reason: string
  readonly digest: string | undefined
  readonly problem: string | undefined
  readonly log: TargetLog | undefined
  /** Compressed, of the image and of the one that was built before. */
  readonly bytes: number | undefined
  readonly previousBytes: number | undefined
}

const columns = ['service', 'image', 'why', 'platform', 'time', 'cached steps', 'size', 'digest']

/** The result of `build` for people and machines. */
export function buildReport(project: Project, results: readonly ImageResult[]) {
  const names = (state: ImageResult['state']) => results.filter((result) => result.state === state).map(({ service }) => service.name)
  const [built, reused, failed] = [names('built'), names('reused'), names('failed')]
  const failures = results.filter(({ state }) => state === 'failed')
  const counts = `${built.length} built, ${reused.length} reused, ${failed.length} failed`
  const rerun = failed.length === 0 ? '' : 'Run the command again to finish: what was built is not built again.\n'
  return {
    text: `${textTable(columns, results.map(row))}\n${failures.map(failureText).join('')}${counts}\n${rerun}`,
    summary: `## nself: build\n\nProject **${escapeCell(project.name)}**: ${counts}.\n\n${markdownTable(columns, results.map(row))}\n${failures.map(failureMarkdown).join('')}${rerun}`,
    data: {
      built,
      reused,
      failed,
      reasons: Object.fromEntries(results.map(({ service, reason, problem }) => [service.name, problem ?? reason])),
    },
  }
}

/** What `plan` shows of images. */
export function planReport(plans: readonly ImagePlan[], problems: ReadonlyMap<string, string>) {
  const header = ['service', 'image', 'why', 'key']
  const rows = [
    ...plans.map(({ service, action, reason, key }) => [service.name, action, reason, key.slice(0, 12)]),
    ...[...problems].map(([name, problem]) => [name, 'unknown', problem, '']),
  ]
  return { text: textTable(header, rows), markdown: markdownTable(header, rows) }
}

function row({ service, state, reason, problem, parts, log, digest, bytes, previousBytes }: ImageResult): string[] {
  return [
    service.name,
    state,
    problem ?? reason,
    parts.platforms ?? '',
    log === undefined ? '' : `${log.seconds.toFixed(1)} s`,
    log === undefined || log.steps === 0 ? '' : `${log.cachedSteps} of ${log.steps}`,
    sizeText(bytes, previousBytes),
    digest?.slice(7, 19) ?? '',
  ]
}

function sizeText(bytes: number | undefined, previous: number | undefined): string {
  if (bytes === undefined) return ''
  const megabytes = (count: number) => (count / 1e6).toFixed(1)
  const change = previous === undefined ? 0 : bytes - previous
  return `${megabytes(bytes)} MB${Math.abs(change) < 5e4 ? '' : ` (${change > 0 ? '+' : '-'}${megabytes(Math.abs(change))})`}`
}

function failureText({ service, problem, log }: ImageResult): string {
  const lines = (log?.lines ?? []).map((line) => `    ${line}\n`).join('')
  return `${service.name}: ${problem ?? ''}\n${lines}\n`
}

function failureMarkdown({ service, problem, log }: ImageResult): string {
  const lines = (log?.lines ?? []).join('\n').replaceAll('```', '` ` `')
  return `### ${escapeCell(service.name)}: ${escapeCell(problem ?? '')}\n\n${lines === '' ? '' : `\`\`\`\n${lines}\n\`\`\`\n\n`}`
}
