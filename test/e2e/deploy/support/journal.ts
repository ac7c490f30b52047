import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { HostPlan, ServicePlan } from '../../../../action/deploy/plan/types.ts'
import type { JournalEvent } from '../../../../action/deploy/remote/journal.ts'

/** The journal of the last run of a release on a machine. */
export function lastRun(root: string, release: string): JournalEvent[] {
  const lines = readFileSync(join(root, 'state/journal', `${release}.jsonl`), 'utf8')
    .trim()
    .split('\n')
  const events = lines.map((line) => JSON.parse(line) as JournalEvent)
  return events.slice(events.findLastIndex(({ event }) => event === 'begin'))
}

const telling = new Set(['start', 'unchanged', 'drift', 'once', 'migrated', 'removed'])
const cleaning = new Set(['gc', 'repaired', 'named'])

/** What a run did, by its journal: `<service> <what>`, each once, sorted. */
export function doneBy(events: readonly JournalEvent[]): string[] {
  const started = new Set(events.filter(({ event }) => event === 'start').map(({ service }) => service))
  const done = events.flatMap(({ event, service, detail }) => {
    if (event === 'static') return [`${service} ${detail}`]
    if (event === 'edge') return [`nginx ${detail.split(' ')[0]}`]
    // What is begun anew needs its name, and may have had something left over.
    if (cleaning.has(event)) return service === '' || started.has(service) ? [] : [`${service} cleaned`]
    return telling.has(event) ? [`${service} ${event}`] : []
  })
  return [...new Set(done)].sort()
}

/** What a run must do for a plan, in the same words: nothing less, and nothing else. */
export function promisedBy({ services, edge }: HostPlan): string[] {
  const edges = {
    create: ['nginx started'],
    restart: ['nginx restarted'],
    reload: ['nginx reloaded'],
    // Of a swarm; no machine does it.
    replace: ['nginx replaced'],
    differs: ['edge drift'],
    keep: [],
  }[edge]
  return [...edges, ...services.flatMap(promisedOf)].sort()
}

function promisedOf({ name, action, class: serviceClass, migrates }: ServicePlan): string[] {
  const isMoved = serviceClass === 'roll' || serviceClass === 'recreate' || serviceClass === 'overlap'
  switch (action) {
    case 'create':
    case 'start':
    case 'roll':
    case 'overlap':
    case 'recreate':
      if (isMoved) return [`${name} start`, ...(migrates ? [`${name} migrated`] : [])]
      return [`${name} ${action === 'recreate' ? 'recreated' : 'started'}`]
    case 'run':
      return [`${name} once`]
    case 'remove':
      return [`${name} removed`]
    case 'differs':
      return [`${name} drift`]
    case 'clean':
      return [`${name} cleaned`, `${name} unchanged`]
    case 'keep':
      return isMoved ? [`${name} unchanged`] : []
  }
}
