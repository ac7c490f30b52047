import { expect, it } from 'vitest'
import { type BakeOptions, bakeRun } from '../../../action/images/bake-run.ts'
import { keyParts } from '../../../action/images/content-key.ts'
import { planImage } from '../../../action/images/image-plan.ts'
import { builtServices } from '../../../action/render/bake.ts'
import { projectOf } from '../../support/project.ts'

/** The caches that a build of two services of a project reads and writes, by service. */
function caches(project: string, options: Partial<BakeOptions> = {}): Record<string, { from: string[]; to: string[] }> {
  const inputs = { context: [], dockerfile: { path: 'Dockerfile', content: '' }, target: undefined, buildArgs: {} }
  const parts = keyParts({ ...inputs, platforms: [], bases: {}, secretIds: [], attestations: {} })
  const known = { digest: undefined, previous: { parts: undefined, bytes: undefined }, hasPlatforms: false }
  const services = builtServices(
    projectOf(`PROJECT_NAME=${project}\nCS_1=api:custom:3001\nCS_2=web:custom:3002`, { registry: 'ghcr.io/acme' }),
  )
  const text = bakeRun(
    services.map((service) => planImage(service, parts, new Map(), known, false)),
    {
      cache: 'gha',
      cacheFolder: '.cache',
      platforms: ['linux/amd64'],
      buildArgs: {},
      secrets: {},
      provenance: 'min',
      sbom: false,
      noCache: false,
      pull: false,
      rewriteTimes: false,
      source: '',
      ...options,
    },
  )
  const { target } = JSON.parse(text) as { target: Record<string, Record<'cache-from' | 'cache-to', string[]>> }
  return Object.fromEntries(Object.entries(target).map(([name, each]) => [name, { from: each['cache-from'], to: each['cache-to'] }]))
}

it.each(['gha', 'registry'] as const)('%s: no service reads or writes the cache of another one, project or platform', (cache) => {
  const all = [
    ...Object.values(caches('shop', { cache })),
    ...Object.values(caches('blog', { cache })),
    ...Object.values(caches('shop', { cache, platforms: ['linux/arm64'] })),
  ]
  expect(new Set(all.flatMap(({ from }) => from)).size).toBe(6)
  expect(new Set(all.flatMap(({ to }) => to)).size).toBe(6)
})
