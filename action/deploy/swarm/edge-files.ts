import type { Nginx, Project } from '../../config/project.ts'
import type { Certificate } from '../../render/certificates.ts'
import { coreServices } from '../../render/compose/core-services.ts'
import { hasHttp3 } from '../../render/http3.ts'
import { quoted } from '../../render/yaml.ts'
import { labels } from '../release/compose-file.ts'
import type { Definition } from '../release/definition.ts'
import { shortHash, treeHash } from '../release/names.ts'
import { labelled, stackText } from './stack-files.ts'
import { configsOf, deployment, memoryMounts, withoutForeign } from './stack-service.ts'

/** nginx's second service: it has the names of the services for calls among them, and no ports, so that it is replaced without a gap. */
export const internalName = 'nginx-internal'

const configuration = '/etc/nginx/nself/conf'
// Of the user nginx in the official images, whose workers read certificates at each handshake.
const nginxUser = '101'
/** How long nginx on the published ports finishes what it began: meanwhile nobody answers there. */
const publicGrace = '3s'

/** The stack files of nginx, the hash of both, and the list of the certificates that become secrets. */
export interface EdgeFiles {
  readonly files: ReadonlyMap<string, string>
  readonly hash: string
  readonly image: string
}

/** `tree` are nginx's files, `rolled` the services whose names it has, `drainSeconds` how long open connections among services may go on. */
export function edgeFiles(
  project: Project,
  tree: ReadonlyMap<string, string>,
  rolled: readonly Definition[],
  certificates: readonly Certificate[],
  drainSeconds: number,
): EdgeFiles {
  const { nginx } = coreServices(project, []) as unknown as { nginx: Record<string, unknown> & { image: string } }
  const { configs, mounts } = configsOf(
    project,
    [...tree].map(([path, text]) => ({ path, content: text, target: `${configuration}/${path.slice('edge/'.length)}` })),
  )
  const tls = certificates.flatMap(({ folder }) => secretsOf(folder))
  const common = commonService(nginx, mounts)
  const atPorts = publicService(project, common, tls)
  const internal = internalService(common, rolled, drainSeconds)
  const hash = shortHash(JSON.stringify([atPorts, internal, ...tree]), 16)
  const edgeLabels = (name: string, version: string) => ({
    ...labels(project, name, 'none', version),
    'nself.role': 'edge',
    'nself.tree': quoted(treeHash(tree)),
  })
  const secrets = Object.fromEntries(tls.map(({ key, variable }) => [key, { name: quoted(`\${${variable}}`), external: true }]))
  // The agent adds what the certificates on the manager are, so that new ones are another version.
  const services = { nginx: labelled(atPorts, edgeLabels('edge', `${hash}\${NSELF_TLS}`), { mode: 'global' }) }
  const files: (readonly [string, string])[] = [
    ['stack/nginx.yml', stackText(project, { services, configs, ...(tls.length === 0 ? {} : { secrets }) })],
  ]
  if (rolled.length > 0) {
    const entry = labelled(internal, edgeLabels(internalName, hash), { replicas: 2 })
    files.push([`stack/${internalName}.yml`, stackText(project, { services: { [internalName]: entry }, configs })])
  }
  if (tls.length > 0) files.push(['tls.tsv', tls.map(({ variable, folder, name }) => `${variable}\t${folder}\t${name}\n`).join('')])
  return { files: new Map(files), hash, image: nginx.image }
}

function commonService({ volumes: _, ...content }: Record<string, unknown>, configs: readonly unknown[]): Record<string, unknown> {
  return {
    ...withoutForeign(content),
    command: ['nginx', '-c', `${configuration}/nginx.conf`, '-g', 'daemon off;'],
    stop_signal: 'SIGQUIT',
    volumes: memoryMounts(content),
    configs,
  }
}

// Clients come to the machines that are managers. Not through the routing mesh: nginx would see its address instead of theirs.
function publicService(project: Project, common: Record<string, unknown>, tls: ReturnType<typeof secretsOf>): Record<string, unknown> {
  const secrets = tls.map(({ key, target }) => ({ source: key, target, uid: nginxUser, gid: nginxUser, mode: 0o400 }))
  return {
    ...common,
    ...(secrets.length === 0 ? {} : { secrets }),
    stop_grace_period: publicGrace,
    ports: portsOf(project),
    deploy: { ...deployment('stop-first'), placement: { constraints: ['node.role == manager'] } },
  }
}

function internalService(common: Record<string, unknown>, rolled: readonly Definition[], drainSeconds: number): Record<string, unknown> {
  return {
    ...common,
    stop_grace_period: `${drainSeconds + 5}s`,
    networks: { default: { aliases: rolled.flatMap(({ aliases }) => aliases) } },
    deploy: deployment('start-first'),
  }
}

function portsOf(project: Project): Record<string, unknown>[] {
  const { httpPort, httpsPort } = project.nginx as Nginx
  const port = (target: number, published: number, protocol = 'tcp') => ({ target, published, protocol, mode: 'host' })
  return [
    port(80, httpPort),
    ...(project.tls === 'none' ? [] : [port(443, httpsPort)]),
    ...(hasHttp3(project) ? [port(443, httpsPort, 'udp')] : []),
  ]
}

function secretsOf(folder: string) {
  return ['fullchain.pem', 'privkey.pem'].map((name) => {
    const key = `${folder}-${name}`
    return { key, folder, name, target: `/etc/nginx/ssl/certificates/${folder}/${name}`, variable: `NSELF_TLS_${shortHash(key, 8)}` }
  })
}
