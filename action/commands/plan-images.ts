import { platform } from 'node:os'
import { readBuildContext } from '../adapters/build-context.ts'
import type { RegistryClient } from '../adapters/registry/client.ts'
import { RegistryError } from '../adapters/registry/http.ts'
import { contentKey, type KeyParts, keyParts, keyTag } from '../images/content-key.ts'
import { baseImages } from '../images/dockerfile.ts'
import { type ImagePlan, planImage } from '../images/image-plan.ts'
import { lastTag, readPartsLabel } from '../images/labels.ts'
import type { Inputs } from '../inputs.ts'
import type { BuiltService } from '../render/bake.ts'

/** A service whose image cannot even be planned, and why. */
export interface Unplanned {
  readonly service: BuiltService
  readonly problem: string
}

export interface PlannedImages {
  readonly plans: readonly ImagePlan[]
  readonly unplanned: readonly Unplanned[]
}

/** The platforms to build for: those of the input, else this machine's. */
export function platformsOf({ platforms }: Inputs): readonly string[] {
  return platforms.length > 0
    ? platforms
    : [`${platform() === 'win32' ? 'windows' : 'linux'}/${process.arch === 'arm64' ? 'arm64' : 'amd64'}`]
}

interface Read {
  readonly service: BuiltService
  readonly bases: readonly string[]
  readonly parts: (digests: ReadonlyMap<string, string>) => KeyParts
}

/** Finds out which images are there already: one question per base image, one per service. Nothing is built. */
export async function planImages(
  root: string,
  services: readonly BuiltService[],
  inputs: Inputs,
  registry: RegistryClient,
): Promise<PlannedImages> {
  const unplanned: Unplanned[] = []
  const read: Read[] = []
  for (const service of services) {
    try {
      read.push(readService(root, service, inputs))
    } catch (error) {
      unplanned.push({ service, problem: contextProblem(error as NodeJS.ErrnoException, service) })
    }
  }
  const [digests] = await Promise.all([resolveBases(read, registry), registry.announce(read.map(({ service }) => service.image))])
  const plans = await Promise.all(
    read.map(async ({ service, bases, parts }): Promise<ImagePlan | Unplanned> => {
      const broken = bases.map((base) => digests.problems.get(base)).find((problem) => problem !== undefined)
      if (broken !== undefined) return { service, problem: broken }
      const all = parts(digests.found)
      const key = contentKey(all)
      try {
        const digest = await registry.digestOf(`${service.image}:${keyTag(key)}`)
        const isKnown = digest !== undefined && !inputs.force
        return planImage(
          service,
          key,
          all,
          { digest, previous: isKnown ? undefined : await previousParts(service, registry) },
          inputs.force,
        )
      } catch (error) {
        if (!(error instanceof RegistryError)) throw error
        return { service, problem: error.message }
      }
    }),
  )
  return {
    plans: plans.filter((plan): plan is ImagePlan => 'key' in plan),
    unplanned: [...unplanned, ...plans.filter((plan): plan is Unplanned => 'problem' in plan)],
  }
}

function readService(root: string, service: BuiltService, inputs: Inputs): Read {
  const { context, dockerfile, releaseTarget: target } = service.build
  const { entries, dockerfile: file } = readBuildContext(`${root}/${context}`, dockerfile)
  const bases = baseImages(file.content, target, inputs.buildArgs)
  return {
    service,
    bases,
    parts: (digests) =>
      keyParts({
        context: entries,
        dockerfile: file,
        target,
        buildArgs: inputs.buildArgs,
        platforms: platformsOf(inputs),
        bases: Object.fromEntries(bases.map((base) => [base, digests.get(base) ?? ''])),
        secretIds: Object.keys(inputs.buildSecrets),
        attestations: { provenance: inputs.provenance, sbom: String(inputs.sbom) },
      }),
  }
}

async function resolveBases(read: readonly Read[], registry: RegistryClient) {
  const found = new Map<string, string>()
  const problems = new Map<string, string>()
  const names = [...new Set(read.flatMap(({ bases }) => bases))]
  await Promise.all(
    names.map(async (name) => {
      const pinned = /@(sha256:[0-9a-f]{64})$/.exec(name)?.[1]
      try {
        found.set(name, pinned ?? (await registry.digestOf(name)) ?? '')
      } catch (error) {
        if (!(error instanceof RegistryError)) throw error
        // An image that only this machine has: its name must do.
        if (error.status === 401 || error.status === 403) found.set(name, '')
        else problems.set(name, `the base image ${name} could not be looked up: ${error.message}`)
      }
    }),
  )
  return { found, problems }
}

// Only an explanation: whatever goes wrong here must not fail the run.
async function previousParts({ image }: BuiltService, registry: RegistryClient): Promise<KeyParts | undefined> {
  try {
    let manifest = await registry.manifest(`${image}:${lastTag}`)
    const { manifests } = JSON.parse(manifest?.text ?? '{}') as { manifests?: { digest: string }[] }
    if (manifests?.[0] !== undefined) manifest = await registry.manifest(`${image}@${manifests[0].digest}`)
    const { config } = JSON.parse(manifest?.text ?? '{}') as { config?: { digest: string } }
    if (config === undefined) return undefined
    const { config: settings } = JSON.parse(await registry.blob(image, config.digest)) as { config?: { Labels?: Record<string, string> } }
    return readPartsLabel(settings?.Labels)
  } catch {
    return undefined
  }
}

function contextProblem({ code, path, message }: NodeJS.ErrnoException, { name, build }: BuiltService): string {
  if (code === 'ENOENT') return `${build.context}/${build.dockerfile} is missing; run nself-build generate, or correct CS_N_PATH of ${name}`
  return code === undefined ? message : `${path ?? build.context} cannot be read (${code})`
}
