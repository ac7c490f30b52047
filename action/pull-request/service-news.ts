import type { Project } from '../config/project.ts'
import type { Lock, LockedService } from '../scaffold/lock.ts'
import type { TreeEdit } from './git-tree.ts'

/** What a pull request brings to one service, and why. */
export interface ServiceNews {
  readonly name: string
  readonly reason: string
  /** `CS_1 (.env.dev:4)`; '' for one that has no line any more. */
  readonly line: string
  readonly files: number
}

/** The services whose files or lock entries change, in the order of their lines. */
export function serviceNews(before: Lock, after: Lock, edits: readonly TreeEdit[], { services }: Project): ServiceNews[] {
  const names = [...new Set([...services.map(({ name }) => name), ...Object.keys(after.services), ...Object.keys(before.services)])]
  return names.flatMap((name) => {
    const [old, now] = [serviceOf(before, name), serviceOf(after, name)]
    const files = edits.filter(({ path }) => path.startsWith(`services/${name}/`)).length
    const moved = now === undefined || old !== undefined ? undefined : movedFrom(now, before, after)
    const reason = reasonOf(old, now, moved)
    const service = services.find((each) => each.name === name)
    const line = service === undefined ? '' : `CS_${service.slot} (${service.position.file}:${service.position.line})`
    return files === 0 && JSON.stringify(old) === JSON.stringify(now) ? [] : [{ name, reason, line, files }]
  })
}

// A service may be called constructor.
function serviceOf({ services }: Lock, name: string): LockedService | undefined {
  return Object.hasOwn(services, name) ? services[name] : undefined
}

function movedFrom({ slot, template }: LockedService, before: Lock, after: Lock): string | undefined {
  return Object.entries(before.services).find(
    ([name, locked]) => after.services[name] === undefined && locked.slot === slot && locked.template === template,
  )?.[0]
}

function reasonOf(old: LockedService | undefined, now: LockedService | undefined, moved: string | undefined): string {
  if (now === undefined) return 'renamed or removed'
  if (moved !== undefined) return `renamed from ${moved}`
  if (old === undefined) return `new, from ${now.template} ${now.version}`
  if (now.orphaned && !old.orphaned) return 'its line is gone; the files stay'
  const port = old.inputs.port === now.inputs.port ? [] : [`port ${old.inputs.port} → ${now.inputs.port}`]
  const version = old.version === now.version ? [] : [`${now.template} ${old.version} → ${now.version}`]
  return [...version, ...port].join(', ') || `${now.template} ${now.version}: what was waiting`
}
