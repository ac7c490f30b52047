import { lstatSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { decodeEnvFile, type ProjectFiles, readEnvFile } from '../../adapters/files.ts'
import type { GitHub } from '../../adapters/github/client.ts'
import { type Diagnostic, diagnose } from '../../config/diagnostics.ts'
import { below, blobSha, type GitEntry, type GitTree } from '../../pull-request/git-tree.ts'
import { type VirtualTree, virtualTree } from '../../pull-request/virtual-tree.ts'

/** The project as the base branch has it. The checkout only saves downloads: what differs there is not used. */
export interface BaseFiles {
  /** The project's folder in the repository: '' or with a final `/`. */
  readonly prefix: string
  /** The project's files; paths are relative to it. */
  readonly entries: GitTree
  /** The content of one of them, if it is on disk or was fetched. */
  readonly content: (path: string) => Buffer | undefined
  /**
   * Runs `plan` on these files until it has asked for none that is not here, and returns its last result. A plan only reads, so
   * one that missed a file is thrown away.
   */
  readonly planWith: <T>(plan: (files: ProjectFiles, tree: VirtualTree) => Promise<T>) => Promise<T>
  readonly diagnostics: () => Diagnostic[]
}

/** Opens the project's folder `prefix` ('' or with a final `/`) of a tree. */
export function openBaseFiles(whole: GitTree, prefix: string, root: string, github: Pick<GitHub, 'blob'>, base: string): BaseFiles {
  const entries = below(whole, prefix)
  const known = new Map<string, Buffer>()
  const missing = new Set<string>()
  const replaced = new Set<string>()
  const contentOf = (path: string, { sha }: GitEntry): Buffer | undefined => {
    const found = known.get(sha) ?? fromDisk(root, path, sha)
    if (found === undefined) missing.add(sha)
    else known.set(sha, found)
    return found
  }
  const envFile: ProjectFiles['envFile'] = (file) => {
    const entry = entries.get(file)
    // Not in the repository: written by a step before this one, say.
    if (entry === undefined || !entry.mode.startsWith('100')) return readEnvFile(root, file)
    const content = contentOf(file, entry)
    if (readDisk(root, file) !== undefined && fromDisk(root, file, entry.sha) === undefined) replaced.add(file)
    return content === undefined ? undefined : decodeEnvFile(file, content.length, () => content)
  }
  return {
    prefix,
    entries,
    content: (path) => {
      const entry = entries.get(path)
      return entry === undefined ? undefined : contentOf(path, entry)
    },
    planWith: async (plan) => {
      for (;;) {
        missing.clear()
        const tree = virtualTree(entries, contentOf)
        const result = await plan({ tree: tree.tree, envFile }, tree)
        if (missing.size === 0) return result
        await Promise.all([...missing].map(async (sha) => known.set(sha, await github.blob(sha))))
      }
    },
    diagnostics: () =>
      [...replaced].sort().map((file) =>
        diagnose(
          'NB701',
          `${file} of this checkout is not what ${base} has: the pull request is made from ${base}.`,
          `Commit the change to ${base}, or use the input env.`,
          {
            file,
            line: 1,
            column: 1,
          },
        ),
      ),
  }
}

function fromDisk(root: string, path: string, sha: string): Buffer | undefined {
  const content = readDisk(root, path)
  if (content === undefined || blobSha(content) === sha) return content
  // A checkout may have turned the line endings around.
  const turned = content.includes('\r\n') ? Buffer.from(content.toString('latin1').replaceAll('\r\n', '\n'), 'latin1') : undefined
  return turned !== undefined && blobSha(turned) === sha ? turned : undefined
}

function readDisk(root: string, path: string): Buffer | undefined {
  try {
    const place = join(root, path)
    return lstatSync(place).isFile() ? readFileSync(place) : undefined
  } catch {
    return undefined
  }
}
