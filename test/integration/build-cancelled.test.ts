import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, existsSync, mkdirSync, readdirSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { expect, it } from 'vitest'
import { temporaryProject, tool } from '../support/project.ts'

// Stands for a build that is under way: it has been given the login, and takes its time.
const docker = (started: string) => `#!/bin/sh
[ "$1" = info ] && { echo '{"mirrors":[],"driver":[["driver-type","io.containerd.snapshotter.v1"]]}'; exit; }
cp -r "$DOCKER_CONFIG" ${started}
exec sleep 30
`

it.each([
  'SIGINT',
  'SIGTERM',
] as const)('a build that is cancelled (%s) leaves neither the login nor its process behind', async (signal) => {
  // A registry that has nothing and takes everything.
  const registry = createServer(({ method, url = '' }, response) => {
    if (method === 'POST') return response.writeHead(202, { location: `${url}1` }).end()
    response.writeHead(url === '/v2/' ? 200 : 404).end()
  })
  registry.listen(0, '127.0.0.1')
  await once(registry, 'listening')
  const env = 'PROJECT_NAME=shop\nPOSTGRES_PASSWORD=x\nHASURA_ENABLED=false\nAUTH_ENABLED=false\nCS_1=api:custom:3001\n'
  using project = temporaryProject({ '.env.dev': env, 'services/api/Dockerfile': 'FROM scratch\n' })
  const started = project.path('started')
  project.write('bin/docker', docker(started))
  chmodSync(project.path('bin/docker'), 0o755)
  mkdirSync(project.path('tmp'))
  const args = ['build', '--registry', `127.0.0.1:${(registry.address() as AddressInfo).port}/acme`, '--registry-username', 'acme']
  const child = spawn(process.execPath, [join(tool, 'dist/cli.js'), ...args], {
    cwd: project.root,
    env: {
      PATH: `${project.path('bin')}:${process.env.PATH}`,
      TMPDIR: project.path('tmp'),
      HOME: project.root,
      NSELF_REGISTRY_PASSWORD: 'p',
    },
  })
  const ended = once(child, 'close')
  try {
    for (let tries = 0; !existsSync(join(started, 'config.json')) && tries < 200; tries++) await sleep(50)
    expect(readdirSync(started)).toContain('config.json')
    child.kill(signal)
    // The pipes of the build close only when its process is gone, too.
    expect((await ended)[1]).toBe(signal)
    expect(readdirSync(project.path('tmp')).filter((name) => name.startsWith('nself-'))).toEqual([])
  } finally {
    child.kill('SIGKILL')
    registry.close()
  }
})
