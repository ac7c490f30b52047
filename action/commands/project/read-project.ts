import { type ProjectFiles, readEnvFile } from '../../adapters/files.ts'
import { openTemplates, type TemplateLibrary } from '../../adapters/templates.ts'
import { buildProject } from '../../config/build-project.ts'
import { type Diagnostic, hasErrors } from '../../config/diagnostics.ts'
import { type Environment, standardEnvironments } from '../../config/environment.ts'
import { loadConfiguration, secretValues } from '../../config/load.ts'
import type { Project, Service } from '../../config/project.ts'
import type { Catalogue } from '../../config/template.ts'
import type { Variables } from '../../config/variables.ts'
import { createCatalogue } from '../../scaffold/catalogue.ts'
import type { Context } from '../context.ts'

/** Opens the built-in templates and the project's own; what is wrong with one is added to the diagnostics when it is asked for. */
export function openCatalogue({ tool, root, inputs }: Context): {
  library: TemplateLibrary
  catalogue: Catalogue
  diagnostics: Diagnostic[]
} {
  const library = openTemplates(tool, root, inputs.templates)
  const diagnostics = [...library.diagnostics]
  return { library, catalogue: createCatalogue(library.sources, (diagnostic) => diagnostics.push(diagnostic)), diagnostics }
}

/** Reads the model of one environment (`undefined`: the one that the files name), from the disk or from other files. */
export function readProject(
  context: Context,
  catalogue: Catalogue,
  environment: string | undefined,
  files?: ProjectFiles,
): { project?: Project; variables?: Variables; diagnostics: Diagnostic[]; secrets: string[] } {
  const { root, inputs, outer } = context
  const { configuration, diagnostics } = loadConfiguration(files?.envFile ?? ((file) => readEnvFile(root, file)), {
    environment,
    envOrder: inputs.envOrder,
    env: inputs.env,
    outer,
  })
  if (configuration === undefined) return { diagnostics, secrets: [] }
  const secrets = secretValues(configuration.variables)
  const built = buildProject(configuration, catalogue, { core: inputs.core, envOrder: inputs.envOrder, registry: inputs.registry })
  const all = [...diagnostics, ...built.diagnostics]
  return built.project === undefined || hasErrors(all)
    ? { diagnostics: all, secrets }
    : { project: built.project, variables: configuration.variables, diagnostics: all, secrets }
}

/** The domains of every service in each of the standard environments and the chosen one. */
export function readDomains(context: Context, catalogue: Catalogue, chosen: Project): Map<string, Map<string, readonly string[]>> {
  const domains = new Map<string, Map<string, readonly string[]>>()
  const add = (environment: Environment, services: readonly Service[]) => {
    for (const service of services) {
      const row = domains.get(service.name) ?? new Map<string, readonly string[]>()
      row.set(environment.name, service.public ? service.domains : [])
      domains.set(service.name, row)
    }
  }
  for (const environment of standardEnvironments) {
    const project = environment.name === chosen.environment.name ? chosen : readProject(context, catalogue, environment.name).project
    if (project !== undefined) add(environment, project.services)
  }
  if (chosen.environment.kind === 'custom') add(chosen.environment, chosen.services)
  return domains
}
