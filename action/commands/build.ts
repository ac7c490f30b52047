import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { builderDriver, engineMirrors } from '../adapters/docker.ts'
import { withLogin } from '../adapters/docker-config.ts'
import { openTree } from '../adapters/files.ts'
import type { Credentials } from '../adapters/registry/authorize.ts'
import { createRegistryClient, type RegistryClient } from '../adapters/registry/client.ts'
import { dockerConfigFolder, dockerCredentials } from '../adapters/registry/credentials.ts'
import { RegistryError } from '../adapters/registry/http.ts'
import { type Diagnostic, diagnose, hasErrors, sortDiagnostics } from '../config/diagnostics.ts'
import type { Project } from '../config/project.ts'
import { didYouMean } from '../config/suggest.ts'
import type { BakeOptions } from '../images/bake-run.ts'
import { basesOf, keyTag } from '../images/content-key.ts'
import { formatDigestsFile, formatImageLines, type ImageRecord } from '../images/digests-file.ts'
import { joinPlatforms, type PlatformImage } from '../images/image-index.ts'
import type { ImagePlan } from '../images/image-plan.ts'
import { lastTag } from '../images/labels.ts'
import { parseReference } from '../images/reference.ts'
import { expandTags } from '../images/tags.ts'
import type { Inputs } from '../inputs.ts'
import { type BuiltService, builtServices } from '../render/bake.ts'
import { buildReport, type ImageResult } from '../report/images.ts'
import { redact } from '../report/redact.ts'
import { findMarkers } from '../scaffold/find-markers.ts'
import { type BuildOutcome, buildImages } from './build-images.ts'
import type { Context } from './context.ts'
import { refused } from './generate.ts'
import { imageBytes } from './inspect-image.ts'
import { planImages, platformsOf, type Unplanned } from './plan-images.ts'
import { openCatalogue, readProject } from './read-project.ts'
import type { CommandResult } from './result.ts'

/** Builds and pushes the images that the registry does not have yet, tags all, and writes the digests file. */
export async function build(context: Context): Promise<CommandResult> {
  const { inputs, root } = context
  const { catalogue, diagnostics } = openCatalogue(context)
  const { project, secrets, ...read } = readProject(context, catalogue, inputs.environment)
  diagnostics.push(...read.diagnostics)
  const buildSecrets = Object.values(inputs.buildSecrets).map((variable) => context.outer[variable] ?? '')
  const all = [...secrets, inputs.registryPassword, ...buildSecrets].filter((secret) => secret !== '')
  const selected = project === undefined ? [] : selectServices(project, inputs, diagnostics)
  diagnostics.push(...checkBuildInputs(context))
  diagnostics.push(...findMarkers(openTree(root), (service) => selected.some(({ name }) => name === service)))
  if (project === undefined || hasErrors(diagnostics)) return refused(sortDiagnostics(diagnostics), all)

  const registry = openRegistry(context)
  const planned = await planImages(root, selected, inputs, registry)
  const { plans, refused: notAllowed } = await withoutRefused(planned.plans, registry)
  const unplanned = [...planned.unplanned, ...notAllowed]
  const misses = plans.filter(({ action }) => action === 'build')
  const outcomes =
    misses.length === 0
      ? new Map<string, BuildOutcome>()
      : await withLogin(dockerConfigFolder(context.outer), parseReference(selected[0]?.image ?? '').registry, loginOf(inputs), (login) =>
          buildImages(misses, bakeOptions(context), registry, {
            root,
            environment: { ...context.outer, ...epochOf(context), ...login },
            builder: inputs.builder,
            progress: (line) => context.progress(redact(line, all)),
            stallSeconds: 90,
          }),
        )
  const tags = expandTags(inputs.tags, tagSources(context, project))
  const results = await Promise.all(plans.map((plan) => finish(plan, outcomes.get(plan.service.name), tags, registry)))
  const report = buildReport(project, [...results, ...unplanned.map(({ service, problem }) => notPlanned(service, problem))])

  const records = new Map(results.flatMap((result) => recordOf(result, inputs)))
  const isComplete = results.every(({ state }) => state !== 'failed') && unplanned.length === 0
  if (isComplete) writeDigests(root, inputs.digestsFile, project.name, records)
  return {
    exitCode: isComplete ? 0 : 1,
    diagnostics,
    secrets: all,
    text: redact(report.text, all),
    data: {
      environment: project.environment.name,
      services: selected.map(({ name }) => name),
      images: Object.fromEntries([...records].map(([name, { image }]) => [name, image])),
      ...(isComplete ? { 'digests-file': inputs.digestsFile } : {}),
      ...report.data,
    },
    summary: redact(report.summary, all),
  }
}

/** Asks before a build is wasted whether its image may be pushed at all. */
async function withoutRefused(
  plans: readonly ImagePlan[],
  registry: RegistryClient,
): Promise<{ plans: ImagePlan[]; refused: Unplanned[] }> {
  const refused: Unplanned[] = []
  const allowed = await Promise.all(
    plans.map(async (plan) => {
      const problem = plan.action === 'reuse' ? undefined : await registry.pushProblem(plan.service.image)
      if (problem === undefined) return [plan]
      refused.push({ service: plan.service, problem })
      return []
    }),
  )
  return { plans: allowed.flat(), refused }
}

/** The services that are built, or those of them that the `services` input names. */
export function selectServices(project: Project, { services: names }: Inputs, diagnostics: Diagnostic[]): BuiltService[] {
  const built = builtServices(project)
  for (const name of names) {
    if (built.some((service) => service.name === name)) continue
    const isReady = project.services.some((service) => service.name === name)
    const fix = isReady
      ? 'It runs a ready image (CS_N_IMAGE).'
      : didYouMean(
          name,
          built.map((service) => service.name),
        ) || 'Name services of this project.'
    diagnostics.push(diagnose('NB603', `services: ${name} is not a service that is built.`, fix))
  }
  return names.length === 0 ? built : built.filter(({ name }) => names.includes(name))
}

/** A client that knows the credentials of the inputs and of the Docker configuration. */
export function openRegistry({ inputs, outer }: Context): RegistryClient {
  const folder = dockerConfigFolder(outer)
  const own = parseReference(`${inputs.registry}/x`).registry
  // Asked once: behind these are files and processes.
  let mirrors: readonly string[] | undefined
  const known = new Map<string, Credentials | undefined>()
  return createRegistryClient({
    credentials: (registry) => {
      if (!known.has(registry)) known.set(registry, (registry === own ? loginOf(inputs) : undefined) ?? dockerCredentials(folder, registry))
      return known.get(registry)
    },
    mirrors: async () => {
      mirrors ??= engineMirrors(outer)
      return mirrors
    },
    sleep: (milliseconds) => sleep(milliseconds),
  })
}

function loginOf({ registryUsername: username, registryPassword: password }: Inputs): Credentials | undefined {
  return password === '' ? undefined : { username, password }
}

function checkBuildInputs({ inputs, outer }: Context): Diagnostic[] {
  const missing = Object.entries(inputs.buildSecrets).filter(([, variable]) => (outer[variable] ?? '') === '')
  return [
    ...(inputs.registry === ''
      ? [
          diagnose(
            'NB605',
            'build needs a registry to push to.',
            'Set registry, such as ghcr.io/acme; a registry on this machine is 127.0.0.1:5000.',
          ),
        ]
      : []),
    ...missing.map(([id, variable]) =>
      diagnose(
        'NB603',
        `build-secrets: ${id} is read from ${variable}, which is not set.`,
        `Set ${variable} in the environment of this step.`,
      ),
    ),
  ]
}

function bakeOptions({ inputs, outer }: Context): BakeOptions {
  const isActions = outer.ACTIONS_RUNTIME_TOKEN !== undefined
  return {
    cache: inputs.cache === 'auto' ? (isActions ? 'gha' : 'off') : inputs.cache,
    cacheFolder: inputs.cacheFolder,
    platforms: platformsOf(inputs),
    buildArgs: inputs.buildArgs,
    secrets: inputs.buildSecrets,
    provenance: inputs.provenance,
    sbom: inputs.sbom,
    rewriteTimes: builderDriver(inputs.builder, outer) !== 'docker',
    noCache: inputs.noCache,
    pull: inputs.pull,
    source: outer.GITHUB_REPOSITORY === undefined ? '' : `${outer.GITHUB_SERVER_URL ?? 'https://github.com'}/${outer.GITHUB_REPOSITORY}`,
  }
}

// One key, one image: without it, each build of the same files would differ by its times. 0 is what ko and Jib use, too.
function epochOf({ outer }: Context): Record<string, string> {
  return { SOURCE_DATE_EPOCH: outer.SOURCE_DATE_EPOCH ?? '0' }
}

function tagSources({ outer }: Context, project: Project) {
  const type = outer.GITHUB_REF_TYPE
  const name = outer.GITHUB_HEAD_REF || outer.GITHUB_REF_NAME || ''
  return {
    sha: outer.GITHUB_SHA ?? '',
    branch: type === 'tag' ? '' : name,
    semver: type === 'tag' ? (/^v?(\d+\.\d+\.\d+)$/.exec(name)?.[1] ?? '') : '',
    environment: project.environment.name,
  }
}

/** Moves the tags to an image that is there; a tag never points to what is not complete. */
async function finish(
  plan: ImagePlan,
  outcome: BuildOutcome | undefined,
  tags: readonly string[],
  registry: RegistryClient,
): Promise<ImageResult> {
  const { service, action, reason } = plan
  const base = {
    service,
    key: plan.key,
    parts: plan.parts,
    reason,
    seconds: outcome?.seconds,
    log: outcome?.log,
    previousBytes: plan.previousBytes,
    problem: undefined,
    bytes: undefined,
  }
  let digest = plan.digest ?? outcome?.digest
  try {
    if (action === 'join') digest = await joinImages(plan, registry)
    if (digest === undefined) return { ...base, state: 'failed', digest, problem: 'the build failed' }
    const wanted = [...tags, ...(action === 'reuse' ? [] : [lastTag])]
    const manifest = wanted.length === 0 ? undefined : await registry.manifest(`${service.image}@${digest}`)
    if (manifest !== undefined) for (const tag of wanted) await registry.tag(service.image, tag, manifest)
    if (action === 'reuse') return { ...base, state: 'reused', digest }
    const bytes = manifest === undefined ? undefined : await imageBytes(service.image, manifest.text, registry)
    return { ...base, state: 'built', digest, bytes }
  } catch (error) {
    if (!(error instanceof RegistryError)) throw error
    return { ...base, state: 'failed', digest, problem: `the image is there, but ${error.message}` }
  }
}

/** Makes one image of those that each platform's job has pushed; returns its digest. */
async function joinImages({ service, key, platformReferences }: ImagePlan, registry: RegistryClient): Promise<string | undefined> {
  const images: PlatformImage[] = []
  for (const [platform, reference] of platformReferences) {
    const manifest = await registry.manifest(reference)
    if (manifest === undefined) return undefined
    images.push({ platform, ...manifest })
  }
  await registry.tag(service.image, keyTag(key), joinPlatforms(images))
  return registry.digestOf(`${service.image}:${keyTag(key)}`)
}

function notPlanned(service: BuiltService, problem: string): ImageResult {
  return {
    service,
    key: '',
    parts: {},
    reason: '',
    seconds: undefined,
    log: undefined,
    state: 'failed',
    digest: undefined,
    problem,
    bytes: undefined,
    previousBytes: undefined,
  }
}

function recordOf({ service, digest, key, parts, state }: ImageResult, inputs: Inputs): [string, ImageRecord][] {
  if (digest === undefined || state === 'failed') return []
  const record = {
    slot: service.slot,
    image: `${service.image}@${digest}`,
    key,
    platforms: platformsOf(inputs),
    bases: Object.fromEntries(basesOf(parts)),
  }
  return [[service.name, record]]
}

function writeDigests(root: string, file: string, project: string, records: ReadonlyMap<string, ImageRecord>): void {
  writeFileSync(join(root, file), formatDigestsFile(project, records))
  writeFileSync(join(root, `${file}.env`), formatImageLines(records))
}
