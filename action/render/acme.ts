import type { Acme, Project } from '../config/project.ts'
import { certificatesOf, isIssued } from './certificates.ts'
import { logging } from './compose/custom-service.ts'
import { required } from './references.ts'
import type { HandWrittenNames } from './sites.ts'
import { quoted } from './yaml.ts'

/** The volume with what nginx reads: certificates and answers to challenges. Never the account's key. */
export const certificatesVolume = 'acme_certificates'
/** The volume with the client's own records and the account. */
export const acmeVolume = 'acme_state'
/** Where nginx sees the first of them: `certificates/<folder>/` and `webroot/`. */
export const acmeRoot = '/etc/nginx/acme'

// The group of the user nginx in the official images.
const nginxGroup = 101

/** The list that the client's loop reads before every round: a certificate's folder, a tab, and its names. */
export function renderCertificateList(project: Project, handWritten: HandWrittenNames): string {
  const lines = certificatesOf(project, handWritten).map(({ folder, names }) => `${folder}\t${names.join(',')}\n`)
  return `# Folder and names of each certificate.\n${lines.join('')}`
}

/** Where `renew.sh` and `certificates.tsv` lie: what is mounted, where to, and their folder in the container. */
export interface AcmeFiles {
  readonly source: string
  readonly target: string
  readonly folder: string
}

/**
 * The compose entry of the ACME client, beside a service `nginx`; `undefined` where certificates come from somewhere
 * else. It reads the list before every round, so that a change of the list needs no restart.
 */
export function acmeService(project: Project, { source, target, folder }: AcmeFiles): Record<string, unknown> | undefined {
  const { acme } = project
  if (acme === undefined || !isIssued(project) || project.nginx === undefined) return undefined
  return {
    image: acme.image,
    restart: 'unless-stopped',
    init: true,
    entrypoint: ['/bin/sh', `${folder}/renew.sh`],
    command: [],
    // Owns its volumes without any capability; nginx's workers read by their group.
    user: quoted(`0:${nginxGroup}`),
    environment: Object.fromEntries(
      Object.entries({ ACME_LIST: `${folder}/certificates.tsv`, ...environmentOf(acme) }).map(([name, value]) => [name, quoted(value)]),
    ),
    // A challenge is answered on port 80.
    depends_on: { nginx: { condition: 'service_healthy' } },
    stop_grace_period: '30s',
    cap_drop: ['ALL'],
    security_opt: ['no-new-privileges:true'],
    read_only: true,
    tmpfs: ['/tmp'],
    volumes: [`${source}:${target}:ro`, `${acmeVolume}:/var/lib/acme`, `${certificatesVolume}:/certificates`],
    logging,
  }
}

function environmentOf({ directory, email, dnsProvider, dnsVariables }: Acme): Record<string, string> {
  return {
    LEGO_ACCEPT_TOS: 'true',
    LEGO_PATH: '/var/lib/acme',
    LEGO_SERVER: directory,
    LEGO_LOG_FORMAT: 'json',
    ...(email === undefined ? {} : { LEGO_EMAIL: email }),
    ...(dnsProvider === undefined ? { LEGO_HTTP: 'true', LEGO_HTTP_WEBROOT: '/certificates/webroot' } : { LEGO_DNS: dnsProvider }),
    ...Object.fromEntries(dnsVariables.map((name) => [name, required(name, `ACME_DNS_ENV names ${name}`)])),
  }
}
