import { chmodSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { envFile } from '../support/env.ts'
import { freePorts } from '../support/ports.ts'
import { compose, createProject, type Project, remove, uniqueName, writeProjectFile } from '../support/project.ts'
import { rootCertificate } from './setup.ts'
import { authorityCompose, authorityFolder, dnsHook, writeAuthority } from './support/authority.ts'
import { eventually } from './support/eventually.ts'
import { certificateOf } from './support/tls.ts'

const base = 'wild.example.com'
const ownName = 'shop.example.net'

// No name leads to this stack, and nothing answers on port 80 of it: only DNS can prove anything to the authority.
describe('proof by DNS records', () => {
  let project: Project
  let port: number
  let root: string

  beforeAll(async () => {
    const name = uniqueName('dns')
    const ports = await freePorts('http', 'https', 'api', 'dns')
    port = ports.https
    project = await createProject(name, {
      files: {
        '.env': envFile({
          PROJECT_NAME: name,
          BASE_DOMAIN: base,
          POSTGRES_ENABLED: 'false',
          SERVICES_ENABLED: 'true',
          NGINX_BIND_IP: '127.0.0.1',
          NGINX_HTTP_PORT: ports.http,
          NGINX_HTTPS_PORT: ports.https,
          ACME_DIRECTORY: 'https://pebble:14000/dir',
          ACME_DNS_PROVIDER: 'exec',
          ACME_DNS_ENV: 'EXEC_PATH',
          CS_1: 'api:custom',
          CS_2: 'web:custom',
          CS_3: `root:custom::${base}`,
          CS_4: `shop:custom::${ownName}`,
        }),
        '.env.secrets': `EXEC_PATH=/${authorityFolder}/dns.sh\n`,
      },
      flags: ['--environment', 'production'],
    })
    const override = JSON.parse(authorityCompose(ports))
    // The DNS server of the tests answers questions, but knows no zones to look for the authoritative servers of.
    Object.assign(override.services.acme.environment, {
      LEGO_DNS_RESOLVERS: 'dns:8053',
      LEGO_DNS_PROPAGATION_WAIT: '1s',
      EXEC_SEQUENCE_INTERVAL: '1',
    })
    writeProjectFile(project.root, 'deploy/production/docker-compose.override.yml', JSON.stringify(override))
    await writeAuthority(project.root)
    writeProjectFile(project.root, `${authorityFolder}/dns.sh`, dnsHook)
    chmodSync(join(project.root, authorityFolder, 'dns.sh'), 0o755)
    await compose(project, 'up', '--wait', 'nginx', 'dns', 'pebble', 'acme')
    root = await rootCertificate(ports.api)
    return () => remove(project)
  })

  it('brings one certificate with a wildcard for the names right below the base domain', async () => {
    const names = [`api.${base}`, `web.${base}`, base]
    const shown = await eventually(120, () => Promise.all(names.map((name) => certificateOf(port, name, root))))
    expect(new Set(shown.map(({ serialNumber }) => serialNumber)).size).toBe(1)
    expect(shown[0]?.subjectaltname?.split(', ').sort()).toEqual([`DNS:*.${base}`, `DNS:${base}`])
  })

  it('and one of its own for every other name', async () => {
    const { subjectaltname } = await eventually(120, () => certificateOf(port, ownName, root))
    expect(subjectaltname).toBe(`DNS:${ownName}`)
  })

  it('a name that no service has gets no handshake, wildcard or not', async () => {
    await expect(certificateOf(port, `nobody.${base}`, root)).rejects.toThrow(/handshake|alert|ECONNRESET/i)
  })
})
