import type { Diagnostic } from '../../config/diagnostics.ts'
import type { Project } from '../../config/project.ts'
import { formatPlan, formatPlanMarkdown } from '../../deploy/plan/format-plan.ts'
import type { HostPlan } from '../../deploy/plan/types.ts'
import type { JournalEvent } from '../../deploy/remote/journal.ts'
import { redact } from '../../report/redact.ts'
import { projectData } from '../../report/services.ts'
import { escapeCell, markdownTable } from '../../report/table.ts'
import type { CommandResult, ExitCode } from '../result.ts'
import type { HostState } from './deploy-run.ts'

/** A command that stopped before it changed anything on a machine. */
export function refusedRemotely(
  title: string,
  diagnostics: readonly Diagnostic[],
  secrets: readonly string[],
  exitCode: ExitCode,
): CommandResult {
  return {
    exitCode,
    diagnostics,
    secrets,
    text: 'Nothing was changed on any machine.\n',
    data: { changed: false },
    summary: redact(`## nself: ${title}\n\n${findings(diagnostics)}`, secrets),
  }
}

/** A line of the host's journal, for whoever waits. */
export function describeEvent(host: string, { event, service, detail }: JournalEvent): string {
  return `${[host, service, event, detail].filter((word) => word !== '').join(': ')}`
}

/** What `deploy` did, or with `dry-run` would do. */
export function deployResult(
  project: Project,
  plans: readonly HostPlan[],
  outcome: { readonly states: ReadonlyMap<string, HostState>; readonly isDryRun: boolean; readonly diagnostics: readonly Diagnostic[] },
  diagnostics: readonly Diagnostic[],
  secrets: readonly string[],
): CommandResult {
  const { states, isDryRun } = outcome
  const all = [...diagnostics, ...outcome.diagnostics]
  const failed = outcome.diagnostics.length > 0
  const changed = plans.some(
    ({ isUnchanged, host }) => !isUnchanged && (isDryRun || states.get(host) === 'done' || states.get(host) === 'running'),
  )
  const { urls, services, environment } = projectData(project, [])
  const title = isDryRun ? 'deploy, dry run' : failed ? 'deploy failed' : 'deploy'
  const rows = plans.map((plan) => [
    plan.host,
    plan.isUnchanged ? 'unchanged' : isDryRun ? 'would change' : (states.get(plan.host) ?? 'untouched'),
  ])
  const text = `${plans.map(formatPlan).join('\n')}\n${rows.map(([host, state]) => `${host}: ${state}\n`).join('')}`
  const links = Object.entries(urls).map(([name, url]) => `* ${escapeCell(name)}: <${url}>\n`)
  const summary = `## nself: ${title}\n\nProject **${escapeCell(project.name)}**, environment **${escapeCell(environment)}**.\n\n${markdownTable(['machine', 'state'], rows)}\n${plans.map(formatPlanMarkdown).join('\n')}\n${links.join('')}\n${findings(all)}`
  return {
    exitCode: failed ? 1 : 0,
    diagnostics: all,
    secrets,
    text: redact(text, secrets),
    data: {
      environment,
      services,
      urls,
      url: Object.values(urls)[0] ?? '',
      changed,
      release: serving(plans[0], states),
      'previous-release': plans[0]?.current ?? '',
      'dry-run': isDryRun,
      machines: plans.map((plan) => ({ ...plan, state: states.get(plan.host) ?? 'untouched' })),
    },
    summary: redact(summary, secrets),
  }
}

// The release that serves on the first machine, or will: a failed one does not.
function serving(plan: HostPlan | undefined, states: ReadonlyMap<string, HostState>): string {
  const state = states.get(plan?.host ?? '')
  return (state === 'failed' || state === 'rolled back' ? plan?.current : plan?.release) ?? ''
}

/** Findings as a Markdown table; nothing when there is none. */
export function findings(diagnostics: readonly Diagnostic[]): string {
  if (diagnostics.length === 0) return ''
  return `### Findings\n\n${markdownTable(
    ['', 'code', 'what', 'fix'],
    diagnostics.map(({ severity, code, message, fix }) => [severity, code, message, fix]),
  )}`
}
