import { chmodSync } from 'node:fs'
import { expect, it } from 'vitest'
import type { RegistryClient } from '../../../action/adapters/registry/client.ts'
import { buildImages } from '../../../action/commands/build-images.ts'
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

/** The plan of one service, whose key's image is `digest`. */
function planOf(digest?: string) {
  const inputs = { context: [], dockerfile: { path: 'Dockerfile', content: '' }, target: undefined, buildArgs: {} }
  const parts = keyParts({ ...inputs, platforms: [], bases: {}, secretIds: [], attestations: {} })
  const known = { digest, previous: { parts: undefined, bytes: undefined }, hasPlatforms: false }
  return builtServices(projectOf('CS_1=api:custom:3001')).map((service) =>
    planImage(service, parts, new Map(), known, digest !== undefined),
  )
}

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
