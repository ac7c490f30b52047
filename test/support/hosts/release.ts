import { createHash } from 'node:crypto'
import { encodeEnv } from '../../../action/deploy/release/env-content.ts'

/** A service of a hand-written release. */
export interface TestService {
  readonly name: string
  readonly class: 'roll' | 'recreate' | 'overlap' | 'static' | 'once'
  readonly image: string
  readonly replicas?: number
  readonly environment?: Readonly<Record<string, string>>
  readonly port?: number
  readonly command?: readonly string[]
  /** The command of a migration. */
  readonly migrate?: readonly string[]
  readonly startSeconds?: number
  readonly drainSeconds?: number
  readonly graceSeconds?: number
  readonly probe?: string
  readonly grpc?: boolean
  /** The public name; `<name>.test` by default. */
  readonly host?: string
}

export interface TestRelease {
  readonly project: string
  readonly edgePort: number
  readonly services: readonly TestService[]
  readonly secrets?: Readonly<Record<string, string>>
  /** A line of the edge's configuration, to make it another one. */
  readonly edgeLine?: string
  /** What nginx's container runs, to make it another one. */
  readonly edgeCommand?: readonly string[]
}

/** What a host gets of it. */
export interface BuiltRelease {
  readonly id: string
  readonly files: ReadonlyMap<string, string>
  readonly secrets: { readonly hash: string; readonly text: string }
}

const edgeImage = 'nginx:1.30-alpine'

/** Renders a small release by hand, as the contract between renderer and agent says. */
export function buildRelease(release: TestRelease): BuiltRelease {
  const { project, services } = release
  const text = encodeEnv(new Map(Object.entries(release.secrets ?? {})))
  const secrets = { hash: sha256(text).slice(0, 16), text }
  const edge = edgeTree(release)
  const edgeHash = hashOf([...edge])
  const files = new Map([
    ...[...edge].map(([path, content]) => [`edge/${path}`, content] as const),
    ['compose.yml', JSON.stringify(composeFile(release, secrets.hash), null, 2)],
    ['edge.yml', JSON.stringify(edgeFile(release), null, 2)],
    ['services.tsv', services.map((service) => `${serviceLine(service, secrets.hash)}\n`).join('')],
  ])
  const id = hashOf([...files, secrets.hash])
  const facts = { project, network: `${project}_network`, edgeHash, edge: edgeContainerHash(release), envHash: secrets.hash, release: id }
  files.set(
    'release.tsv',
    Object.entries(facts)
      .map(([name, value]) => `${name}\t${value}\n`)
      .join(''),
  )
  files.set('manifest.json', `${JSON.stringify({ version: 1, ...facts })}\n`)
  return { id, files, secrets }
}

function serviceLine(service: TestService, envHash: string): string {
  const { startSeconds = 20, drainSeconds = 10, graceSeconds = 3, port = 0, replicas = 1, probe = 'docker' } = service
  const migrate = service.migrate === undefined ? 'no' : 'yes'
  const fields = [service.name, service.class, serviceHash(service, envHash), replicas, startSeconds, drainSeconds, graceSeconds]
  return [...fields, service.image, port, probe, migrate].join('\t')
}

function serviceHash(
  { replicas: _, startSeconds: __, drainSeconds: ___, graceSeconds: ____, ...rest }: TestService,
  envHash: string,
): string {
  return hashOf([rest, rest.environment?.SECRET === undefined ? '' : envHash])
}

function composeFile({ project, services }: TestRelease, envHash: string): object {
  const entries = services.flatMap((service): [string, object][] => {
    const { name, image, environment = {}, port, command, replicas = 1, probe = 'docker' } = service
    const labels = (color: string) => ({
      'nself.project': project,
      'nself.service': name,
      'nself.color': color,
      'nself.hash': serviceHash(service, envHash),
    })
    const definition = {
      image,
      environment: { ...environment, ...(port === undefined ? {} : { PORT: `${port}` }) },
      ...(command === undefined ? {} : { command }),
      deploy: { replicas },
      // A file instead of a request: dozens of programs a second would be the load.
      ...(probe === 'docker'
        ? { healthcheck: { test: ['CMD', 'test', '-f', '/tmp/healthy'], interval: '1s', timeout: '3s', retries: 3, start_period: '4s' } }
        : {}),
      restart: service.class === 'once' ? 'no' : 'unless-stopped',
    }
    if (service.class === 'roll')
      return [
        ...['blue', 'green'].map((color): [string, object] => [
          `${name}-${color}`,
          { ...definition, profiles: [color], labels: labels(color) },
        ]),
        ...(service.migrate === undefined
          ? []
          : [
              [
                `${name}-migrate`,
                { ...definition, command: service.migrate, profiles: ['migrate'], restart: 'no', labels: labels('none') },
              ] as [string, object],
            ]),
      ]
    return [[name, { ...definition, labels: labels('none') }]]
  })
  return { services: Object.fromEntries(entries), networks: network(project) }
}

function edgeContainerHash({ edgeCommand = [], edgePort }: TestRelease): string {
  return hashOf([edgeCommand, edgePort])
}

function edgeFile(release: TestRelease): object {
  const { project, edgePort, services, edgeCommand = ['nginx', '-c', '/etc/nginx/nself/conf/nginx.conf', '-g', 'daemon off;'] } = release

  const rolled = services.filter((service) => service.class === 'roll').map(({ name }) => name)
  const definition = {
    image: edgeImage,
    command: edgeCommand,
    volumes: ['${NSELF_ROOT}/edge:/etc/nginx/nself:ro'],
    restart: 'unless-stopped',
  }
  const labels = (service: string) => ({
    'nself.project': project,
    'nself.role': 'edge',
    'nself.service': service,
    'nself.color': 'none',
    'nself.hash': edgeContainerHash(release),
  })
  return {
    services: {
      nginx: { ...definition, ports: [`127.0.0.1:${edgePort}:80`], labels: labels('edge'), networks: { default: { aliases: rolled } } },
      ...Object.fromEntries(
        rolled.map((name) => [
          name,
          { ...definition, profiles: ['names'], labels: labels(name), networks: { default: { aliases: [name] } } },
        ]),
      ),
    },
    networks: network(project),
  }
}

function network(project: string): object {
  return { default: { name: `${project}_network`, external: true } }
}

function edgeTree({ services, edgeLine = '' }: TestRelease): Map<string, string> {
  const rolled = services.filter((service) => service.class === 'roll')
  const upstream = (name: string, port: number | undefined, color: string, other: string) => `upstream ${name}-${color} {
  zone z_${name}_${color} 64k;
  server ${name}-${color}:${port} resolve max_fails=1 fail_timeout=2s;
  server ${name}-${other}:${port} resolve backup;
  keepalive 16;
  keepalive_timeout 3s;
}
`
  return new Map([
    ['nginx.conf', mainConfiguration(edgeLine)],
    ...rolled.flatMap(({ name, port }): [string, string][] => [
      [`upstreams/${name}-blue.conf`, upstream(name, port, 'blue', 'green')],
      [`upstreams/${name}-green.conf`, upstream(name, port, 'green', 'blue')],
    ]),
    ...rolled.map((service): [string, string] => [`sites/${service.name}.conf`, site(service)]),
  ])
}

function mainConfiguration(line: string): string {
  return `user nginx;
worker_processes 2;
worker_shutdown_timeout 60s;
pid /run/nginx.pid;
error_log /dev/stderr warn;
events { worker_connections 4096; }
http {
  log_format json escape=json '{"status":"$status","upstream":"$upstream_addr","upstreamStatus":"$upstream_status"}';
  access_log /dev/stdout json;
  resolver 127.0.0.11 valid=1s ipv6=off;
  keepalive_timeout 65s;
  keepalive_min_timeout 15s;
  http2 on;
  ${line}
  map $http_upgrade $connection_upgrade { default upgrade; '' ''; }
  include upstreams/*.conf;
  server { listen 80 default_server; location / { return 404; } }
  include sites/*.conf;
}
`
}

function site({ name, port, grpc = false, host = `${name}.test` }: TestService): string {
  const pass = grpc
    ? 'grpc_pass grpc://$live; grpc_connect_timeout 2s; grpc_read_timeout 1h; grpc_send_timeout 1h;'
    : `proxy_pass http://$live; proxy_http_version 1.1; proxy_set_header Host $host;
    proxy_set_header Upgrade $http_upgrade; proxy_set_header Connection $connection_upgrade;
    proxy_connect_timeout 2s; proxy_read_timeout 1h; proxy_next_upstream error timeout http_502 http_503; proxy_next_upstream_tries 3;`
  return `server {
  listen 80; listen ${port};
  server_name ${host} ${name};
  set $live ${name}-blue;
  if (-f /etc/nginx/nself/live/${name}.green) { set $live ${name}-green; }
  if (-f /etc/nginx/nself/live/maintenance) { return 503; }
  location / {
    ${pass}
  }
}
`
}

function hashOf(value: unknown): string {
  return sha256(JSON.stringify(value)).slice(0, 12)
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}
