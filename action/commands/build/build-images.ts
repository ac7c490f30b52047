import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pLimit from 'p-limit'
import { cacheServiceAnswers } from '../../adapters/actions-cache.ts'
import { cleanUpAfter } from '../../adapters/clean-up.ts'
import { docker } from '../../adapters/docker.ts'
import type { RegistryClient } from '../../adapters/registry/client.ts'
import { type BakeOptions, bakeRun, registryCache } from '../../images/bake-run.ts'
import type { ImagePlan } from '../../images/image-plan.ts'
import { lastTag } from '../../images/labels.ts'
import { emptyLog, readProgress, type TargetLog } from '../../images/progress.ts'

/** How the build of one image ended. */
export interface BuildOutcome {
  readonly digest: string | undefined
  readonly log: TargetLog
}

export interface Shell {
  readonly root: string
  readonly environment: Readonly<Record<string, string | undefined>>
  readonly builder: string
  readonly progress: (line: string) => void
  /** After so long without a line, a cache that is being read is taken for dead; one that is being written, after six times that. */
  readonly stallSeconds: number
}

// BuildKit's session breaks now and then with about a hundred targets.
const targetsPerBake = 32
const bakesAtOnce = 3
const cacheAnswersWithin = 10_000
const exportPatience = 6

/**
 * Builds and pushes images with bake, all together first: that shares one session and BuildKit's own parallelism. When something
 * fails there, bake cancels the rest; it goes on without what failed, and what is not in the registry then is built one by one, so
 * that one failure stays one.
 */
export async function buildImages(
  plans: readonly ImagePlan[],
  wanted: BakeOptions,
  registry: RegistryClient,
  shell: Shell,
): Promise<Map<string, BuildOutcome>> {
  const options = await withLiveCache(plans, wanted, registry, shell)
  const outcomes = new Map<string, BuildOutcome>()
  const build = async (some: readonly ImagePlan[]) => {
    const made = await bake(some, options, shell)
    const settle = async ({ service, reference, digest: before }: ImagePlan) => {
      const outcome = made.get(service.name) as BuildOutcome
      // Bake tells no digest of a run that failed. With `force`, the image of before is no proof that this build came to an end.
      const pushed = outcome.digest ?? (await registry.digestOf(reference).catch(() => undefined))
      outcomes.set(service.name, { ...outcome, digest: outcome.digest === undefined && pushed === before ? undefined : pushed })
    }
    await Promise.all(some.map(settle))
  }
  const isMissing = ({ service }: ImagePlan) => outcomes.get(service.name)?.digest === undefined
  const hasFailed = ({ service }: ImagePlan) => outcomes.get(service.name)?.log.failed === true
  const limit = pLimit(bakesAtOnce)
  for (let start = 0; start < plans.length; start += targetsPerBake) {
    const batch = plans.slice(start, start + targetsPerBake)
    await build(batch)
    const cancelled = batch.filter((plan) => isMissing(plan) && !hasFailed(plan))
    if (cancelled.length > 0 && cancelled.length < batch.filter(isMissing).length) await build(cancelled)
    // Those that failed are tried once more, too: registries and caches have bad moments.
    await Promise.all(batch.filter(isMissing).map((plan) => limit(() => build([plan]))))
  }
  return outcomes
}

// While BuildKit waits for a cache, that builder builds nothing else, for anybody, and it waits without end: so it is asked here first.
async function withLiveCache(
  plans: readonly ImagePlan[],
  options: BakeOptions,
  registry: RegistryClient,
  { progress, environment }: Shell,
): Promise<BakeOptions> {
  if (await cacheAnswers(plans, options, registry, environment)) return options
  progress(deadCache(options))
  return { ...options, cache: 'off' }
}

async function cacheAnswers(
  plans: readonly ImagePlan[],
  { cache, platforms }: BakeOptions,
  registry: RegistryClient,
  environment: Shell['environment'],
): Promise<boolean> {
  if (cache === 'gha') return cacheServiceAnswers(environment, cacheAnswersWithin)
  if (cache !== 'registry' && cache !== 'inline') return true
  const answers = plans.map(({ service: { image } }) =>
    registry.answers(cache === 'registry' ? registryCache(image, platforms) : `${image}:${lastTag}`, cacheAnswersWithin),
  )
  return !(await Promise.all(answers)).includes(false)
}

// What comes before BuildKit's own tolerance (`ignore-error`): a token that it cannot read, a builder that exports no cache.
const unusableCache = /failed to configure \S+ cache (?:im|ex)porter|cache export (?:feature )?is (?:currently )?not supported/i

const deadCache = ({ cache }: BakeOptions) => `The cache (${cache}) does not answer; building without it.`

async function bake(plans: readonly ImagePlan[], options: BakeOptions, shell: Shell): Promise<Map<string, BuildOutcome>> {
  const folder = mkdtempSync(join(tmpdir(), 'nself-bake-'))
  const remove = () => rmSync(folder, { recursive: true, force: true })
  return cleanUpAfter(remove, async () => {
    const [file, metadataFile] = [join(folder, 'bake.json'), join(folder, 'metadata.json')]
    writeFileSync(file, bakeRun(plans, options))
    const stall = watchForStall(shell.stallSeconds)
    const args = ['buildx', 'bake', '--file', file, '--progress', 'plain', '--metadata-file', metadataFile]
    const { exitCode, output } = await docker([...args, ...(shell.builder === '' ? [] : ['--builder', shell.builder])], {
      cwd: shell.root,
      environment: shell.environment,
      onLine: (line) => {
        stall.saw(line)
        shell.progress(line)
      },
      signal: stall.signal,
    })
    stall.end()
    if (options.cache !== 'off' && (stall.signal.aborted || (exitCode !== 0 && unusableCache.test(output)))) {
      shell.progress(stall.signal.aborted ? deadCache(options) : `The cache (${options.cache}) cannot be used; building without it.`)
      return bake(plans, { ...options, cache: 'off' }, shell)
    }
    const digests = exitCode === 0 ? readDigests(metadataFile) : {}
    const logs = readProgress(
      output,
      plans.map(({ service }) => service.host),
    )
    return new Map(
      plans.map(({ service: { name, host } }): [string, BuildOutcome] => {
        const log = logs.get(host) ?? emptyLog
        const lines = log.lines.length > 0 && (exitCode === 0 || log.failed) ? log.lines : output.trim().split('\n').slice(-10)
        return [name, { digest: digests[host], log: { ...log, lines } }]
      }),
    )
  })
}

function readDigests(metadataFile: string): Record<string, string> {
  const metadata = JSON.parse(readFileSync(metadataFile, 'utf8')) as Record<string, { 'containerimage.digest'?: string }>
  return Object.fromEntries(
    Object.entries(metadata).flatMap(([host, { 'containerimage.digest': digest }]) => (digest === undefined ? [] : [[host, digest]])),
  )
}

// BuildKit bounds neither connecting to a cache nor reading from one; writing may take its time. Of several targets, each has its name first.
function watchForStall(stallSeconds: number) {
  const controller = new AbortController()
  const [importing, exporting] = [new Set<string>(), new Set<string>()]
  let timer: NodeJS.Timeout | undefined
  return {
    signal: controller.signal,
    saw: (line: string) => {
      const [, step = '', rest = ''] = /^#(\d+) (?:\[[^\]]*\] )?(.*)$/.exec(line) ?? []
      if (/^importing cache manifest/.test(rest)) importing.add(step)
      if (/^exporting cache/.test(rest)) exporting.add(step)
      if (/^(DONE|ERROR|CANCELED)/.test(rest)) for (const steps of [importing, exporting]) steps.delete(step)
      clearTimeout(timer)
      const seconds = importing.size > 0 ? stallSeconds : stallSeconds * exportPatience
      if (importing.size + exporting.size > 0) timer = setTimeout(() => controller.abort(), seconds * 1000)
    },
    end: () => clearTimeout(timer),
  }
}
