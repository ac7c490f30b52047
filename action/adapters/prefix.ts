import { existsSync } from 'node:fs'
import { dirname, join, posix, relative, sep } from 'node:path'

/** The project's folder inside its repository: '' or with a final `/`. Without a checkout, the workspace is taken for the repository. */
export function prefixOf(root: string, workspace: string | undefined): string {
  for (let folder = root; ; folder = dirname(folder)) {
    if (existsSync(join(folder, '.git'))) return asPrefix(relative(folder, root))
    if (folder === workspace || folder === dirname(folder)) return asPrefix(relative(workspace ?? root, root))
  }
}

function asPrefix(path: string): string {
  const normal = posix.normalize(path.split(sep).join('/'))
  return normal === '.' || normal === '' ? '' : `${normal.replace(/\/$/, '')}/`
}
