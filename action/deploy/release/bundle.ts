import { requiredSecrets } from '../../config/checks.ts'
import { type Diagnostic, hasErrors } from '../../config/diagnostics.ts'
import type { ReadEnvFile } from '../../config/load.ts'
import type { Project } from '../../config/project.ts'
import type { Variables } from '../../config/variables.ts'
import type { RenderTemplate } from '../../render/liquid.ts'
import { type ReleaseSites, renderNginx } from '../../render/nginx.ts'
import { renderPostgres } from '../../render/postgres.ts'
import type { HandWrittenNames } from '../../render/sites.ts'
import { checkSwarm } from '../swarm/checks.ts'
import { swarmParts } from '../swarm/release-files.ts'
import { checkDeployable, checkOwnFiles } from './checks.ts'
import { composeFile, hashOf } from './compose-file.ts'
import { coreDefinitions, coreVolumeNames } from './core-definitions.ts'
import { customDefinition, customVolumes } from './custom-definitions.ts'
import type { Definition } from './definition.ts'
import { checkServerNames, type OtherDomains } from './domains.ts'
import { edgeFile, edgeTree } from './edge.ts'
import { encodeEnv } from './env-content.ts'
import { readServiceEnvFiles } from './env-files.ts'
import { type DigestsFile, resolveImages } from './images.ts'
import { networkName, shortHash, stackName, treeHash } from './names.ts'
import { formatManifest, releaseTable, serviceTable } from './tables.ts'
import type { Bundle, DeployTarget, Manifest, ReleaseParts, ReleaseService } from './types.ts'
import { type HostVariables, hostVariables } from './variables.ts'

/** Everything that a release is made of. */
export interface ReleaseSources {
  readonly project: Project
  readonly target: DeployTarget
  readonly variables: Variables
  readonly digests: DigestsFile
  /** Images of services that this release leaves as they are, by name. */
  readonly kept: ReadonlyMap<string, string>
  readonly render: RenderTemplate
  readonly handWritten: HandWrittenNames
  /** The user's own files of this environment, nginx's and Postgres' init scripts: path in the project → text. */
  readonly own: ReadonlyMap<string, string>
  readonly readEnvFile: ReadEnvFile
  readonly others: readonly OtherDomains[]
  /** The commit that is deployed; '' when unknown. */
  readonly commit: string
}

/** Renders a release. All findings are returned at once; `bundle` is present only when none is an error. Equal sources give equal bytes. */
export function renderBundle(sources: ReleaseSources): { bundle?: Bundle; diagnostics: Diagnostic[] } {
  const { project, variables, target } = sources
  const impossible = checkDeployable(project)
  if (target === 'swarm' && !hasErrors(impossible)) impossible.push(...checkSwarm(project))
  if (hasErrors(impossible)) return { diagnostics: impossible }
  const { images, diagnostics } = resolveImages(project, sources.digests, sources.kept)
  const envFiles = readServiceEnvFiles(project, sources.readEnvFile, variables)
  const initFiles = initScripts(sources)
  const definitions = [
    ...coreDefinitions(project, initFiles),
    ...project.services.map((service) =>
      customDefinition(project, service, images.get(service.name) ?? service.image, envFiles.files.variables.get(service.host) ?? {}),
    ),
  ]
  const { host, diagnostics: missing } = hostVariables(definitions, variables, envFiles.files.values, requiredSecrets(project))
  const tree = nginxTree(sources, definitions)
  diagnostics.push(...checkOwnFiles(sources.own), ...envFiles.diagnostics, ...missing, ...checkServerNames(project, tree, sources.others))
  if (hasErrors(diagnostics)) return { diagnostics }

  const parts =
    target === 'swarm'
      ? swarmParts(project, definitions, host, initFiles, tree, sources.handWritten)
      : hostParts(project, definitions, host, tree)
  const env = encodeEnv(host.values)
  const files = new Map([...parts.files, ...[...initFiles].map(([name, text]) => [`files/postgres/init/${name}`, text] as const), ...tree])
  const manifest: Omit<Manifest, 'release'> = {
    version: 1,
    ...(target === 'swarm' ? { target } : {}),
    project: project.name,
    environment: project.environment.name,
    commit: sources.commit,
    envHash: shortHash(env, 16),
    edgeHash: parts.edgeHash,
    edge: parts.edge,
    services: definitions.map((definition) => serviceOf(definition, parts)).sort(byName),
    variables: Object.fromEntries([...host.values].sort(byKey).map(([name, value]) => [name, shortHash(`${name}=${value}`, 8)])),
  }
  return { bundle: complete(project, files, manifest, env, host.secrets), diagnostics }
}

/** A release for machines with Compose: two projects, the services and nginx. */
function hostParts(
  project: Project,
  definitions: readonly Definition[],
  host: HostVariables,
  tree: ReadonlyMap<string, string>,
): ReleaseParts {
  const hashes = new Map(definitions.map((definition) => [definition.name, hashOf(definition, host)]))
  const { content, hash, image } = edgeFile(project, rolledOf(definitions))
  return {
    files: new Map([
      ['compose.yml', composeFile(project, definitions, hashes, { ...coreVolumeNames(project), ...customVolumes(project) })],
      ['edge.yml', content],
    ]),
    edge: { hash, image },
    edgeHash: treeHash(tree),
    hash: (name) => hashes.get(name) as string,
    classOf: (serviceClass) => serviceClass,
  }
}

function complete(
  project: Project,
  files: Map<string, string>,
  unnamed: Omit<Manifest, 'release'>,
  env: string,
  secrets: readonly string[],
): Bundle {
  files.set('services.tsv', serviceTable(unnamed.services))
  const id = shortHash(JSON.stringify([[...files].sort(byKey), unnamed]), 12)
  const manifest = { ...unnamed, release: id }
  files.set('manifest.json', formatManifest(manifest))
  files.set('release.tsv', releaseTable(manifest, stackName(project), networkName(project)))
  return { id, files: new Map([...files].sort(byKey)), env, manifest, secrets }
}

const byKey = ([a]: readonly [string, string], [b]: readonly [string, string]): number => (a < b ? -1 : 1)
const byName = (a: ReleaseService, b: ReleaseService): number => (a.name < b.name ? -1 : 1)

function rolledOf(definitions: readonly Definition[]): Definition[] {
  return definitions.filter((definition) => definition.class === 'roll')
}

function serviceOf(definition: Definition, { hash, classOf }: ReleaseParts): ReleaseService {
  const {
    name,
    class: serviceClass,
    image,
    replicas,
    startSeconds,
    drainSeconds,
    graceSeconds,
    port,
    probe,
    migration,
    domains,
  } = definition
  return {
    name,
    class: classOf(serviceClass),
    hash: hash(name),
    image,
    replicas,
    startSeconds,
    drainSeconds,
    graceSeconds,
    port,
    probe,
    migrate: migration !== undefined,
    domains,
  }
}

/** Postgres' init scripts: ours, and the user's own beside it. */
function initScripts({ project, own }: ReleaseSources): Map<string, string> {
  const folder = `deploy/${project.environment.name}/postgres/init/`
  const files = [...own, ...renderPostgres(project).map(({ path, content }) => [path, content] as const)]
  return new Map(
    files
      .filter(([path]) => path.startsWith(folder))
      .map(([path, text]) => [path.slice(folder.length), text] as const)
      .sort(byKey),
  )
}

function nginxTree({ project, target, render, handWritten, own }: ReleaseSources, definitions: readonly Definition[]): Map<string, string> {
  const rolled = rolledOf(definitions)
  const names = new Set(rolled.map(({ name }) => name))
  const sites: ReleaseSites = {
    upstreams: target === 'swarm' ? 'tasks' : 'colours',
    rolled: project.services.filter(({ host }) => names.has(host)),
    drainSeconds: Math.max(30, ...rolled.map(({ drainSeconds }) => drainSeconds)),
  }
  return edgeTree(project, renderNginx(project, render, handWritten, sites), own)
}
