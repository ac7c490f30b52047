import type { Change } from './changes.ts'
import type { LockedFile } from './lock.ts'
import { firstMarker } from './merge/markers.ts'
import { decode, inStyleOf, plain, sameLines } from './merge/text.ts'
import { hashOf, type ScaffoldFile } from './render-scaffold.ts'

/** A scaffolded file as the three sides have it: the lock's base, the user's file, the template's new render. */
export interface FileCase {
  /** In the project. */
  readonly path: string
  readonly ours: Buffer | undefined
  readonly isExecutable: boolean
  readonly old: LockedFile | undefined
  readonly next: ScaffoldFile | undefined
  readonly isEjected: boolean
}

/** Why a change of the template did not reach a file. */
export type Kept = 'deleted' | 'dropped' | 'taken' | 'seed' | 'binary'

export type Decision =
  | {
      readonly kind: 'settled'
      readonly change?: Change | undefined
      /** The file's new lock entry; none when it is not followed. */
      readonly lock?: LockedFile | undefined
      /** The template's change was not applied: the user is told. */
      readonly kept?: Kept
    }
  | { readonly kind: 'unresolved'; readonly line: number; readonly lock: LockedFile }
  | { readonly kind: 'merge'; readonly ours: Buffer; readonly old: LockedFile; readonly next: ScaffoldFile }

/** The decision table of design section 5. Compares, and leaves the merge of a file that both sides changed to its caller. */
export function decideFile(file: FileCase): Decision {
  const { path, ours, old, next, isEjected } = file
  if (isEjected) return { kind: 'settled', lock: next && { ...(old ?? track(next)), state: 'ejected' } }
  if (next === undefined) return decideDropped(file)
  if (ours === undefined) {
    if (old === undefined)
      return { kind: 'settled', change: { kind: 'create', path, content: next.content, executable: next.executable }, lock: track(next) }
    const lock: LockedFile = { ...old, class: next.class, state: 'deleted' }
    return old.base === next.hash ? { kind: 'settled', lock } : { kind: 'settled', lock, kept: 'deleted' }
  }
  if (old === undefined)
    return sameContent(ours, next.content) ? { kind: 'settled', lock: track(next) } : { kind: 'settled', kept: 'taken' }
  const line = old.state === 'conflict' ? firstMarker(ours.toString('utf8')) : undefined
  if (line !== undefined) return { kind: 'unresolved', line, lock: { ...old, class: next.class } }
  if (sameContent(ours, next.content)) return { kind: 'settled', change: written(file, ours), lock: track(next) }
  if (isPristine(ours, old)) return { kind: 'settled', change: written(file, asOurs(ours, next.content)), lock: track(next) }
  if (old.base === next.hash) return { kind: 'settled', change: written(file, ours), lock: track(next) }
  if (next.class === 'seed') return { kind: 'settled', lock: { ...old, class: 'seed', state: 'tracked' }, kept: 'seed' }
  return { kind: 'merge', ours, old, next }
}

function decideDropped({ path, ours, old }: FileCase): Decision {
  if (ours === undefined || old === undefined) return { kind: 'settled' }
  return isPristine(ours, old) ? { kind: 'settled', change: { kind: 'delete', path, before: ours } } : { kind: 'settled', kept: 'dropped' }
}

/** The lock entry of a file that holds what the template gives, and whatever the user changed in it. */
export function track(file: ScaffoldFile): LockedFile {
  return { class: file.class, mode: file.executable ? '755' : '644', state: 'tracked', base: file.hash }
}

/** The change that leaves a file with this content, and with the executable bit of whichever side changed it; none when it is so. */
export function written({ path, ours, isExecutable, old, next }: FileCase, content: Buffer): Change | undefined {
  if (ours === undefined || next === undefined) return undefined
  const isUsers = old !== undefined && isExecutable !== (old.mode === '755')
  const executable = isUsers ? isExecutable : next.executable
  return executable === isExecutable && content.equals(ours) ? undefined : { kind: 'update', path, content, executable, before: ours }
}

/** Whether the user left a file as the template gave it. A checkout that turned line endings around changed nothing. */
export function isPristine(ours: Buffer, { base }: Pick<LockedFile, 'base'>): boolean {
  if (hashOf(ours) === base) return true
  const text = ours.includes('\r\n') ? decode(ours) : undefined
  return text !== undefined && hashOf(plain(text)) === base
}

/** Whether two files hold the same, whatever ends their lines. */
export function sameContent(a: Buffer, b: Buffer): boolean {
  return a.equals(b) || sameLines(a, b)
}

function asOurs(ours: Buffer, content: Buffer): Buffer {
  const [style, text] = [decode(ours), decode(content)]
  return style === undefined || text === undefined ? content : inStyleOf(style, plain(text))
}
