import { platform } from 'node:os'
import { readBuildContext } from '../../adapters/build-context.ts'
import type { RegistryClient } from '../../adapters/registry/client.ts'
import { RegistryError } from '../../adapters/registry/http.ts'
import type { Diagnostic } from '../../config/diagnostics.ts'
import { contentKey, type KeyParts, keyParts, keyTag } from '../../images/content-key.ts'
import { baseImages } from '../../images/dockerfile.ts'
import { checkDockerfile } from '../../images/dockerfile-checks.ts'
import { type ImagePlan, type Known, planImage } from '../../images/image-plan.ts'
import { lastTag } from '../../images/labels.ts'
import { parseReference } from '../../images/reference.ts'
import type { Inputs } from '../../inputs.ts'
import type { BuiltService } from '../../render/bake.ts'
import { inspectImage } from './inspect-image.ts'

/** A service whose image cannot even be planned, and why. */
export interface Unplanned {
  readonly service: BuiltService
  readonly problem: string
}

export interface PlannedImages {
  readonly plans: readonly ImagePlan[]
  readonly unplanned: readonly Unplanned[]
  /** What the Dockerfiles' checks found. */
  readonly diagnostics: readonly Diagnostic[]
}

const ownPlatform = `${platform() === 'win32' ? 'windows' : 'linux'}/${process.arch === 'arm64' ? 'arm64' : 'amd64'}`

/** The platforms to build for: those of the input, else this machine's. */
export function platformsOf({ platforms }: Inputs): readonly string[] {
  return platforms.length > 0 ? platforms : [ownPlatform]
}

interface Read {
  readonly service: BuiltService
  readonly bases: readonly string[]
  readonly checks: readonly Diagnostic[]
  readonly parts: (digests: ReadonlyMap<string, string>, platforms: readonly string[]) => KeyParts
}

/** Finds out which images are there already: one question per base image, one per service. Nothing is built. */
export async function planImages(
  root: string,
  services: readonly BuiltService[],
  inputs: Inputs,
  registry: RegistryClient,
): Promise<PlannedImages> {
  const platforms = platformsOf(inputs)
  const unplanned: Unplanned[] = []
  const read: Read[] = []
  for (const service of services) {
    try {
      read.push(readService(root, service, inputs, platforms))
    } catch (error) {
      unplanned.push({ service, problem: contextProblem(error as NodeJS.ErrnoException, service) })
    }
  }
  const [digests] = await Promise.all([resolveBases(read, registry), announceAll(read, registry)])
  const plans = await Promise.all(
    read.map(async ({ service, bases, parts }): Promise<ImagePlan | Unplanned> => {
      const broken = bases.map((base) => digests.problems.get(base)).find((problem) => problem !== undefined)
      if (broken !== undefined) return { service, problem: broken }
      const all = parts(digests.found, platforms)
      const referenceOf = (wanted: KeyParts) => `${service.image}:${keyTag(contentKey(wanted))}`
      const apart = platforms.length === 1 ? [] : platforms
      const perPlatform = new Map(apart.map((one) => [one, referenceOf(parts(digests.found, [one]))]))
      try {
        const known = await askRegistry(referenceOf(all), service, perPlatform, inputs.force, registry)
        return planImage(service, all, perPlatform, known, inputs.force)
      } catch (error) {
        if (!(error instanceof RegistryError)) throw error
        return { service, problem: error.message }
      }
    }),
  )
  return {
    plans: plans.filter((plan): plan is ImagePlan => 'key' in plan),
    unplanned: [...unplanned, ...plans.filter((plan): plan is Unplanned => 'problem' in plan)],
    diagnostics: read.flatMap(({ checks }) => checks),
  }
}

async function announceAll(read: readonly Read[], registry: RegistryClient): Promise<void> {
  const images = read.map(({ service }) => service.image)
  const own = new Set(images.map((image) => parseReference(image).registry))
  const bases = read.flatMap((one) => one.bases).filter((base) => own.has(parseReference(base).registry))
  await registry.announce([...images, ...bases], 'pull')
}

// What is only needed for an image that is missing is only asked then: a run without changes costs one request per service.
async function askRegistry(
  reference: string,
  service: BuiltService,
  perPlatform: ReadonlyMap<string, string>,
  force: boolean,
  registry: RegistryClient,
): Promise<Known> {
  const digest = await registry.digestOf(reference)
  if (digest !== undefined && !force) return { digest, previous: { parts: undefined, bytes: undefined }, hasPlatforms: false }
  const [previous, ...there] = await Promise.all([
    inspectImage(service.image, lastTag, registry),
    ...[...perPlatform.values()].map((platformReference) => registry.digestOf(platformReference)),
  ])
  return { digest, previous, hasPlatforms: there.length > 0 && !there.includes(undefined) }
}

function readService(root: string, service: BuiltService, inputs: Inputs, all: readonly string[]): Read {
  const { context, dockerfile, releaseTarget: target } = service.build
  const { entries, dockerfile: file } = readBuildContext(`${root}/${context}`, dockerfile)
  const basesFor = (platforms: readonly string[]) =>
    baseImages(file.content, { target, buildArgs: inputs.buildArgs, platforms, builderPlatform: ownPlatform })
  const bases = basesFor(all)
  return {
    service,
    bases,
    checks: checkDockerfile(file.content, `${context}/${dockerfile}`),
    parts: (digests, platforms) =>
      keyParts({
        context: entries,
        dockerfile: file,
        target,
        buildArgs: inputs.buildArgs,
        platforms,
        bases: Object.fromEntries((platforms === all ? bases : basesFor(platforms)).map((base) => [base, digests.get(base) ?? ''])),
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

function contextProblem({ code, path, message }: NodeJS.ErrnoException, { name, build }: BuiltService): string {
  if (code === 'ENOENT') return `${build.context}/${build.dockerfile} is missing; run nself-build generate, or correct CS_N_PATH of ${name}`
  return code === undefined ? message : `${path ?? build.context} cannot be read (${code})`
}
