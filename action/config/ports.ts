import { diagnose } from './diagnostics.ts'
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

function ownersOfCorePorts(settings: Settings, { postgres, redis, hasura, auth, minio, mailpit, nginx }: Core): Map<number, string> {
  const ports: [string, number | undefined][] = [
    ['postgres', postgres?.publishedPort],
    ['redis', redis?.publishedPort],
    ['hasura', hasura?.publishedPort],
    ['auth', auth?.publishedPort],
    ['minio', minio?.publishedPort],
    ['the console of minio', minio?.consolePort],
    ['mailpit', mailpit?.publishedPort],
    ['the SMTP port of mailpit', mailpit?.smtpPort],
    ['nginx', nginx?.httpPort],
    ['the HTTPS port of nginx', nginx?.httpsPort],
  ]
  const owners = new Map<number, string>()
  for (const [name, port] of ports) {
    if (port === undefined) continue
    const owner = owners.get(port)
    if (owner === undefined) owners.set(port, name)
    else
      settings.report(
        diagnose('NB412', `Port ${port} of the host is that of ${owner} and of ${name}.`, 'Set the port variable of one of them.'),
      )
  }
  return owners
}
