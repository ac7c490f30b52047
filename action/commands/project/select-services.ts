import { type Diagnostic, diagnose } from '../../config/diagnostics.ts'
import type { Project } from '../../config/project.ts'
import { didYouMean } from '../../config/suggest.ts'
import type { Inputs } from '../../inputs.ts'
import { type BuiltService, builtServices } from '../../render/bake.ts'

/** The services that are built, or those of them that the `services` input names. */
export function selectServices(project: Project, { services: names }: Inputs, diagnostics: Diagnostic[]): BuiltService[] {
  const built = builtServices(project)
  for (const name of names) {
    if (built.some((service) => service.name === name)) continue
    const isReady = project.services.some((service) => service.name === name)
    const fix = isReady
      ? 'It runs a ready image (CS_N_IMAGE).'
      : didYouMean(
          name,
          built.map((service) => service.name),
        ) || 'Name services of this project.'
    diagnostics.push(diagnose('NB603', `services: ${name} is not a service that is built.`, fix))
  }
  return names.length === 0 ? built : built.filter(({ name }) => names.includes(name))
}
