import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { envFile } from '../support/env.ts'
import { call } from '../support/http.ts'
import { freePorts } from '../support/ports.ts'
import { createProject, type Project, remove, start, uniqueName, writeProjectFile } from '../support/project.ts'
import { run } from '../support/run.ts'

// Stands for an nself CLI: it owns the network and an nginx that knows nothing of this tool.
describe('beside an nself CLI (core: external)', () => {
  let project: Project
  let port: number
  let network: string
  let nginx: string

  beforeAll(async () => {
    const ports = await freePorts('http', 'web')
    port = ports.http
    const name = uniqueName('external')
    network = `${name}_network`
    nginx = `${name}-foreign-nginx`
    const env = envFile({
      PROJECT_NAME: name,
      POSTGRES_ENABLED: 'false',
      SSL_MODE: 'none',
      SERVICES_ENABLED: 'true',
      CS_1: `web:custom:${ports.web}`,
    })
    project = await createProject(name, { files: { '.env.dev': env }, flags: ['--core', 'external'] })
    writeProjectFile(project.root, 'foreign.conf', 'events {}\nhttp { include /etc/nginx/sites/*.conf; }\n')
    await run('docker', ['network', 'create', network])
  })
  afterAll(async () => {
    await run('docker', ['rm', '--force', nginx])
    await remove(project)
    await run('docker', ['network', 'rm', network])
  })

  it('the services join the network that is there', async () => {
    await start(project)
    expect(await run('docker', ['network', 'inspect', '--format', '{{range .Containers}}{{.Name}} {{end}}', network])).toContain('web')
  })

  it("the CLI's nginx serves their sites", async () => {
    const mounts = ['foreign.conf:/etc/nginx/nginx.conf:ro', 'nginx/sites:/etc/nginx/sites:ro'].flatMap((mount) => [
      '--volume',
      join(project.root, mount),
    ])
    await run('docker', [
      'run',
      '--detach',
      '--name',
      nginx,
      '--network',
      network,
      '--publish',
      `127.0.0.1:${port}:80`,
      ...mounts,
      'nginx:1.30-alpine',
    ])
    await expect
      .poll(async () => (await call({ port, host: 'web.local.nself.org', path: '/health' })).status, { timeout: 10_000, interval: 500 })
      .toBe(200)
  })
})
