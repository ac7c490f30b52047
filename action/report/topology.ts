import type { Project, Service } from '../config/project.ts'

/** A Mermaid flowchart: who reaches whom. Ids are made here, so that no name can be read as Mermaid's syntax. */
export function topology(project: Project): string {
  const lines = [
    'internet((internet)) --> nginx[nginx]',
    ...project.services.map(node),
    ...project.services.flatMap((service) => edges(project, service)),
    ...coreEdges(project),
  ]
  return `flowchart LR\n${lines.map((line) => `  ${line}\n`).join('')}`
}

const idOf = ({ slot }: Service) => `s${slot}`

function node(service: Service): string {
  const label = `"${service.name}${service.replicas > 1 ? ` ×${service.replicas}` : ''}"`
  return idOf(service) + (service.template.kind === 'worker' ? `[[${label}]]` : `[${label}]`)
}

function edges({ services, postgres, redis }: Project, service: Service): string[] {
  const id = idOf(service)
  const lines: string[] = []
  if (service.public && service.domains[0] !== undefined) lines.push(`nginx -- "${service.domains[0]}" --> ${id}`)
  if (postgres !== undefined && (service.database ?? service.tablePrefix) !== undefined)
    lines.push(`${id} --> ${database(service.database ?? postgres.database)}`)
  if (redis !== undefined && (service.redisDatabase ?? service.redisPrefix) !== undefined) {
    const number = service.redisDatabase ?? 0
    lines.push(`${id} --> redis${number}[("redis ${number}")]`)
  }
  for (const { name } of service.dependsOn) {
    const other = services.find((each) => each.name === name || each.host === name)
    if (other !== undefined) lines.push(`${id} -.-> ${idOf(other)}`)
  }
  return lines
}

function coreEdges({ coreSites, postgres, hasura, auth }: Project): string[] {
  const sites = coreSites.map(({ service, domain }) => `nginx -- "${domain}" --> ${service}[${service}]`)
  if (postgres === undefined) return sites
  return [
    ...sites,
    ...Object.entries({ hasura, auth }).flatMap(([name, service]) =>
      service === undefined ? [] : [`${name}[${name}] --> ${database(postgres.database)}`],
    ),
  ]
}

function database(name: string): string {
  return `db_${name.replace(/\W/g, '_')}[("${name}")]`
}
