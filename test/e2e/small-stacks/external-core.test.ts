import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { envFile } from '../support/env.ts'
import { call } from '../support/http.ts'
import { freePorts } from '../support/ports.ts'
import { createProject, type Project, remove, start, uniqueName, writeProjectFile } from '../support/project.ts'
import { run } from '../support/run.ts'

// Stands for an nself CLI: it owns the network, Postgres, and an nginx that knows nothing of this tool.
describe('beside an nself CLI (core: external)', () => {
  let project: Project
  let port: number
  let network: string
  let cli: { postgres: string; nginx: string }

  beforeAll(async () => {
    const ports = await freePorts('http', 'web')
    port = ports.http
    const name = uniqueName('external')
    network = `${name}_network`
    cli = { postgres: `${name}-cli-postgres`, nginx: `${name}-cli-nginx` }
    const env = envFile({
      PROJECT_NAME: name,
      POSTGRES_PASSWORD: 'secret',
      HASURA_ENABLED: 'false',
      AUTH_ENABLED: 'false',
      SSL_MODE: 'none',
      SERVICES_ENABLED: 'true',
      CS_1: `web:custom:${ports.web}`,
      CS_1_DATABASE: 'web_db',
    })
    project = await createProject(name, { files: { '.env.dev': env }, flags: ['--core', 'external'] })
    writeProjectFile(project.root, 'cli-nginx.conf', 'events {}\nhttp { include /etc/nginx/sites/*.conf; }\n')
    await run('docker', ['network', 'create', network])
    return async () => {
      await run('docker', ['rm', '--force', '--volumes', cli.postgres, cli.nginx])
      await remove(project)
      await run('docker', ['network', 'rm', network])
    }
  })

  /** Starts a container of the CLI on its network. */
  const runCore = (name: string, service: string, ...args: string[]) =>
    run('docker', ['run', '--detach', '--name', name, '--network', network, '--network-alias', service, ...args])

  it('the services join the network that is there, with their database in the Postgres that is there', async () => {
    const variables = ['--env', 'POSTGRES_PASSWORD=secret', '--env', `POSTGRES_DB=${project.name}`]
    await runCore(cli.postgres, 'postgres', ...variables, 'postgres:16-alpine')
    await expect.poll(() => psql('SELECT 1').catch(() => ''), { timeout: 60_000, interval: 500 }).toBe('1')

    await start(project)
    expect(await run('docker', ['network', 'inspect', '--format', '{{range .Containers}}{{.Name}} {{end}}', network])).toContain('web')
    expect(await psql('SELECT datname FROM pg_database')).toContain('web_db')
  })

  it("the CLI's nginx serves their sites", async () => {
    const mounts = ['cli-nginx.conf:/etc/nginx/nginx.conf:ro', 'nginx/sites:/etc/nginx/sites:ro']
    const volumes = mounts.flatMap((mount) => ['--volume', join(project.root, mount)])
    await runCore(cli.nginx, 'nginx', '--publish', `127.0.0.1:${port}:80`, ...volumes, 'nginx:1.30-alpine')
    const status = async () => (await call({ port, host: 'web.local.nself.org', path: '/health' }).catch(() => undefined))?.status
    await expect.poll(status, { timeout: 10_000, interval: 500 }).toBe(200)
  })

  async function psql(statement: string): Promise<string> {
    // By TCP: the server that initialises the volume listens on the socket only.
    const connection = ['--env', 'PGPASSWORD=secret', cli.postgres, 'psql', '--host=127.0.0.1', '--username=postgres', '-XAtc', statement]
    return (await run('docker', ['exec', ...connection])).trim()
  }
})
