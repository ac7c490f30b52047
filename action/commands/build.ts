import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { openEngine } from '../adapters/engine.ts'
import { openTree } from '../adapters/files.ts'
import type { RegistryClient } from '../adapters/registry/client.ts'
import { type Diagnostic, diagnose, hasErrors, sortDiagnostics } from '../config/diagnostics.ts'
import type { Project } from '../config/project.ts'
import { resolveValue } from '../config/resolve-value.ts'
import type { Variables } from '../config/variables.ts'
import { basesOf } from '../images/content-key.ts'
import { formatDigestsFile, formatImageLines, type ImageRecord } from '../images/digests-file.ts'
import type { ImagePlan } from '../images/image-plan.ts'
import { expandTags } from '../images/tags.ts'
import type { Inputs } from '../inputs.ts'
import { buildReport, type ImageResult } from '../report/images.ts'
import { redact } from '../report/redact.ts'
import { findMarkers } from '../scaffold/find-markers.ts'
import { finishImage, unplannedResult } from './build/finish-image.ts'
import { openRegistry } from './build/open-registry.ts'
import { planImages, platformsOf, type Unplanned } from './build/plan-images.ts'
import { runBuilds } from './build/run-builds.ts'
import type { Context } from './context.ts'
import { refused } from './generate.ts'
import { openCatalogue, readProject } from './project/read-project.ts'
import { selectServices } from './project/select-services.ts'
import type { CommandResult } from './result.ts'

/** Builds and pushes the images that the registry does not have yet, tags all, and writes the digests file. */
export async function build(context: Context): Promise<CommandResult> {
  const { inputs, root } = context
  const engine = openEngine(context.outer)
  const { catalogue, diagnostics } = openCatalogue(context)
  const { project, variables, secrets, ...read } = readProject(context, catalogue, inputs.environment)
  diagnostics.push(...read.diagnostics)
  const buildSecrets = buildSecretValues(context, variables)
  const all = [...secrets, inputs.registryPassword, ...Object.values(buildSecrets)].filter((secret) => secret !== '')
  const selected = project === undefined ? [] : selectServices(project, inputs, diagnostics)
  // With errors in the env files, nobody knows what they would have set.
  diagnostics.push(...checkBuildInputs(inputs, variables === undefined ? {} : buildSecrets))
  diagnostics.push(...findMarkers(openTree(root), (service) => selected.some(({ name }) => name === service)))
  if (project === undefined || hasErrors(diagnostics)) return refused(sortDiagnostics(diagnostics), all)

  const registry = openRegistry(context, engine)
  const planned = await planImages(root, selected, inputs, registry)
  diagnostics.push(...planned.diagnostics)
  const tags = expandTags(inputs.tags, tagSources(context, project))
  const written = planned.plans.filter(({ action }) => action !== 'reuse' || tags.length > 0)
  await registry.announce(
    written.map(({ service }) => service.image),
    'pull,push',
  )
  const { plans, refused: notAllowed } = await withoutRefused(planned.plans, registry)
  const unplanned = [...planned.unplanned, ...notAllowed]
  const misses = plans.filter(({ action }) => action === 'build')
  const building = { ...context, outer: { ...context.outer, ...buildSecrets } }
  const outcomes = await runBuilds(misses, project.name, building, { registry, engine }, (line) => context.progress(redact(line, all)))
  const results = await Promise.all(plans.map((plan) => finishImage(plan, outcomes.get(plan.service.name), tags, registry)))
  const report = buildReport(project, [...results, ...unplanned.map(unplannedResult)])

  const records = new Map(results.flatMap((result) => recordOf(result, inputs)))
  const isComplete = results.every(({ state }) => state !== 'failed') && unplanned.length === 0
  if (isComplete) writeDigests(root, inputs.digestsFile, project.name, records)
  return {
    exitCode: isComplete ? 0 : 1,
    diagnostics: sortDiagnostics(diagnostics),
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

/** Values of the variables that `build-secrets` names: of the env files and the `env` input, else of this process. */
function buildSecretValues({ inputs, outer }: Context, variables: Variables | undefined): Record<string, string> {
  const find = (name: string) => {
    const resolved = resolveValue(name, variables ?? { entries: new Map(), outer })
    return resolved !== undefined && 'value' in resolved ? resolved.value : ''
  }
  return Object.fromEntries(Object.values(inputs.buildSecrets).map((name) => [name, find(name)]))
}

function checkBuildInputs(inputs: Inputs, buildSecrets: Readonly<Record<string, string>>): Diagnostic[] {
  const missing = Object.entries(inputs.buildSecrets).filter(([, variable]) => buildSecrets[variable] === '')
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
        `Set ${variable} in the environment of this step, in the env input, or in .env.secrets.`,
      ),
    ),
  ]
}

function tagSources({ outer }: Context, project: Project) {
  const type = outer.GITHUB_REF_TYPE
  const name = outer.GITHUB_HEAD_REF || outer.GITHUB_REF_NAME || ''
  return {
    sha: outer.GITHUB_SHA ?? '',
    branch: type === 'tag' ? '' : name,
    semver: type === 'tag' ? (/^v?(\d+\.\d+\.\d+(?:-[\w.-]+)?)$/.exec(name)?.[1] ?? '') : '',
    environment: project.environment.name,
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
