import { chmodSync } from 'node:fs'
import { expect, it } from 'vitest'
import type { RegistryClient } from '../../../action/adapters/registry/client.ts'
import { buildImages } from '../../../action/commands/build/build-images.ts'
import type { BakeOptions } from '../../../action/images/bake-run.ts'
import { keyParts } from '../../../action/images/content-key.ts'
import { planImage } from '../../../action/images/image-plan.ts'
import { builtServices } from '../../../action/render/bake.ts'
import { projectOf, temporaryProject } from '../../support/project.ts'

// Stands for docker: with a cache it stops at this line for good, without one it is done at once.
const docker = (line: string) => `#!/bin/sh
while [ $# -gt 0 ]; do case "$1" in --file) file=$2 ;; --metadata-file) metadata=$2 ;; esac; shift; done
if grep -q type=local "$file"; then echo '${line}'; exec sleep 60; fi
echo '{"api":{"containerimage.digest":"sha256:0"}}' > "$metadata"
`

const options: BakeOptions = {
  cache: 'local',
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
}

/** The plans of services whose keys' image is `digest`. */
function planOf(digest?: string, services = 'CS_1=api:custom:3001') {
  const inputs = { context: [], dockerfile: { path: 'Dockerfile', content: '' }, target: undefined, buildArgs: {} }
  const parts = keyParts({ ...inputs, platforms: [], bases: {}, secretIds: [], attestations: {} })
  const known = { digest, previous: { parts: undefined, bytes: undefined }, hasPlatforms: false }
  return builtServices(projectOf(services)).map((service) => planImage(service, parts, new Map(), known, digest !== undefined))
}

it('a failure cancels the others once: they go on together, and only what failed is tried again by itself', async () => {
  // Stands for docker: one target fails, and bake then does nothing for the others.
  const failing = `#!/bin/sh
while [ $# -gt 0 ]; do case "$1" in --file) file=$2 ;; --metadata-file) metadata=$2 ;; esac; shift; done
targets=$(grep -o 'title": "[a-z]*"' "$file" | cut -d'"' -f3 | tr '\\n' ' ')
echo "$targets" >> calls
case "$targets" in *bad*) echo '#4 [bad 1/1] RUN false'; echo '#4 ERROR: exit code: 1'; exit 1 ;; esac
printf '{' > "$metadata"
for target in $targets; do printf '"%s":{"containerimage.digest":"sha256:%s"},' $target $target >> "$metadata"; done
echo '"x":{}}' >> "$metadata"
`
  using place = temporaryProject({ 'bin/docker': failing })
  chmodSync(place.path('bin/docker'), 0o755)
  const registry = { digestOf: async () => undefined } as unknown as RegistryClient
  const shell = {
    root: place.root,
    environment: { PATH: `${place.path('bin')}:${process.env.PATH}` },
    builder: '',
    progress: () => {},
    stallSeconds: 1,
  }
  const outcomes = await buildImages(
    planOf(undefined, 'CS_1=a:custom\nCS_2=bad:custom\nCS_3=c:custom'),
    { ...options, cache: 'off' },
    registry,
    shell,
  )
  expect([...outcomes].map(([name, { digest }]) => [name, digest])).toEqual([
    ['a', 'sha256:a'],
    ['bad', undefined],
    ['c', 'sha256:c'],
  ])
  expect(place.read('calls').trim().split(/\s*\n/)).toEqual(['a bad c', 'a c', 'bad'])
})

it('a forced build that fails is not taken for done because of the image of before', async () => {
  using place = temporaryProject({ 'bin/docker': '#!/bin/sh\nexit 1\n' })
  chmodSync(place.path('bin/docker'), 0o755)
  const registry = { digestOf: async () => 'sha256:before' } as unknown as RegistryClient
  const shell = { root: place.root, environment: { PATH: place.path('bin') }, builder: '', progress: () => {}, stallSeconds: 1 }
  const outcomes = await buildImages(planOf('sha256:before'), options, registry, shell)
  expect(outcomes.get('api')?.digest).toBeUndefined()
})

it.each([
  '#6 importing cache manifest from local:123',
  '#6 [api] importing cache manifest from local:123',
  '#9 [api] exporting cache to client directory',
])('a cache that stalls is given up, and the build starts again without it: %s', async (line) => {
  using place = temporaryProject({ 'bin/docker': docker(line) })
  chmodSync(place.path('bin/docker'), 0o755)
  const lines: string[] = []
  const outcomes = await buildImages(planOf(), options, {} as RegistryClient, {
    root: place.root,
    environment: { PATH: `${place.path('bin')}:${process.env.PATH}` },
    builder: '',
    progress: (line) => void lines.push(line),
    stallSeconds: 0.1,
  })
  expect(lines).toContain('The cache (local) does not answer; building without it.')
  expect(outcomes.get('api')?.digest).toBe('sha256:0')
})
