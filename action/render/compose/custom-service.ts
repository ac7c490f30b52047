import { databasesOf, type Project, type Service } from '../../config/project.ts'
import { literal } from '../references.ts'
import { quoted } from '../yaml.ts'
import { serviceEnvironment } from './environment.ts'
import { healthcheck } from './health.ts'
import type { Layout } from './layout.ts'

export const logging = { driver: 'json-file', options: { 'max-size': '10m', 'max-file': '3' } }

/** The compose entry of one custom service. `layout` says where the project's root lies, seen from the compose file. */
export function customService(project: Project, service: Service, layout: Layout): Record<string, unknown> {
  const { build, template } = service
  const isDevelopment = project.environment.kind === 'development'
  const watch = isDevelopment && build !== undefined && build.target === template.dev.target ? template.dev.watch : []
  // `docker compose watch` copies files into the container, which a read-only root refuses.
  const syncs = watch.some(({ action }) => action.startsWith('sync'))
  const readOnly = template.readOnly && !syncs
  return {
    image: service.image,
    ...(build === undefined
      ? {}
      : {
          build: {
            context: layout.fromRoot(build.context),
            dockerfile: build.dockerfile,
            ...(build.target === undefined ? {} : { target: build.target }),
          },
        }),
    ...(service.command === undefined ? {} : { command: service.command.map(literal) }),
    restart: 'unless-stopped',
    init: true,
    environment: Object.fromEntries(Object.entries(serviceEnvironment(project, service)).map(([name, value]) => [name, quoted(value)])),
    ...(service.envFiles.length === 0 ? {} : { env_file: service.envFiles.map(layout.fromRoot) }),
    ...(service.publishedPort === undefined ? {} : { ports: [quoted(`127.0.0.1:${service.publishedPort}:${service.port}`)] }),
    ...dependencies(project, service),
    healthcheck: healthcheck(service),
    deploy: {
      replicas: service.replicas,
      resources: { limits: { cpus: quoted(String(service.cpu)), memory: service.memory.text, pids: template.pids } },
    },
    stop_grace_period: template.stopGracePeriod,
    cap_drop: ['ALL'],
    security_opt: ['no-new-privileges:true'],
    ...(readOnly ? { read_only: true } : {}),
    tmpfs: [...template.tmpfs],
    ...(service.volumes.length === 0
      ? {}
      : { volumes: service.volumes.map((volume) => literal(volume.startsWith('./') ? layout.fromRoot(volume.slice(2)) : volume)) }),
    ...networks(service),
    logging,
    ...(watch.length === 0
      ? {}
      : { develop: { watch: watch.map((rule) => ({ ...rule, path: layout.fromRoot(`${build?.context}/${rule.path}`) })) } }),
  }
}

function networks({ name, host, networks }: Service): Record<string, unknown> {
  // The name as written stays reachable too: `my_api` is not a legal host name, but Docker resolves it.
  const aliases = name === host ? null : { aliases: [name] }
  if (aliases === null && networks.length === 0) return {}
  return { networks: { default: aliases, ...Object.fromEntries(networks.map((network) => [network, null])) } }
}

// Services start once the stores they were given are there; an nself CLI that runs the core starts it itself.
function dependencies(project: Project, service: Service): Record<string, unknown> {
  const conditions: Record<string, { condition: string }> = {}
  if (project.core === 'managed') {
    if (project.postgres !== undefined) conditions.postgres = { condition: 'service_healthy' }
    if (project.redis !== undefined) conditions.redis = { condition: 'service_healthy' }
    if (project.minio !== undefined) conditions.minio = { condition: 'service_started' }
  }
  if (databasesOf(project).length > 0 && service.database !== undefined)
    conditions['postgres-init'] = { condition: 'service_completed_successfully' }
  for (const { name, condition } of service.dependsOn) {
    const host = project.services.find((other) => other.name === name || other.host === name)?.host ?? name
    if (project.core === 'managed' || project.services.some((other) => other.host === host)) conditions[host] = { condition }
  }
  return Object.keys(conditions).length === 0 ? {} : { depends_on: conditions }
}
