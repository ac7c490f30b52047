import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { containersOf } from '../support/docker.ts'
import { envFile } from '../support/env.ts'
import { call } from '../support/http.ts'
import { freePorts } from '../support/ports.ts'
import { compose, createProject, type Project, remove, start, uniqueName } from '../support/project.ts'

describe('generate --environment production', () => {
  let project: Project
  let port: number

  beforeAll(async () => {
    const ports = await freePorts('http')
    port = ports.http
    const name = uniqueName('production')
    project = await createProject(name, {
      files: {
        '.env': envFile({
          PROJECT_NAME: name,
          BASE_DOMAIN: 'example.com',
          POSTGRES_ENABLED: 'false',
          SERVICES_ENABLED: 'true',
          CS_1: 'web:custom',
          CS_2: 'shop:gin::shop',
          CS_2_PROD_DOMAIN: 'shop.example.net',
        }),
        '.env.prod': envFile({ NGINX_HTTP_PORT: port, NGINX_BIND_IP: '127.0.0.1', SSL_MODE: 'none' }),
      },
      flags: ['--environment', 'production'],
    })
    return () => remove(project)
  })

  it('writes deploy/production, and no compose file for development', () => {
    expect(project.wrapper).toBe('deploy/production/compose')
    expect(existsSync(join(project.root, 'deploy/production/docker-compose.yml'))).toBe(true)
    expect(existsSync(join(project.root, 'docker-compose.yml'))).toBe(false)
  })

  it('describes a stack that starts', async () => {
    await compose(project, 'config', '--quiet')
    await start(project)
  })

  it.each(['web.example.com', 'shop.example.net'])('answers at %s', async (host) => {
    expect((await call({ port, host, path: '/health' })).status).toBe(200)
  })

  it('opens no port of a service on the host, and keeps its root read-only', async () => {
    for (const { NetworkSettings, HostConfig } of [...(await containersOf(project, 'web')), ...(await containersOf(project, 'shop'))]) {
      expect(Object.values(NetworkSettings.Ports).filter((binding) => binding !== null)).toEqual([])
      expect(HostConfig).toMatchObject({ ReadonlyRootfs: true, CapDrop: ['ALL'] })
    }
  })
})
