import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { type Project, writeProjectFile } from '../../support/project.ts'
import { run } from '../../support/run.ts'

/** The folder, below a project's root, with the files of the test authority. */
export const authorityFolder = 'authority'

/** A name that the authority refuses by its policy. */
export const refusedName = 'refused.example.com'

/**
 * Writes what Pebble (Let's Encrypt's test server) starts with: its settings, and a certificate for its own API that the
 * ACME client is told to trust.
 */
export async function writeAuthority(root: string): Promise<void> {
  const folder = join(root, authorityFolder)
  mkdirSync(folder, { recursive: true })
  const settings = {
    pebble: {
      listenAddress: '0.0.0.0:14000',
      managementListenAddress: '0.0.0.0:15000',
      certificate: '/authority/api.pem',
      privateKey: '/authority/api.key',
      httpPort: 80,
      tlsPort: 443,
      domainBlocklist: [refusedName],
      keyAlgorithm: 'ecdsa',
      profiles: { default: { description: 'as Let’s Encrypt', validityPeriod: 7_776_000 } },
    },
  }
  writeProjectFile(root, `${authorityFolder}/pebble.json`, JSON.stringify(settings))
  const key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-keyout', join(folder, 'api.key')]
  const names = ['-subj', '/CN=pebble', '-addext', 'subjectAltName=DNS:pebble,DNS:localhost']
  await run('openssl', ['req', '-x509', '-days', '2', ...key, ...names, '-out', join(folder, 'api.pem')])
}

/**
 * The compose file of a user that adds the authority and the DNS server that it asks to the generated stack. Containers on its network
 * find nginx under `names`, as the public does.
 */
export function authorityCompose(ports: { readonly api: number; readonly dns: number }, names: readonly string[] = []): string {
  const pebble = {
    image: 'e2e-pebble',
    command: ['pebble', '-config', '/authority/pebble.json', '-dnsserver', 'dns:8053'],
    environment: { PEBBLE_VA_NOSLEEP: '1', PEBBLE_WFE_NONCEREJECT: '5' },
    ports: [`127.0.0.1:${ports.api}:15000`],
    volumes: [`../../${authorityFolder}:/authority:ro`],
  }
  const dns = {
    image: 'e2e-pebble',
    command: ['pebble-challtestsrv', '-defaultIPv6', '', '-http01', '', '-https01', '', '-tlsalpn01', '', '-doh', ''],
    ports: [`127.0.0.1:${ports.dns}:8055`],
  }
  const acme = {
    environment: { LEGO_CA_CERTIFICATES: '/authority/api.pem' },
    volumes: [`../../${authorityFolder}:/authority:ro`],
    depends_on: { pebble: { condition: 'service_started' }, dns: { condition: 'service_started' } },
  }
  const nginx = { networks: { default: { aliases: names } } }
  return JSON.stringify({ services: { pebble, dns, acme, nginx } })
}

/** The hook of lego's DNS provider `exec`: tells the DNS server of the tests what to answer. */
export const dnsHook = `#!/bin/sh
case $1 in present) verb=set-txt ;; *) verb=clear-txt ;; esac
wget -q -O /dev/null --post-data "{\\"host\\":\\"$2\\",\\"value\\":\\"$3\\"}" "http://dns:8055/$verb"
`

/** Takes the authority's place on the network, with a certificate that is not valid yet. */
export async function startFutureAuthority({ root, name }: Project): Promise<AsyncDisposable> {
  const folder = join(root, 'future')
  mkdirSync(folder)
  writeProjectFile(root, 'future/ca.cnf', futureCertificate(folder))
  writeProjectFile(root, 'future/index', '')
  const at = (file: string) => join(folder, file)
  const key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-keyout', at('key.pem')]
  await run('openssl', ['req', '-new', ...key, '-subj', '/CN=pebble', '-out', at('request.pem')])
  await run('openssl', ['ca', '-batch', '-selfsign', '-config', at('ca.cnf'), '-in', at('request.pem'), '-out', at('api.pem')])
  const server =
    "const { readFileSync: read } = require('fs'); require('https').createServer({ key: read('/future/key.pem'), cert: read('/future/api.pem') }).listen(14000)"
  const network = ['--network', `${name}_network`, '--network-alias', 'pebble', '--volume', `${folder}:/future:ro`]
  const id = (await run('docker', ['run', '--detach', '--rm', ...network, 'node:26-slim', 'node', '--eval', server])).trim()
  return {
    [Symbol.asyncDispose]: async () => {
      await run('docker', ['rm', '--force', id])
    },
  }
}

const futureCertificate = (folder: string) => `[ca]
default_ca = future
[future]
database = ${folder}/index
new_certs_dir = ${folder}
rand_serial = yes
private_key = ${folder}/key.pem
default_md = sha256
default_startdate = 20480101000000Z
default_enddate = 20490101000000Z
policy = policy
x509_extensions = extensions
[policy]
commonName = supplied
[extensions]
subjectAltName = DNS:pebble
`

/** Builds the image of both, from Debian's package. */
export async function buildAuthority(): Promise<void> {
  await run('docker', ['build', '--quiet', '--tag', 'e2e-pebble', join(import.meta.dirname, '../pebble')])
}
