import { openTree, readEnvFile } from '../../adapters/files.ts'
import { broughtCertificates, type KeyedCertificate } from '../../certificates/brought.ts'
import { type Diagnostic, diagnose, hasErrors, sortDiagnostics } from '../../config/diagnostics.ts'
import { standardEnvironments } from '../../config/environment.ts'
import type { Project } from '../../config/project.ts'
import type { Catalogue } from '../../config/template.ts'
import { renderBundle } from '../../deploy/release/bundle.ts'
import type { OtherDomains } from '../../deploy/release/domains.ts'
import type { Bundle } from '../../deploy/release/types.ts'
import { certificatesOf } from '../../render/certificates.ts'
import { layoutOf } from '../../render/compose/layout.ts'
import { createRenderer } from '../../render/liquid.ts'
import type { HandWrittenNames } from '../../render/sites.ts'
import type { Tree } from '../../scaffold/changes.ts'
import { findMarkers } from '../../scaffold/find-markers.ts'
import type { Context } from '../context.ts'
import { readHandWritten } from '../project/plan-changes.ts'
import { openCatalogue, readProject } from '../project/read-project.ts'

/** A release, rendered for its environment, and the project it is of. `bundle` is absent after an error. */
export interface Released {
  readonly project?: Project
  readonly bundle?: Bundle
  /** The domains that nginx files of the user's serve. */
  readonly handWritten: HandWrittenNames
  /** Certificates that variables hold, with their keys. */
  readonly brought: readonly KeyedCertificate[]
  readonly diagnostics: readonly Diagnostic[]
  readonly secrets: readonly string[]
}

/** Renders the release from the configuration, never from committed output; `kept` has the images that stay. Writes nothing. */
export function releaseOf(context: Context, kept: ReadonlyMap<string, string> = new Map()): Released {
  const { inputs, root, outer } = context
  const { library, catalogue, diagnostics } = openCatalogue(context)
  const { project, variables, secrets, ...read } = readProject(context, catalogue, inputs.environment)
  diagnostics.push(...read.diagnostics)
  if (project === undefined || variables === undefined)
    return { handWritten: new Map(), brought: [], diagnostics: sortDiagnostics(diagnostics), secrets }
  const tree = openTree(root)
  diagnostics.push(...conflictMarkers(tree))
  const { directory } = layoutOf(project.environment)
  const handWritten = readHandWritten(tree, `${directory}nginx/conf.d`)
  const certificates =
    project.tls === 'custom' ? broughtCertificates(certificatesOf(project, handWritten), variables.entries) : { files: [], diagnostics: [] }
  diagnostics.push(...certificates.diagnostics)
  const rendered = renderBundle({
    project,
    target: inputs.target,
    variables,
    digests: { name: inputs.digestsFile, text: tree.read(inputs.digestsFile)?.toString('utf8') },
    kept,
    render: createRenderer(library.nginx()),
    handWritten,
    own: ownFiles(tree, directory),
    readEnvFile: (file) => readEnvFile(root, file),
    others: otherDomains(context, catalogue, project),
    commit: outer.GITHUB_SHA ?? '',
  })
  // Checked again for the release, and as errors.
  const all = [...diagnostics.filter(({ code }) => code !== 'NB408' && code !== 'NB409'), ...rendered.diagnostics]
  const found = {
    project,
    handWritten,
    brought: certificates.files,
    diagnostics: sortDiagnostics(all),
    secrets: [...secrets, ...(rendered.bundle?.secrets ?? [])],
  }
  return hasErrors(all) || rendered.bundle === undefined ? found : { ...found, bundle: rendered.bundle }
}

// A file with markers may be in an image already, but nobody means to run it.
function conflictMarkers(tree: Tree): Diagnostic[] {
  return findMarkers(tree).map(({ position }) =>
    diagnose('NB808', `${position?.file} holds conflict markers.`, 'Choose between the two versions, and build again.', position),
  )
}

/** The user's own nginx files and init scripts of this environment. */
function ownFiles(tree: Tree, directory: string): Map<string, string> {
  const folders = ['nginx/custom', 'nginx/conf.d', 'postgres/init'].map((folder) => directory + folder)
  return new Map(
    folders.flatMap((folder) =>
      tree.list(folder).map((name) => [`${folder}/${name}`, tree.read(`${folder}/${name}`)?.toString('utf8') ?? ''] as const),
    ),
  )
}

// The `env` input is this environment's, not the other's. Without a file of its own, an environment claims nothing below the base domain
// that it shares: nothing says what its own would be.
function otherDomains({ inputs, ...context }: Context, catalogue: Catalogue, chosen: Project): OtherDomains[] {
  return standardEnvironments
    .filter(({ name, kind }) => kind !== 'development' && name !== chosen.environment.name)
    .flatMap(({ name, files }) => {
      const hasFile = files.some((file) => readEnvFile(context.root, file) !== undefined)
      const { project } = readProject({ ...context, inputs: { ...inputs, env: '' } }, catalogue, name)
      const domains = project?.services.flatMap((service) =>
        service.public ? service.domains.map((domain) => [domain, service.name] as const) : [],
      )
      const claimed = domains?.filter(([domain]) => hasFile || !domain.endsWith(`.${chosen.baseDomain}`))
      return claimed === undefined ? [] : [{ environment: name, domains: new Map(claimed) }]
    })
}
