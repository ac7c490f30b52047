import { type Diagnostic, sortDiagnostics } from '../config/diagnostics.ts'
import { PathProblem, type Tree } from './changes.ts'
import { type LockedFile, lockOf, lockPath } from './lock.ts'
import { firstMarker } from './merge/markers.ts'
import { markersNotice } from './notices.ts'

/**
 * Finds scaffolded files that hold conflicts which we wrote and nobody has resolved yet: such a tree must not be built or deployed.
 * Looks at all of them, or at those that `isLookedAt`.
 */
export function findMarkers(tree: Tree, isLookedAt: (service: string, file: LockedFile) => boolean = () => true): Diagnostic[] {
  const found = Object.entries(lockOf(tree.read(lockPath)).services)
    .flatMap(([name, { files }]) =>
      Object.entries(files).flatMap(([file, locked]) => (isLookedAt(name, locked) ? [`services/${name}/${file}`] : [])),
    )
    .flatMap((path): Diagnostic[] => {
      const line = firstMarker(readQuietly(tree, path))
      return line === undefined ? [] : [{ ...markersNotice(path, line), severity: 'error' }]
    })
  return sortDiagnostics(found)
}

// What is in the way of a file is another finding's matter.
function readQuietly(tree: Tree, path: string): string {
  try {
    return tree.read(path)?.toString('utf8') ?? ''
  } catch (error) {
    if (error instanceof PathProblem) return ''
    throw error
  }
}
