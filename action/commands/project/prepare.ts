import { statSync } from 'node:fs'
import { filesOnDisk, type ProjectFiles } from '../../adapters/files.ts'
import { type Diagnostic, diagnose, hasErrors, sortDiagnostics } from '../../config/diagnostics.ts'
import type { Project } from '../../config/project.ts'
import type { Catalogue } from '../../config/template.ts'
import { type Change, PathProblem, type Tree } from '../../scaffold/changes.ts'
import { findEditedFiles } from '../../scaffold/plan-tool-files.ts'
import { configPath } from '../../scaffold/scaffold-config.ts'
import { withExistingStages } from '../../scaffold/stages.ts'
import type { Context } from '../context.ts'
import { type Planned, planChanges } from './plan-changes.ts'
import { openCatalogue, readProject } from './read-project.ts'

/** The project as it is configured, and what has to change on disk for it. `project` and `changes` are absent after an error. */
export interface Prepared {
  readonly project?: Project
  readonly changes?: readonly Change[]
  readonly catalogue?: Catalogue
  /** What would be lost of generated files that were edited by hand; also present when that stops the run. */
  readonly edits?: readonly Change[]
  readonly diagnostics: readonly Diagnostic[]
  readonly secrets: readonly string[]
}

/** Reads the configuration, renders everything in memory and compares it with the disk, or with other files. Writes nothing. */
export async function prepare(context: Context, files?: ProjectFiles): Promise<Prepared> {
  const { root, inputs } = context
  if (files === undefined && !statSync(root, { throwIfNoEntry: false })?.isDirectory())
    return {
      diagnostics: [
        diagnose('NB604', `${inputs.workingDirectory} is not a directory.`, 'Set --working-directory to the folder with the env files.'),
      ],
      secrets: [],
    }
  const { library, catalogue, diagnostics } = openCatalogue(context)
  const read = readProject(context, catalogue, inputs.environment, files)
  for (const diagnostic of read.diagnostics) diagnostics.push(diagnostic)
  const { secrets } = read
  const { tree } = files ?? filesOnDisk(root)
  try {
    const project = read.project === undefined ? undefined : withExistingStages(read.project, tree)
    const planned =
      project === undefined
        ? reportEdits(tree, context)
        : await planChanges(project, tree, library, { ...context, reference: referenceOf(project, context, catalogue, files) })
    diagnostics.push(...planned.diagnostics)
    const result = { diagnostics: sortDiagnostics(diagnostics), secrets, edits: planned.edits }
    return project === undefined || hasErrors(diagnostics) ? result : { ...result, project, changes: planned.changes, catalogue }
  } catch (error) {
    if (!(error instanceof PathProblem)) throw error
    diagnostics.push(pathDiagnostic(error))
    return { diagnostics: sortDiagnostics(diagnostics), secrets }
  }
}

// Development decides what a scaffold is called and renders: all environments share it.
function referenceOf({ environment }: Project, context: Context, catalogue: Catalogue, files?: ProjectFiles): Project | undefined {
  return environment.kind === 'development' ? undefined : readProject(context, catalogue, 'development', files).project
}

// With an invalid configuration nothing can be rendered, but a hand-edited file can be named in the same run.
function reportEdits(tree: Tree, { handEdits }: Context): Planned {
  return { changes: [], edits: [], diagnostics: handEdits === 'overwrite' ? [] : findEditedFiles(tree, handEdits) }
}

function linkFix(path: string): string {
  const replace = 'Replace it by a real file or folder'
  return /^services\/[^./][^/]*\/./.test(path) ? `${replace}, or list it under eject in ${configPath}.` : `${replace}.`
}

function pathDiagnostic({ path, reason }: PathProblem): Diagnostic {
  return reason === 'link'
    ? diagnose('NB508', `${path} is a symbolic link; nothing is read or written through links.`, linkFix(path), {
        file: path,
        line: 1,
        column: 1,
      })
    : diagnose('NB512', `${path} is not what it should be: a file where a folder belongs, or the other way round.`, 'Move it away.', {
        file: path,
        line: 1,
        column: 1,
      })
}
