import { type Diagnostic, hasErrors } from '../../config/diagnostics.ts'
import type { Project } from '../../config/project.ts'
import { buildMatrix } from '../../images/matrix.ts'
import { planReport } from '../../report/images.ts'
import { redact } from '../../report/redact.ts'
import type { Context } from '../context.ts'
import { selectServices } from '../project/select-services.ts'
import { openRegistry } from './open-registry.ts'
import { planImages, platformsOf } from './plan-images.ts'

/** What `build` would do, for `plan`: text, Markdown, and the matrix of the jobs that have something to build. Nothing after an error. */
export async function planBuilds(context: Context, project: Project, diagnostics: Diagnostic[]) {
  const { inputs, root } = context
  const selected = selectServices(project, inputs, diagnostics)
  if (hasErrors(diagnostics)) return undefined
  const { plans, unplanned, diagnostics: checks } = await planImages(root, selected, inputs, openRegistry(context))
  diagnostics.push(...checks)
  const problems = new Map(unplanned.map(({ service, problem }) => [service.name, redact(problem, [inputs.registryPassword])]))
  const misses = plans.filter(({ action }) => action === 'build').map(({ service }) => service.name)
  const matrix = buildMatrix(misses, platformsOf(inputs), inputs.runners)
  const { text, markdown } = planReport(plans, problems)
  return {
    text,
    markdown,
    isComplete: unplanned.length === 0,
    data: {
      matrix,
      'fan-out': matrix.include.length > 1,
      build: misses,
      reused: plans.filter(({ action }) => action === 'reuse').map(({ service }) => service.name),
      failed: [...problems.keys()],
      reasons: Object.fromEntries([...plans.map(({ service, reason }) => [service.name, reason]), ...problems]),
      keys: Object.fromEntries(plans.map(({ service, key }) => [service.name, key])),
    },
  }
}
