import type { Project } from '../../config/project.ts'
import { certificatesOf } from '../../render/certificates.ts'
import type { HandWrittenNames } from '../../render/sites.ts'
import type { ServiceClass } from '../release/classes.ts'
import type { Definition } from '../release/definition.ts'
import { treeHash } from '../release/names.ts'
import type { ReleaseParts } from '../release/types.ts'
import type { HostVariables } from '../release/variables.ts'
import { edgeFiles } from './edge-files.ts'
import { oneShotsFile } from './one-shots.ts'
import { type StackFile, stackFile } from './stack-files.ts'

/** A release for a swarm: a stack file per service, what the manager runs itself, and nginx's files, which become configs. */
export function swarmParts(
  project: Project,
  definitions: readonly Definition[],
  host: HostVariables,
  initFiles: ReadonlyMap<string, string>,
  tree: ReadonlyMap<string, string>,
  handWritten: HandWrittenNames,
): ReleaseParts {
  const stack = new Map<string, StackFile>(
    definitions.map((definition) => [definition.name, stackFile(project, definition, host, initFiles)]),
  )
  const rolled = definitions.filter((definition) => definition.class === 'roll')
  const drainSeconds = Math.max(30, ...rolled.map((definition) => definition.drainSeconds))
  const certificates = project.tls === 'custom' ? certificatesOf(project, handWritten) : []
  const edge = edgeFiles(project, tree, rolled, certificates, drainSeconds)
  const hash = (name: string) => (stack.get(name) as StackFile).hash
  const lasting = definitions.filter((definition) => definition.class !== 'once').map(({ name }) => stack.get(name) as StackFile)
  return {
    files: new Map([
      ['compose.yml', oneShotsFile(project, definitions, hash, edge.image)],
      ...lasting.map(({ path, content }) => [path, content] as const),
      ...edge.files,
    ]),
    edge: { hash: edge.hash, image: edge.image },
    edgeHash: treeHash(tree),
    hash,
    classOf: stackClass,
  }
}

// A swarm has no colours: new tasks start first, then old ones stop.
function stackClass(serviceClass: ServiceClass): ServiceClass {
  return serviceClass === 'roll' ? 'overlap' : serviceClass
}
