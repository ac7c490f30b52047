import { createHash } from 'node:crypto'
import { existsSync, readdirSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { type BuilderKind, builderAt, withBuilder } from '../../adapters/builder.ts'
import { builderDriver } from '../../adapters/docker.ts'
import { withLogin } from '../../adapters/docker-config.ts'
import type { Engine } from '../../adapters/engine.ts'
import type { RegistryClient } from '../../adapters/registry/client.ts'
import { dockerConfigFolder } from '../../adapters/registry/credentials.ts'
import { type BakeOptions, newCache } from '../../images/bake-run.ts'
import type { ImagePlan } from '../../images/image-plan.ts'
import { parseReference } from '../../images/reference.ts'
import type { Context, KeepFolder } from '../context.ts'
import { type BuildOutcome, buildImages } from './build-images.ts'
import { loginOf } from './open-registry.ts'
import { platformsOf } from './plan-images.ts'

/** Builds the images that are missing, with the builder, the login and the cache that the inputs name. */
export async function runBuilds(
  misses: readonly ImagePlan[],
  project: string,
  context: Context,
  { registry, engine }: { readonly registry: RegistryClient; readonly engine: Engine },
  progress: (line: string) => void,
): Promise<Map<string, BuildOutcome>> {
  const [first] = misses
  if (first === undefined) return new Map()
  const { inputs, root, outer } = context
  const { own, driver } = await chooseBuilder(context, engine)
  const build = (builder: string) =>
    withLogin(dockerConfigFolder(outer), parseReference(first.service.image).registry, loginOf(inputs), (login) =>
      buildImages(misses, bakeOptions(context, driver), registry, {
        root,
        environment: { ...outer, ...epochOf(context), ...login },
        builder,
        progress,
        stallSeconds: 90,
      }),
    )
  const buildThere = () => (own === undefined ? build(inputs.builder) : withBuilder(own, { cwd: root, environment: outer }, build))
  if (inputs.cache !== 'local') return buildThere()
  const folder = join(root, inputs.cacheFolder)
  const keepFolder: KeepFolder = context.keepFolder ?? ((_where, _progress, use) => use())
  return keepFolder({ folder, ...cacheKey(misses, project, context) }, progress, async () => {
    const outcomes = await buildThere()
    replaceCaches(folder)
    return outcomes
  })
}

// With the classic image store the Engine's own builder can neither export a cache nor attest: the state of hosted runners.
async function chooseBuilder({ inputs, outer }: Context, engine: Engine): Promise<{ own?: BuilderKind; driver: string }> {
  if (inputs.endpoint !== '') return withDriver(builderAt(inputs.endpoint))
  const driver = await builderDriver(inputs.builder, outer, dockerConfigFolder(outer))
  if (driver !== 'docker' || (await engine.hasContainerdStore())) return { driver }
  return withDriver({ driver: 'docker-container', endpoint: '' })
}

const withDriver = (own: BuilderKind) => ({ own, driver: own.driver })

function cacheKey(misses: readonly ImagePlan[], project: string, { inputs }: Context) {
  const prefix = `nself-layers-${project}-${platformsOf(inputs).join('-').replaceAll('/', '-')}-`
  const keys = misses.map(({ service, key }) => `${service.name}=${key}`).join('\n')
  return { prefix, key: prefix + createHash('sha256').update(keys).digest('hex').slice(0, 24) }
}

function replaceCaches(folder: string): void {
  for (const name of (existsSync(folder) ? readdirSync(folder) : []).filter((entry) => entry.endsWith(newCache))) {
    const old = join(folder, name.slice(0, -newCache.length))
    rmSync(old, { recursive: true, force: true })
    renameSync(join(folder, name), old)
  }
}

function bakeOptions({ inputs, outer }: Context, driver: string): BakeOptions {
  const isActions = outer.ACTIONS_RUNTIME_TOKEN !== undefined
  return {
    cache: inputs.cache === 'auto' ? (isActions ? 'gha' : 'off') : inputs.cache,
    cacheFolder: inputs.cacheFolder,
    platforms: platformsOf(inputs),
    buildArgs: inputs.buildArgs,
    secrets: inputs.buildSecrets,
    provenance: inputs.provenance,
    sbom: inputs.sbom,
    rewriteTimes: driver !== 'docker',
    noCache: inputs.noCache,
    pull: inputs.pull,
    source: outer.GITHUB_REPOSITORY === undefined ? '' : `${outer.GITHUB_SERVER_URL ?? 'https://github.com'}/${outer.GITHUB_REPOSITORY}`,
  }
}

// One key, one image: without it, each build of the same files would differ by its times. 0 is what ko and Jib use, too.
function epochOf({ outer }: Context): Record<string, string> {
  return { SOURCE_DATE_EPOCH: outer.SOURCE_DATE_EPOCH ?? '0' }
}
