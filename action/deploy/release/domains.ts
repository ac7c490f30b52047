import { type Diagnostic, diagnose } from '../../config/diagnostics.ts'
import type { Project } from '../../config/project.ts'
import { serverNamesIn } from '../../render/sites.ts'

/** The public domains of another environment: its name, and domain → service. */
export interface OtherDomains {
  readonly environment: string
  readonly domains: ReadonlyMap<string, string>
}

/**
 * Checks that nginx serves no name of another environment. Staging gives way to production: a name that both claim is production's.
 * `tree` are nginx's files by path.
 */
export function checkServerNames(project: Project, tree: ReadonlyMap<string, string>, others: readonly OtherDomains[]): Diagnostic[] {
  const own = new Set([...project.services.flatMap(({ domains }) => domains), ...project.coreSites.map(({ domain }) => domain)])
  const names = new Set([...tree.values()].flatMap(serverNamesIn))
  return others.flatMap(({ environment, domains }) =>
    [...domains]
      .filter(
        ([domain]) => names.has(domain) && (!own.has(domain) || (project.environment.kind === 'staging' && environment === 'production')),
      )
      .map(([domain, service]) => {
        const slot = project.services.find(({ name }) => name === service)?.slot
        return diagnose(
          'NB805',
          `${project.environment.name} would serve ${domain}, which is the domain of ${service} in ${environment}.`,
          slot === undefined
            ? `Set BASE_DOMAIN to another one in .env.${project.environment.name}, or take the server_name out of your own nginx files.`
            : `Set CS_${slot}_STAGING_DOMAIN and CS_${slot}_PROD_DOMAIN, or a BASE_DOMAIN of its own for each environment.`,
        )
      }),
  )
}
