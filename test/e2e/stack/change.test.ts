import { appendFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, inject, it } from 'vitest'
import { execute } from '../support/docker.ts'
import { envFile } from '../support/env.ts'
import { call } from '../support/http.ts'
import { generate, start } from '../support/project.ts'

const { project, ports } = inject('stack')
const soon = { timeout: 5_000, interval: 250 }

describe('env files that change under a running stack: generate, then the start command,', () => {
  beforeAll(async () => {
    appendFileSync(
      join(project.root, '.env.dev'),
      // Two replicas: no port on the host.
      envFile({ CS_3_DATABASE: 'echo_db', CS_7: 'late:custom', CS_7_PORT: 8107, CS_7_REPLICAS: 2 }),
    )
    await generate(project.root)
    await start(project)
  })

  it('create a new database on the existing volume', async () => {
    const databases = await execute(project, 'postgres', 'psql', '--username=postgres', '-XAtc', 'SELECT datname FROM pg_database')
    expect(databases.split('\n')).toEqual(expect.arrayContaining(['users_db', 'echo_db']))
  })

  it("leave the user's code in the place of the scaffold", async () => {
    await expect.poll(async () => (await call({ port: ports.http, host: 'echo.local.nself.org' })).text, soon).toContain('"host":"echo.')
  })

  it('publish a new service', async () => {
    await expect.poll(async () => (await call({ port: ports.http, host: 'late.local.nself.org', path: '/health' })).status, soon).toBe(200)
  })
})
