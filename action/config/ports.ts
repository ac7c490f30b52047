import { type Diagnostic, diagnose } from './diagnostics.ts'
import { positionAt } from './env-file.ts'
import type { Environment } from './environment.ts'
import type { Project, Service } from './project.ts'
import type { Definition } from './services.ts'
import type { Settings } from './settings.ts'

type Core = Pick<Project, 'postgres' | 'redis' | 'hasura' | 'auth' | 'minio' | 'mailpit' | 'nginx'>

/**
 * The port of each service: the one it names, else 8000 + N, so that adding a service never renumbers another;
 * where that is taken, a hundred more.
 */
export function assignPorts(settings: Settings, definitions: readonly Definition[]): Map<Definition, number> {
  const ports = new Map<Definition, number>()
  const owner = new Map<number, Definition>()
  for (const definition of definitions) {
    const { line, modifiers, entries } = definition
    const port = modifiers.PORT ?? line.port
    if (port === undefined) continue
    ports.set(definition, port)
    const earlier = owner.get(port)
    if (earlier === undefined) owner.set(port, definition)
    else {
      const entry = entries.get('PORT') ?? line.entry
      settings.report(
        diagnose(
          'NB210',
          `${entry.key}: port ${port} is already the port of ${earlier.line.name} (${earlier.line.entry.key}); only that one is published on the host.`,
          'Give each service a port of its own, or leave the port out.',
          positionAt(entry, entry === line.entry ? line.offsets.port : 0),
        ),
      )
    }
  }
  for (const definition of definitions) {
    if (ports.has(definition)) continue
    const { slot, entry } = definition.line
    const usual = 8000 + slot
    let port = usual
    while (owner.has(port)) port += 100
    if (port !== usual)
      settings.report(
        diagnose(
          'NB211',
          `${entry.key}: port ${usual} is taken by ${owner.get(usual)?.line.name}, so ${definition.line.name} gets ${port}.`,
          'Write the port into the CS_N line.',
          positionAt(entry, 0),
        ),
      )
    owner.set(port, definition)
    ports.set(definition, port)
  }
  return ports
}

/**
 * Gives each port of the host (127.0.0.1, in development) to one service: core services come first, then services in
 * the order of N. A service that comes second is not published, and is told; two core services cannot both start.
 */
export function publishPorts(settings: Settings, environment: Environment, services: readonly Service[], core: Core): Service[] {
  const owners = environment.kind === 'development' ? ownersOfCorePorts(settings, core) : new Map<number, string>()
  return services.map((service) => {
    if (service.publishedPort === undefined) return service
    const owner = owners.get(service.publishedPort)
    if (owner === undefined) {
      owners.set(service.publishedPort, service.name)
      return service
    }
    // Two services of the user's own have been told already, at the second one's port.
    if (!services.some(({ name }) => name === owner))
      settings.report(
        diagnose(
          'NB210',
          `CS_${service.slot}: port ${service.publishedPort} of the host goes to ${owner}, so ${service.name} is not published there.`,
          'Choose another port, or move the core service with its own port variable.',
          service.position,
        ),
      )
    return { ...service, publishedPort: undefined }
  })
}

interface CorePort {
  readonly owner: string
  readonly port: number | undefined
  readonly variables: readonly string[]
}

function ownersOfCorePorts(settings: Settings, { postgres, redis, hasura, auth, minio, mailpit, nginx }: Core): Map<number, string> {
  const ports: CorePort[] = [
    { owner: 'postgres', port: postgres?.publishedPort, variables: ['POSTGRES_PORT'] },
    { owner: 'redis', port: redis?.publishedPort, variables: ['REDIS_PORT'] },
    { owner: 'hasura', port: hasura?.publishedPort, variables: ['HASURA_PORT'] },
    { owner: 'auth', port: auth?.publishedPort, variables: ['AUTH_PORT'] },
    { owner: 'minio', port: minio?.publishedPort, variables: ['MINIO_PORT'] },
    { owner: 'the console of minio', port: minio?.consolePort, variables: ['MINIO_CONSOLE_PORT'] },
    { owner: 'mailpit', port: mailpit?.publishedPort, variables: ['MAILPIT_UI_PORT'] },
    { owner: 'the SMTP port of mailpit', port: mailpit?.smtpPort, variables: ['MAILPIT_SMTP_PORT'] },
    { owner: 'nginx', port: nginx?.httpPort, variables: ['NGINX_HTTP_PORT', 'NGINX_PORT'] },
    { owner: 'the HTTPS port of nginx', port: nginx?.httpsPort, variables: ['NGINX_HTTPS_PORT', 'NGINX_SSL_PORT'] },
  ]
  const taken = new Map<number, CorePort>()
  for (const each of ports) {
    if (each.port === undefined) continue
    const first = taken.get(each.port)
    if (first === undefined) taken.set(each.port, each)
    else settings.report(samePort(settings, each.port, first, each))
  }
  return new Map([...taken].map(([port, { owner }]) => [port, owner]))
}

// Defaults do not collide, so one of the two was set, and there it is shown.
function samePort({ variables }: Settings, port: number, first: CorePort, second: CorePort): Diagnostic {
  const entry = [...second.variables, ...first.variables]
    .flatMap((name) => variables.entries.get(name) ?? [])
    .find(({ value }) => value !== '')
  const fix = `Set ${second.variables[0]} or ${first.variables[0]} to a port of its own.`
  return diagnose('NB412', `Port ${port} of the host is that of ${first.owner} and of ${second.owner}.`, fix, entry?.valuePosition)
}
