import { escapeCell, markdownTable, textTable } from '../../report/table.ts'
import type { HostPlan, ServiceAction, ServicePlan } from './types.ts'

const signs: Readonly<Record<ServiceAction, string>> = {
  create: '+',
  roll: '~',
  overlap: '~',
  recreate: '-/+',
  start: '+',
  run: '>',
  clean: '-',
  remove: '-',
  differs: '!',
  keep: '=',
}

const edgeWords: Readonly<Record<HostPlan['edge'], string>> = {
  create: 'starts',
  restart: 'restarts, as asked for: about a second without answers',
  reload: 'reloads its files',
  replace: 'is replaced, one machine after the other: a few seconds without answers on each',
  differs: 'stays, though its image, ports or mounts differ; restart-edge: true replaces it (about a second without answers)',
  keep: 'stays as it is',
}

/** A plan for a terminal. */
export function formatPlan(plan: HostPlan): string {
  const { host, release, current, services, unknown } = plan
  const head = `${host}: release ${release}${current === release ? ' (current)' : current === '' ? ' on an empty host' : `, now ${current}`}\n`
  const rows = services.map((service) => [`  ${signs[service.action]}`, service.name, service.action, detailOf(service)])
  const foreign = unknown.length === 0 ? '' : `  not of this deploy, left alone: ${unknown.join(', ')}\n`
  return `${head}${textTable(['', 'service', 'action', ''], rows)}${variableLines(plan)
    .map((line) => `  ${line}\n`)
    .join('')}${foreign}  nginx ${edgeWords[plan.edge]}.\n${summaryLine(plan)}\n`
}

/** A plan as Markdown. */
export function formatPlanMarkdown(plan: HostPlan): string {
  const { host, release, current, services, unknown } = plan
  const rows = services.map((service) => [signs[service.action], service.name, service.action, detailOf(service)])
  const lines = [
    ...variableLines(plan).map(escapeCell),
    `nginx ${edgeWords[plan.edge]}.`,
    ...(unknown.length === 0 ? [] : [`Not of this deploy, left alone: ${escapeCell(unknown.join(', '))}`]),
    summaryLine(plan),
  ]
  return `### ${escapeCell(host)}: release \`${release}\`${current === '' || current === release ? '' : `, now \`${escapeCell(current)}\``}\n\n${markdownTable(['', 'service', 'action', ''], rows)}\n${lines.map((line) => `* ${line}\n`).join('')}`
}

function detailOf({ action, reasons, replicas, migrates, name }: ServicePlan): string {
  const count = action === 'create' && replicas > 1 ? [`${replicas} replicas`] : []
  const migration = migrates ? ['its migration runs first'] : []
  const advice = action === 'differs' ? [`left alone, since it keeps data; recreate: ${name} replaces it`] : []
  return [...reasons, ...count, ...migration, ...advice].join('; ')
}

function variableLines({ variables: { added, changed, removed } }: HostPlan): string[] {
  const parts = Object.entries({ new: added, changed, gone: removed }).filter(([, names]) => names.length > 0)
  return parts.map(([word, names]) => `variables, ${word}: ${names.join(', ')}`)
}

const counted: readonly [ServiceAction, string][] = [
  ['create', 'to create'],
  ['roll', 'to roll'],
  ['overlap', 'to replace side by side'],
  ['recreate', 'to recreate'],
  ['start', 'to start'],
  ['clean', 'to clean up'],
  ['remove', 'to remove'],
  ['keep', 'unchanged'],
  ['differs', 'different, left alone'],
]

function summaryLine({ isUnchanged, services }: HostPlan): string {
  if (isUnchanged) return 'Nothing to do.'
  const parts = counted.map(([action, words]) => [services.filter((service) => service.action === action).length, words] as const)
  return `Plan: ${parts
    .filter(([count]) => count > 0)
    .map(([count, words]) => `${count} ${words}`)
    .join(', ')}.`
}
