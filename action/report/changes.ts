import { createTwoFilesPatch } from 'diff'
import type { Change } from '../scaffold/changes.ts'
import { baseFolder } from '../scaffold/lock.ts'

/** The paths that a set of changes touches, without the pristine copies, sorted. */
export function changedPaths(changes: readonly Change[]): string[] {
  return changes
    .filter(({ path }) => !path.startsWith(`${baseFolder}/`))
    .map((change) => (change.kind === 'move' ? change.to : change.path))
    .sort()
}

/** One line per change, then the diffs of changed files: what `generate` would do. New files are named, not shown. */
export function describeChanges(changes: readonly Change[]): string {
  const visible = changes.filter(({ path }) => !path.startsWith(`${baseFolder}/`))
  if (visible.length === 0) return 'Nothing to do: every file is as it should be.\n'
  const bases = changes.length - visible.length
  const lines = visible
    .map((change) => `${change.kind.padEnd(6)}  ${change.path}${change.kind === 'move' ? ` → ${change.to}` : ''}\n`)
    .sort()
  return `${lines.join('')}${bases === 0 ? '' : `and ${bases} pristine copies in ${baseFolder}\n`}\n${diffsOf(visible)}`
}

/** The diffs of changed and deleted files. */
export function diffsOf(changes: readonly Change[]): string {
  return changes
    .map((change) => {
      if (change.kind !== 'update' && change.kind !== 'delete') return ''
      const after = change.kind === 'update' ? change.content.toString('utf8') : ''
      return createTwoFilesPatch(
        `a/${change.path}`,
        change.kind === 'delete' ? '/dev/null' : `b/${change.path}`,
        change.before.toString('utf8'),
        after,
        undefined,
        undefined,
        { context: 3 },
      ).replace(/^=+\n/, '')
    })
    .filter((diff) => diff !== '')
    .join('\n')
}
