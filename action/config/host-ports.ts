import { diagnose } from './diagnostics.ts'
import type { Environment } from './environment.ts'
import type { Project, Service } from './project.ts'
import type { Settings } from './settings.ts'

type Core = Pick<Project, 'postgres' | 'redis' | 'hasura' | 'auth' | 'minio' | 'mailpit' | 'nginx'>

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
