import {
  closeSync,
  constants,
  fstatSync,
  lstatSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { dirname, join, relative, sep } from 'node:path'
import { type Diagnostic, diagnose } from '../config/diagnostics.ts'
import { type Change, PathProblem, type Tree } from '../scaffold/changes.ts'
import type { TemplateFile } from '../scaffold/render-scaffold.ts'

/** A view of the project's files that follows no symbolic link. */
export function openTree(root: string): Tree {
  const verified = new Set<string>(['.'])
  const verifyParents = (path: string): void => {
    const parent = dirname(path)
    if (verified.has(parent)) return
    verifyParents(parent)
    const stats = lstatSync(join(root, parent), { throwIfNoEntry: false })
    if (stats?.isSymbolicLink()) throw new PathProblem(parent, 'link')
    if (stats !== undefined && !stats.isDirectory()) throw new PathProblem(parent, 'not a file')
    if (stats !== undefined) verified.add(parent)
  }
  const stat = (path: string) => {
    verifyParents(path)
    const stats = lstatSync(join(root, path), { throwIfNoEntry: false })
    if (stats?.isSymbolicLink()) throw new PathProblem(path, 'link')
    return stats
  }
  return {
    read: (path) => {
      const stats = stat(path)
      if (stats === undefined) return undefined
      if (!stats.isFile()) throw new PathProblem(path, 'not a file')
      return readFileSync(join(root, path))
    },
    isExecutable: (path) => ((stat(path)?.mode ?? 0) & 0o111) !== 0,
    directory: (path) => {
      const stats = stat(path)
      if (stats === undefined) return 'missing'
      if (!stats.isDirectory()) throw new PathProblem(path, 'not a file')
      return readdirSync(join(root, path)).length === 0 ? 'empty' : 'full'
    },
    list: (path) => (stat(path)?.isDirectory() ? readdirSync(join(root, path)).sort() : []),
  }
}

const largestEnvFile = 1024 ** 2

export type EnvFileText = { readonly text: string } | { readonly problem: Diagnostic } | undefined

/** Where a project's files come from: the disk, or a branch of its repository. */
export interface ProjectFiles {
  readonly tree: Tree
  readonly envFile: (file: string) => EnvFileText
}

/** The files of a folder on disk. */
export function filesOnDisk(root: string): ProjectFiles {
  return { tree: openTree(root), envFile: (file) => readEnvFile(root, file) }
}

/** Reads an env file as strict UTF-8. A link may point within the project, not out of it. */
export function readEnvFile(root: string, file: string): EnvFileText {
  const path = join(root, file)
  const problem = envFileProblem(file)
  try {
    const stats = lstatSync(path, { throwIfNoEntry: false })
    if (stats === undefined) return undefined
    if (stats.isSymbolicLink() && !isInside(realpathSync(root), realpathSync(path)))
      return problem('NB107', `${file} is a link that leaves the project.`, 'Copy the file into the project.')
    const descriptor = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK)
    try {
      const opened = fstatSync(descriptor)
      if (!opened.isFile()) return problem('NB107', `${file} is not a regular file.`, 'Make it a text file.')
      return decodeEnvFile(file, opened.size, () => readFileSync(descriptor))
    } finally {
      closeSync(descriptor)
    }
  } catch (error) {
    return problem('NB107', `${file} cannot be read (${(error as NodeJS.ErrnoException).code}).`, 'Check its permissions.')
  }
}

/** The text of an env file of `size` bytes, or what is wrong with it. */
export function decodeEnvFile(file: string, size: number, read: () => Buffer): EnvFileText {
  const problem = envFileProblem(file)
  if (size > largestEnvFile)
    return problem('NB106', `${file} is larger than 1 MiB.`, 'Env files hold settings; keep data in files of its own.')
  const bytes = read()
  if (bytes.includes(0)) return problem('NB105', `${file} holds a NUL byte.`, 'Save it as UTF-8 text.')
  try {
    return { text: new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes) }
  } catch {
    return problem('NB105', `${file} is not UTF-8.`, 'Save it as UTF-8 text.')
  }
}

function envFileProblem(file: string) {
  const position = { file, line: 1, column: 1 }
  return (code: 'NB105' | 'NB106' | 'NB107', message: string, fix: string) => ({ problem: diagnose(code, message, fix, position) })
}

function isInside(root: string, path: string): boolean {
  const path_ = relative(root, path)
  return path_ !== '..' && !path_.startsWith(`..${sep}`)
}

/** The files of a folder and its subfolders, sorted; links and everything that is not a regular file are left out. */
export function readFolder(folder: string): TemplateFile[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .map((path) => ({
      path: relative(folder, path).replaceAll(sep, '/'),
      content: readFileSync(path),
      executable: (lstatSync(path).mode & 0o111) !== 0,
    }))
    .sort((a, b) => (a.path < b.path ? -1 : 1))
}

/** Names of the folders in a folder, sorted. */
export function listFolders(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name)
    .sort()
}

/**
 * Applies changes in their order. Each file appears whole or not at all (written beside its place, then renamed), and a
 * new folder of `services/` too. Nothing outside the list is touched.
 */
export function applyChanges(root: string, changes: readonly Change[]): void {
  // Containers read these files as users of their own: a umask of 027 would lock nginx out.
  const umask = process.umask(0o022)
  try {
    applyInOrder(root, changes)
  } finally {
    process.umask(umask)
  }
}

function applyInOrder(root: string, changes: readonly Change[]): void {
  const makeFolder = folderMaker(root)
  const staged = stageNewServices(root, changes)
  for (const change of changes) {
    const place = staged.place(change.path)
    const path = join(root, place)
    switch (change.kind) {
      case 'move':
        renameSync(path, join(root, change.to))
        break
      case 'delete':
        rmSync(path)
        removeEmptyFolders(root, dirname(change.path))
        break
      default:
        makeFolder(dirname(place))
        // What is staged appears by the renaming of its folder.
        if (place === change.path) writeWhole(path, change.content, change.executable)
        else writeFileSync(path, change.content, { mode: change.executable ? 0o755 : 0o644 })
    }
  }
  staged.finish()
}

// Makes each missing folder with one call: `recursive` would look at every level again for every file.
function folderMaker(root: string): (folder: string) => void {
  const made = new Set<string>(['.'])
  const make = (folder: string): void => {
    if (made.has(folder)) return
    make(dirname(folder))
    try {
      mkdirSync(join(root, folder))
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
    }
    made.add(folder)
  }
  return make
}

function writeWhole(path: string, content: Buffer, executable: boolean): void {
  const partial = `${path}.nself-partial`
  try {
    // A link that lies there would be written through.
    rmSync(partial, { force: true })
    writeFileSync(partial, content, { flag: 'wx', mode: executable ? 0o755 : 0o644 })
    renameSync(partial, path)
  } catch (error) {
    rmSync(partial, { force: true })
    throw error
  }
}

// A service's files are collected beside services/<name> and moved there in one step: an interrupted run leaves
// no half scaffold that the next one would take for the user's own code.
function stageNewServices(root: string, changes: readonly Change[]): { place: (path: string) => string; finish: () => void } {
  const stages = new Map<string, string>()
  for (const { kind, path } of changes) {
    const service = /^services\/([^./][^/]*)\//.exec(path)?.[1]
    if (kind !== 'create' || service === undefined || stages.has(service)) continue
    const isMoveTarget = changes.some((change) => change.kind === 'move' && change.to === `services/${service}`)
    if (isMoveTarget || lstatSync(join(root, 'services', service), { throwIfNoEntry: false }) !== undefined) continue
    const stage = `services/.${service}.nself-partial`
    rmSync(join(root, stage), { recursive: true, force: true })
    stages.set(service, stage)
  }
  return {
    place: (path) => {
      const service = /^services\/([^/]+)\//.exec(path)?.[1]
      const stage = service === undefined ? undefined : stages.get(service)
      return stage === undefined ? path : stage + path.slice(`services/${service}`.length)
    },
    finish: () => {
      for (const [service, stage] of stages) renameSync(join(root, stage), join(root, 'services', service))
    },
  }
}

function removeEmptyFolders(root: string, folder: string): void {
  for (let current = folder; current !== '.' && readdirSync(join(root, current)).length === 0; current = dirname(current))
    rmdirSync(join(root, current))
}
