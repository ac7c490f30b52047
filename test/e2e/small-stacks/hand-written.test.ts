import { cpSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { envFile } from '../support/env.ts'
import { call } from '../support/http.ts'
import { freePorts } from '../support/ports.ts'
import { compose, createProject, type Project, remove, uniqueName, writeProjectFile } from '../support/project.ts'

const host = 'api.local.nself.org'

describe('hand-written files of nginx', () => {
  let project: Project
  let port: number
  const ask = (host: string, path = '/') => call({ port, host, path })
  const write = (path: string, text: string) => writeProjectFile(project.root, `nginx/${path}`, text)

  beforeAll(async () => {
    const ports = await freePorts('http')
    port = ports.http
    const name = uniqueName('hand')
    const env = {
      PROJECT_NAME: name,
      POSTGRES_ENABLED: 'false',
      SERVICES_ENABLED: 'true',
      SSL_MODE: 'none',
      NGINX_HTTP_PORT: ports.http,
      CS_1: 'api:custom',
      CS_1_IMAGE: 'node:26-slim',
      CS_1_COMMAND: 'node /echo.mjs',
      CS_1_VOLUMES: './echo.mjs:/echo.mjs:ro',
      CS_1_HEALTHCHECK: 'disabled',
    }
    project = await createProject(name, { files: { '.env.dev': envFile(env) } })
    cpSync(join(import.meta.dirname, '../edge/support/echo.mjs'), join(project.root, 'echo.mjs'))
    return () => remove(project)
  })

  it('may name a service that is not there before the first start', async () => {
    write('conf.d/mine.conf', 'server { listen 80; server_name mine.example.com; location / { proxy_pass http://api:8001; } }\n')
    await compose(project, 'up', '--wait', 'api')
    await compose(project, 'up', '--wait')
    await expect.poll(async () => (await ask('mine.example.com').catch(() => undefined))?.status, { timeout: 30_000 }).toBe(200)
  })

  it.each([
    [
      'conf.d/mine.conf',
      'server { listen 80; no_such_directive; }\n',
      'unknown directive "no_such_directive" in /etc/nginx/conf.d/mine.conf:1',
    ],
    ['custom/api.server.conf', 'location /x { return 200', '/etc/nginx/custom/api.server.conf:1'],
    ['custom/api.location.conf', 'client_max_body_size much;\n', '/etc/nginx/custom/api.location.conf:1'],
  ])('%s with a mistake stops nothing that runs, and the line is named', async (path, text, message) => {
    write(path, text)
    for (const command of [
      ['up', '--wait'],
      ['restart', 'nginx'],
    ])
      await expect(compose(project, ...command)).rejects.toThrow(message)
    expect((await ask(host)).status).toBe(200)
    rmSync(join(project.root, 'nginx', path))
  })

  it('add to a service, and keep its security headers', async () => {
    write('custom/api.server.conf', 'location = /own { add_header X-Own yes always; return 200 "own"; }\n')
    write('custom/api.location.conf', 'add_header X-Also yes always;\n')
    await compose(project, 'restart', 'nginx')
    await expect.poll(async () => (await ask(host, '/own').catch(() => undefined))?.text, { timeout: 30_000 }).toBe('own')
    for (const [path, header] of [
      ['/own', 'x-own'],
      ['/', 'x-also'],
    ] as const) {
      const { headers, headerCounts } = await ask(host, path)
      expect(headers[header]).toBe('yes')
      for (const name of ['x-content-type-options', 'referrer-policy', 'x-frame-options']) expect(headerCounts.get(name)).toBe(1)
    }
  })
})
