import { cpSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { TestProject } from 'vitest/node'
import { repository } from '../support/bundle.ts'
import { containerOf } from '../support/docker.ts'
import { envFile } from '../support/env.ts'
import { freePorts } from '../support/ports.ts'
import { compose, createProject, type Project, remove, start, uniqueName, writeProjectFile } from '../support/project.ts'
import { run } from '../support/run.ts'
import { authorityCompose, buildAuthority, refusedName, writeAuthority } from './support/authority.ts'

/** The running production stack behind its edge, with certificates of a test authority. */
export interface Edge {
  readonly project: Project
  readonly ports: { readonly http: number; readonly https: number; readonly api: number; readonly dns: number }
  /** Where nginx itself listens, on 80 and 443, without Docker's proxy in between. */
  readonly address: string
  /** The authority's root certificate, as PEM. */
  readonly root: string
}

declare module 'vitest' {
  interface ProvidedContext {
    edge: Edge
  }
}

/** A name whose DNS record leads elsewhere. */
export const misledName = 'misled.example.com'

/** Names that get a certificate, by service; two are whole domains of their own. */
export const names = {
  api: 'api.edge.example.com',
  web: 'web.edge.example.com',
  files: 'files.edge.example.com',
  shop: 'shop.example.net',
  blog: 'www.example.org',
} as const

const service = (slot: number, line: string, more: Record<string, string> = {}) => ({
  [`CS_${slot}`]: line,
  [`CS_${slot}_IMAGE`]: 'node:26-slim',
  [`CS_${slot}_COMMAND`]: 'node /echo.mjs',
  [`CS_${slot}_VOLUMES`]: './echo.mjs:/echo.mjs:ro',
  [`CS_${slot}_HEALTHCHECK`]: 'disabled',
  ...Object.fromEntries(Object.entries(more).map(([name, value]) => [`CS_${slot}_${name}`, value])),
})

/** Starts the stack and waits for the first five certificates. */
export async function setup(vitest: TestProject): Promise<() => Promise<void>> {
  await run('bash', [join(repository, 'test/support/engine/up.sh'), 'goacme/lego:v5.4.1', 'node:26-slim'])
  await buildAuthority()
  const name = uniqueName('edge')
  const ports = await freePorts('http', 'https', 'api', 'dns')
  const project = await createProject(name, {
    files: {
      '.env': envFile({
        PROJECT_NAME: name,
        BASE_DOMAIN: 'edge.example.com',
        POSTGRES_ENABLED: 'false',
        SERVICES_ENABLED: 'true',
        NGINX_BIND_IP: '127.0.0.1',
        NGINX_HTTP_PORT: ports.http,
        NGINX_HTTPS_PORT: ports.https,
        ACME_DIRECTORY: 'https://pebble:14000/dir',
        ACME_EMAIL: 'ops@example.com',
        ...service(1, 'api:custom'),
        ...service(2, 'web:custom', { WEBSOCKET: 'true' }),
        ...service(3, 'files:custom', { BODY_SIZE: '1m', TIMEOUT: '2s', RATE_LIMIT: '5r/s' }),
        ...service(4, `shop:custom::${names.shop}`),
        ...service(5, `blog:custom::${names.blog}`),
        ...service(6, `refused:custom::${refusedName}`),
        ...service(7, `misled:custom::${misledName}`),
      }),
    },
    flags: ['--environment', 'production'],
  })
  cpSync(join(import.meta.dirname, 'support/echo.mjs'), join(project.root, 'echo.mjs'))
  writeProjectFile(
    project.root,
    'deploy/production/docker-compose.override.yml',
    authorityCompose(ports, [...Object.values(names), refusedName]),
  )
  try {
    await writeAuthority(project.root)
    // The names' addresses are there before the client asks for the first certificate.
    await compose(project, 'up', '--wait', 'nginx', 'dns', 'pebble')
    const address = (await containerOf(project, 'nginx')).NetworkSettings.Networks[`${name}_network`]?.IPAddress as string
    await setAddress(ports.dns, undefined, address)
    await setAddress(ports.dns, misledName, '127.0.0.9')
    await start(project)
    vitest.provide('edge', { project, ports, address, root: await rootCertificate(ports.api) })
  } catch (error) {
    await remove(project)
    throw error
  }
  return () => remove(project)
}

/** Tells the authority's DNS server where a name (or every other name) leads. */
export async function setAddress(port: number, name: string | undefined, address: string): Promise<void> {
  const post = async (path: string, body: object) => {
    const answer = await fetch(`http://127.0.0.1:${port}/${path}`, { method: 'POST', body: JSON.stringify(body) })
    if (!answer.ok) throw new Error(`the DNS server answered ${answer.status}`)
  }
  if (name === undefined) return post('set-default-ipv4', { ip: address })
  // Records are added, not replaced.
  await post('clear-a', { host: `${name}.` })
  await post('add-a', { host: `${name}.`, addresses: [address] })
}

/** The root certificate that the authority made for itself when it started. */
export async function rootCertificate(port: number): Promise<string> {
  for (let attempt = 0; ; attempt++) {
    try {
      return await run('curl', ['-ksf', `https://127.0.0.1:${port}/roots/0`])
    } catch (error) {
      if (attempt === 20) throw error
      await sleep(500)
    }
  }
}
