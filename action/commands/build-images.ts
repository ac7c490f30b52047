import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import pLimit from 'p-limit'
import { docker } from '../adapters/docker.ts'
import type { RegistryClient } from '../adapters/registry/client.ts'
import { type BakeOptions, bakeRun, registryCache } from '../images/bake-run.ts'
import type { ImagePlan } from '../images/image-plan.ts'
import { readProgress, type TargetLog } from '../images/progress.ts'

/** How the build of one image ended. */
export interface BuildOutcome {
  readonly digest: string | undefined
  readonly seconds: number
  readonly log: TargetLog
}

export interface Shell {
  readonly root: string
  readonly environment: Readonly<Record<string, string | undefined>>
  readonly builder: string
  readonly progress: (line: string) => void
  /** After so long without a line, a cache that is being read is taken for dead. */
  readonly stallSeconds: number
}

// BuildKit's session breaks now and then with about a hundred targets.
const targetsPerBake = 32
const bakesAtOnce = 3
const cacheAnswersWithin = 10_000

/**
 * Builds and pushes images with bake, all together first: that shares one session and BuildKit's own parallelism. When something
 * fails there, bake cancels the rest; what is not in the registry then is built one by one, so that one failure stays one.
 */
export async function buildImages(
  plans: readonly ImagePlan[],
  wanted: BakeOptions,
  registry: RegistryClient,
  shell: Shell,
): Promise<Map<string, BuildOutcome>> {
  const options = await withLiveCache(plans, wanted, registry, shell)
  const outcomes = new Map<string, BuildOutcome>()
  for (let start = 0; start < plans.length; start += targetsPerBake) {
    const batch = plans.slice(start, start + targetsPerBake)
    const together = await bake(batch, options, shell)
    for (const [name, outcome] of together) outcomes.set(name, outcome)
    if (batch.every(({ service }) => together.get(service.name)?.digest !== undefined)) continue
    const limit = pLimit(bakesAtOnce)
    await Promise.all(
      batch.map((plan) =>
        limit(async () => {
          const { name } = plan.service
          const pushed = await registry.digestOf(plan.reference).catch(() => undefined)
          const before = outcomes.get(name)
          if (pushed !== undefined && before !== undefined) {
            outcomes.set(name, { ...before, digest: pushed })
            return
          }
          // The one that failed is tried once more, too: registries and caches have bad moments.
          const alone = (await bake([plan], options, shell)).get(name)
          if (alone !== undefined) outcomes.set(name, alone)
        }),
      ),
    )
  }
  return outcomes
}

// While BuildKit waits for a cache, that builder builds nothing else, for anybody, and it waits without end: so it is asked here first.
async function withLiveCache(
  plans: readonly ImagePlan[],
  options: BakeOptions,
  registry: RegistryClient,
  { progress }: Shell,
): Promise<BakeOptions> {
  const [first] = plans
  if (options.cache !== 'registry' || first === undefined) return options
  const answer = registry.digestOf(registryCache(first.service.image, options.platforms)).then(
    () => true,
    () => false,
  )
  if (await Promise.race([answer, sleep(cacheAnswersWithin, false, { ref: false })])) return options
  progress(deadCache(options))
  return { ...options, cache: 'off' }
}

const deadCache = ({ cache }: BakeOptions) => `The cache (${cache}) does not answer; building without it.`

async function bake(plans: readonly ImagePlan[], options: BakeOptions, shell: Shell): Promise<Map<string, BuildOutcome>> {
  const folder = mkdtempSync(join(tmpdir(), 'nself-bake-'))
  const started = performance.now()
  try {
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
    if (stall.signal.aborted && options.cache !== 'off') {
      shell.progress(deadCache(options))
      return await bake(plans, { ...options, cache: 'off' }, shell)
    }
    const seconds = (performance.now() - started) / 1000
    const digests = exitCode === 0 ? readDigests(metadataFile) : {}
    const logs = readProgress(
      output,
      plans.map(({ service }) => service.host),
    )
    return new Map(
      plans.map(({ service: { name, host } }): [string, BuildOutcome] => {
        const log = logs.get(host) ?? { lines: [], steps: 0, cachedSteps: 0, failed: false }
        const lines = log.lines.length > 0 && (exitCode === 0 || log.failed) ? log.lines : output.trim().split('\n').slice(-10)
        return [name, { digest: digests[host], seconds, log: { ...log, lines } }]
      }),
    )
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

function readDigests(metadataFile: string): Record<string, string> {
  const metadata = JSON.parse(readFileSync(metadataFile, 'utf8')) as Record<string, { 'containerimage.digest'?: string }>
  return Object.fromEntries(
    Object.entries(metadata).flatMap(([host, { 'containerimage.digest': digest }]) => (digest === undefined ? [] : [[host, digest]])),
  )
}

// BuildKit bounds neither connecting to a cache nor reading from one.
function watchForStall(stallSeconds: number) {
  const controller = new AbortController()
  const open = new Set<string>()
  let timer: NodeJS.Timeout | undefined
  return {
    signal: controller.signal,
    saw: (line: string) => {
      const [, step = '', rest = ''] = /^#(\d+) (.*)$/.exec(line) ?? []
      if (/^importing cache manifest/.test(rest)) open.add(step)
      if (/^(DONE|ERROR|CANCELED)/.test(rest)) open.delete(step)
      clearTimeout(timer)
      if (open.size > 0) timer = setTimeout(() => controller.abort(), stallSeconds * 1000)
    },
    end: () => clearTimeout(timer),
  }
}
