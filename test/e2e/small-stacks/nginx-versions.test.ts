import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { envFile } from '../support/env.ts'
import { call } from '../support/http.ts'
import { freePorts } from '../support/ports.ts'
import { compose, createProject, type Project, remove, start, uniqueName } from '../support/project.ts'
import { recreateElsewhere } from '../support/recreate.ts'

describe.each(['1.30-alpine', '1.22'])('nginx %s', (version) => {
  let project: Project
  let port: number
  const status = async () => (await call({ port, host: 'web.local.nself.org', path: '/health' })).status

  beforeAll(async () => {
    const ports = await freePorts('http', 'web')
    port = ports.http
    const name = uniqueName('nginx')
    const env = envFile({
      PROJECT_NAME: name,
      POSTGRES_ENABLED: 'false',
      NGINX_VERSION: version,
      NGINX_HTTP_PORT: ports.http,
      SSL_MODE: 'none',
      SERVICES_ENABLED: 'true',
      CS_1: `web:custom:${ports.web}`,
    })
    project = await createProject(name, { files: { '.env.dev': env } })
  })
  afterAll(() => remove(project))

  it('starts while a service does not exist yet, and answers 502 or 504', async () => {
    await compose(project, 'up', '--wait', 'nginx')
    expect(await status()).toBeOneOf([502, 504])
  })

  it('finds the service once it is there', async () => {
    await start(project)
    await expect.poll(status, { timeout: 5_000, interval: 250 }).toBe(200)
  })

  it('finds it again after it was recreated at another address', async () => {
    const { before, after } = await recreateElsewhere(project, 'web')
    expect(after).not.toEqual(before)
    await expect.poll(status, { timeout: 5_000, interval: 250 }).toBe(200)
  })
})
