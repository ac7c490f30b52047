import { bakeTarget } from '../render/bake.ts'
import { basesOf, type KeyParts, keyTag } from './content-key.ts'
import type { ImagePlan } from './image-plan.ts'
import { imageLabels, lastTag } from './labels.ts'
import { familiarName, parseReference } from './reference.ts'

export type CacheKind = 'gha' | 'registry' | 'local' | 'inline' | 'off'

/** Ends the name of a local cache that was just written: BuildKit never removes what is old in one, so that the new one replaces it. */
export const newCache = '.new'

/** What a build adds to the committed bake file. */
export interface BakeOptions {
  readonly cache: CacheKind
  /** Folder of `cache: local`. */
  readonly cacheFolder: string
  readonly platforms: readonly string[]
  readonly buildArgs: Readonly<Record<string, string>>
  /** BuildKit secrets: id → the environment variable that holds the value. */
  readonly secrets: Readonly<Record<string, string>>
  readonly provenance: string
  readonly sbom: boolean
  readonly noCache: boolean
  readonly pull: boolean
  /** Whether the builder can give files the times of SOURCE_DATE_EPOCH: the Engine's own cannot. */
  readonly rewriteTimes: boolean
  /** The repository's address, for the label. */
  readonly source: string
}

/** The bake file of one run, as JSON: only what is to be built, pushed under its content key. Paths are relative to the project's root. */
export function bakeRun(plans: readonly ImagePlan[], options: BakeOptions): string {
  const target = Object.fromEntries(plans.map((plan) => [plan.service.host, runTarget(plan, options)]))
  const file = { group: { default: { targets: plans.map(({ service }) => service.host) } }, target }
  // HCL reads `${…}` and `%{…}` in the strings of its JSON form, too.
  return JSON.stringify(file, null, 2).replace(/[$%](?=\{)/g, '$&$&')
}

function runTarget({ service, key, parts }: ImagePlan, options: BakeOptions): Record<string, unknown> {
  const { from, to } = cacheOf(service.host, service.image, options)
  const attest = [
    ...(options.provenance === 'false' ? [] : [`type=provenance,mode=${options.provenance}`]),
    ...(options.sbom ? ['type=sbom'] : []),
  ]
  const { pins, isComplete } = pinBases(parts)
  return {
    ...bakeTarget(service),
    contexts: pins,
    tags: [`${service.image}:${keyTag(key)}`],
    labels: imageLabels(service.host, parts, options.source),
    args: options.buildArgs,
    platforms: options.platforms,
    secret: Object.entries(options.secrets).map(([id, variable]) => `type=env,id=${id},env=${variable}`),
    attest,
    output: [`type=image,push=true${options.rewriteTimes ? ',rewrite-timestamp=true' : ''}`],
    'cache-from': from,
    'cache-to': to,
    'no-cache': options.noCache,
    pull: options.pull || !isComplete,
  }
}

// The key says which base was looked up; the Engine would build on the one that it happens to have. A name that a stage may have, too,
// cannot be pinned: it would replace the stage. Such a base is fetched again instead.
function pinBases(parts: KeyParts): { pins: Record<string, string>; isComplete: boolean } {
  const bases = basesOf(parts).filter(([name, digest]) => digest !== '' && !name.includes('@'))
  const names = bases.map(([name, digest]) => [familiarName(parseReference(name)), digest] as const)
  const pinned = names.filter(([name]) => /[:/]/.test(name))
  return {
    pins: Object.fromEntries(pinned.map(([name, digest]) => [name, `docker-image://${name}@${digest}`])),
    isComplete: pinned.length === names.length,
  }
}

// A scope per service and set of platforms: services would evict each other's layers from a shared one. A cache that cannot be
// written never fails a build (`ignore-error`); one that cannot be read never does.
function cacheOf(host: string, image: string, { cache, cacheFolder, platforms }: BakeOptions): { from: string[]; to: string[] } {
  const scope = `${host}-${scopeOf(platforms)}`
  switch (cache) {
    case 'gha': {
      // One repository may hold several projects with services of the same name: their images differ.
      const own = `${image.slice(image.lastIndexOf('/') + 1)}-${scopeOf(platforms)}`
      return { from: [`type=gha,scope=${own}`], to: [`type=gha,scope=${own},mode=max,ignore-error=true`] }
    }
    case 'registry': {
      const reference = registryCache(image, platforms)
      return {
        from: [`type=registry,ref=${reference}`],
        to: [`type=registry,ref=${reference},mode=max,image-manifest=true,ignore-error=true`],
      }
    }
    case 'local':
      return {
        from: [`type=local,src=${cacheFolder}/${scope}`],
        to: [`type=local,dest=${cacheFolder}/${scope}${newCache},mode=max,ignore-error=true`],
      }
    case 'inline':
      return { from: [`type=registry,ref=${image}:${lastTag}`], to: ['type=inline'] }
    case 'off':
      return { from: [], to: [] }
  }
}

/** Where `cache: registry` keeps the layers of an image. */
export function registryCache(image: string, platforms: readonly string[]): string {
  return `${image}:cache-${scopeOf(platforms)}`
}

function scopeOf(platforms: readonly string[]): string {
  return platforms.map((platform) => platform.replaceAll('/', '-')).join('-')
}
