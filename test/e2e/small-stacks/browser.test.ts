import { spawnSync } from 'node:child_process'
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { serverNamesIn } from '../../../action/render/sites.ts'
import { type Browser, browserProgram, startBrowser } from '../support/browser.ts'
import { envFile } from '../support/env.ts'
import { freePorts } from '../support/ports.ts'
import { compose, createProject, type Project, remove, uniqueName } from '../support/project.ts'
import { run } from '../support/run.ts'

const isInstalled = (program: string) => spawnSync('sh', ['-c', `command -v ${program}`]).status === 0
// With mkcert it would be the authority of whoever runs this, and `mkcert -install` changes their machine.
const canRun = browserProgram !== undefined && isInstalled('certutil') && !isInstalled('mkcert')

const service = (slot: number, line: string) => ({
  [`CS_${slot}`]: line,
  [`CS_${slot}_IMAGE`]: 'node:26-slim',
  [`CS_${slot}_COMMAND`]: 'node /echo.mjs',
  [`CS_${slot}_VOLUMES`]: './echo.mjs:/echo.mjs:ro',
  [`CS_${slot}_HEALTHCHECK`]: 'disabled',
})

// A certificate for *.localhost would be refused: there each name is in it.
describe.skipIf(!canRun).each(['local.nself.org', 'localhost'])('a browser on a development machine, below %s,', (base) => {
  let project: Project
  let port: number
  let home: string
  let domains: string[]
  let advice: string

  beforeAll(async () => {
    const ports = await freePorts('http', 'https')
    port = ports.https
    const name = uniqueName('browser')
    const env = envFile({
      PROJECT_NAME: name,
      BASE_DOMAIN: base,
      POSTGRES_PASSWORD: 'unused',
      HASURA_GRAPHQL_ADMIN_SECRET: 'unused',
      JWT_SECRET: 'unused',
      MINIO_ENABLED: 'true',
      MINIO_ROOT_PASSWORD: 'unused-unused',
      MAILPIT_ENABLED: 'true',
      SERVICES_ENABLED: 'true',
      NGINX_HTTP_PORT: ports.http,
      NGINX_HTTPS_PORT: ports.https,
      ...service(1, 'web:custom'),
      ...service(2, 'deep:custom::deep.v2'),
      ...service(3, 'shop:custom::shop.example.com'),
      CS_3_DEV_DOMAIN: 'shop.example.net,www.shop.example.net',
    })
    project = await createProject(name, { files: { '.env.dev': env } })
    home = mkdtempSync(join(tmpdir(), 'e2e-browser-'))
    cpSync(join(import.meta.dirname, '../edge/support/echo.mjs'), join(project.root, 'echo.mjs'))
    domains = readdirSync(join(project.root, 'nginx/sites'))
      .flatMap((file) => serverNamesIn(readFileSync(join(project.root, 'nginx/sites', file), 'utf8')))
      .sort()
    const made = spawnSync(join(project.root, 'services/.scaffold/certificates'), {
      env: { PATH: process.env.PATH, HOME: home, NSELF_CA: join(home, 'authority') },
      encoding: 'utf8',
    })
    advice = made.stderr
    await compose(project, 'up', '--wait', '--no-deps', 'nginx', 'web', 'deep', 'shop')
    return async () => {
      await remove(project)
      rmSync(home, { recursive: true })
    }
  })

  const visitAll = async (browser: Browser, domains: readonly string[]) => {
    const visits: Record<string, object> = {}
    for (const domain of domains) visits[domain] = await browser.visit(`https://${domain}:${port}/`)
    return visits
  }

  it('has domains of every kind to open', () => {
    expect(domains).toEqual(
      ['api', 'auth', 'deep.v2', 'mail', 'storage', 'web']
        .map((host) => `${host}.${base}`)
        .concat('shop.example.net', 'www.shop.example.net')
        .sort(),
    )
  })

  it('warns of each certificate while it does not know the local authority', async () => {
    // It takes three seconds for that.
    const each = [`web.${base}`, `deep.v2.${base}`, 'shop.example.net']
    await using browser = await startBrowser(mkdtempSync(join(home, 'stranger-')))
    const warning = { failure: 'net::ERR_CERT_AUTHORITY_INVALID', status: 0, security: 'none' }
    expect(await visitAll(browser, each)).toEqual(Object.fromEntries(each.map((domain) => [domain, warning])))
  })

  it('opens every one without a warning after the command that the start command prints', async () => {
    const command = /^ {2}(mkdir .* certutil .*)$/m.exec(advice)?.[1] as string
    await run('env', ['-i', `PATH=${process.env.PATH}`, 'sh', '-c', command])
    await using browser = await startBrowser(home)
    const visits = await visitAll(browser, domains)
    // Of the core services none runs here: nginx itself answers for them.
    expect(visits).toEqual(
      Object.fromEntries(
        domains.map((domain) => [
          domain,
          { failure: undefined, status: /^(web|deep|(www\.)?shop)\./.test(domain) ? 200 : expect.any(Number), security: 'secure' },
        ]),
      ),
    )
  })

  it('does not take the certificate of one name for another', async () => {
    await using browser = await startBrowser(home)
    expect(await browser.visit(`https://unknown.${base}:${port}/`)).toMatchObject({
      failure: expect.stringMatching(/^net::ERR_(SSL|CERT)/),
    })
  })
})
