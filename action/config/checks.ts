import { type Diagnostic, diagnose } from './diagnostics.ts'
import type { Project, Service } from './project.ts'
import { isSet, type Variables } from './variables.ts'

/** Findings that need the whole model: dependencies, networks, missing secrets, modifiers without effect. */
export function checkProject(project: Project, variables: Variables): Diagnostic[] {
  return [
    ...checkDependencies(project, variables),
    ...checkNetworks(project, variables),
    ...checkWithoutEffect(project, variables),
    ...checkSecrets(project, variables),
  ]
}

/** Compose names of the core services that the project runs and that others may wait for. */
export function coreServiceNames(project: Project): string[] {
  const { postgres, redis, hasura, auth, minio, mailpit } = project
  return Object.entries({ postgres, redis, hasura, auth, minio, mailpit }).flatMap(([name, service]) =>
    service === undefined ? [] : [name],
  )
}

function checkDependencies(project: Project, variables: Variables): Diagnostic[] {
  const diagnostics: Diagnostic[] = []
  const hosts = new Map(project.services.flatMap((service) => [service.name, service.host].map((name) => [name, service] as const)))
  const core = coreServiceNames(project)
  for (const service of project.services) {
    const position = variables.entries.get(`CS_${service.slot}_DEPENDS_ON`)?.valuePosition
    for (const { name, condition } of service.dependsOn) {
      const other = hosts.get(name)
      if (other === service)
        diagnostics.push(diagnose('NB320', `CS_${service.slot}_DEPENDS_ON: ${name} depends on itself.`, 'Remove it.', position))
      else if (other === undefined && !core.includes(name))
        diagnostics.push(
          diagnose(
            'NB320',
            `CS_${service.slot}_DEPENDS_ON: there is no service ${name}.`,
            `The services are ${[...core, ...project.services.map(({ host }) => host)].join(', ')}.`,
            position,
          ),
        )
      else if (other !== undefined && other.health.kind === 'disabled' && condition === 'service_healthy')
        diagnostics.push(
          diagnose('NB320', `CS_${service.slot}_DEPENDS_ON: ${name} has no health check to wait for.`, `Write ${name}:started.`, position),
        )
    }
  }
  for (const circle of findCircles(project.services, hosts)) {
    const first = circle[0] as Service
    diagnostics.push(
      diagnose(
        'NB321',
        `${[...circle, first].map(({ name }) => name).join(' → ')} wait for each other.`,
        'Remove one of the CS_N_DEPENDS_ON entries.',
        variables.entries.get(`CS_${first.slot}_DEPENDS_ON`)?.valuePosition,
      ),
    )
  }
  return diagnostics
}

/** One circle for each place where a walk along the dependencies meets its own path. */
function findCircles(services: readonly Service[], hosts: ReadonlyMap<string, Service>): (readonly Service[])[] {
  const circles: (readonly Service[])[] = []
  const done = new Set<Service>()
  const visit = (service: Service, path: readonly Service[]): void => {
    const start = path.indexOf(service)
    // A service that waits for itself has a diagnostic of its own.
    if (start !== -1 && path.length - start > 1) circles.push(path.slice(start))
    if (start !== -1 || done.has(service)) return
    for (const { name } of service.dependsOn) {
      const next = hosts.get(name)
      if (next !== undefined) visit(next, [...path, service])
    }
    done.add(service)
  }
  for (const service of services) visit(service, [])
  return circles
}

// Networks of other projects on the same machine are theirs: only names under this project's prefix are joined (as nself 1.x does).
function checkNetworks(project: Project, variables: Variables): Diagnostic[] {
  return project.services.flatMap(({ slot, networks }) =>
    networks
      .filter((network) => !network.startsWith(`${project.name}_`) || network === `${project.name}_network`)
      .map((network) =>
        diagnose(
          'NB322',
          network === `${project.name}_network`
            ? `CS_${slot}_NETWORKS: every service is on ${network} already.`
            : `CS_${slot}_NETWORKS: ${network} is not a network of this project.`,
          `Name networks that start with ${project.name}_.`,
          variables.entries.get(`CS_${slot}_NETWORKS`)?.valuePosition,
        ),
      ),
  )
}

function checkWithoutEffect(project: Project, variables: Variables): Diagnostic[] {
  return project.services.flatMap((service) => {
    if (service.public) return []
    return ['RATE_LIMIT', 'WEBSOCKET', 'BODY_SIZE', 'TIMEOUT'].flatMap((name) => {
      const entry = variables.entries.get(`CS_${service.slot}_${name}`)
      return entry === undefined || entry.value === ''
        ? []
        : [
            diagnose(
              'NB328',
              `${entry.key} has no effect: ${service.name} is not public.`,
              `Set CS_${service.slot}_PUBLIC=true, or remove the line.`,
              entry.position,
            ),
          ]
    })
  })
}

/** The secrets that the stack cannot start without; several names mean that one of them is enough. */
export function requiredSecrets(project: Project): string[][] {
  const secrets: string[][] = []
  if (project.postgres !== undefined) secrets.push(['POSTGRES_PASSWORD'])
  if (project.hasura !== undefined || project.auth !== undefined) secrets.push(['HASURA_GRAPHQL_ADMIN_SECRET'])
  // What only the core services themselves need is the matter of the nself CLI that runs them.
  if (project.core === 'external') return secrets
  if (project.hasura !== undefined || project.auth !== undefined) secrets.push(['HASURA_JWT_KEY', 'JWT_SECRET'])
  if (project.minio !== undefined) secrets.push(['MINIO_ROOT_PASSWORD', 'S3_SECRET_KEY'])
  return secrets
}

// Characters that need no percent-encoding in the user information of a URL (RFC 3986, section 3.2.1).
const safeInUrl = /^[A-Za-z0-9\-._~!$&'()*+,;=]*$/

function checkSecrets(project: Project, variables: Variables): Diagnostic[] {
  const severity = project.environment.kind === 'development' ? 'warning' : 'info'
  const missing = requiredSecrets(project)
    .filter((names) => !names.some((name) => isSet(name, variables)))
    .map((names) =>
      diagnose(
        'NB408',
        `${names.join(' or ')} is not set in any env file.`,
        `Add ${names[0]}=… to .env.secrets; the stack does not start without it.`,
        undefined,
        severity,
      ),
    )
  const unsafe = [project.postgres === undefined ? [] : ['POSTGRES_PASSWORD'], project.redis === undefined ? [] : ['REDIS_PASSWORD']]
    .flat()
    .flatMap((name) => {
      const entry = variables.entries.get(name)
      if (entry === undefined || safeInUrl.test(entry.value) || entry.value.includes('${') || isSet(`${name}_URLENCODED`, variables))
        return []
      return [
        diagnose(
          'NB409',
          `${name} has characters with a meaning in URLs, and is part of one.`,
          `Choose letters and digits, or add ${name}_URLENCODED with the percent-encoded form.`,
          entry.position,
        ),
      ]
    })
  return [...missing, ...unsafe]
}
