import { hasErrors } from '../config/diagnostics.ts'
import type { Template } from '../config/template.ts'
import { markdownTable, textTable } from '../report/table.ts'
import type { Context } from './context.ts'
import { openCatalogue } from './project/read-project.ts'
import type { CommandResult } from './result.ts'

const columns = ['id', 'aliases', 'title', 'kind', 'framework', 'image', 'memory', 'cpu', 'state']

/** Lists the catalogue: the built-in templates and the project's own. */
export function templates(context: Context): CommandResult {
  const { catalogue, diagnostics } = openCatalogue(context)
  const all = catalogue.all()
  return {
    exitCode: hasErrors(diagnostics) ? 2 : 0,
    diagnostics,
    secrets: [],
    text: textTable(columns, all.map(row)),
    data: { templates: all.map(view) },
    summary: `## nself: templates\n\n${markdownTable(columns, all.map(row))}`,
  }
}

function row(template: Template): string[] {
  const { id, aliases, title, kind, framework, image, memory, cpu } = template
  return [id, aliases.join(' ') || '-', title, kind, framework, image, memory.text, String(cpu), stateOf(template)]
}

/** `unverified` has files that nobody could build where this version was made; docs/templates.md says what was tried instead. */
function stateOf({ placeholder, verified }: Template): string {
  if (placeholder !== undefined) return 'placeholder'
  return verified === undefined ? 'ready' : 'unverified'
}

function view(template: Template): Record<string, unknown> {
  const { id, version, title, description, language, framework, image, aliases, kind, memory, cpu, needs, verified } = template
  return {
    id,
    version,
    title,
    description,
    language,
    framework,
    image,
    aliases,
    kind,
    memory: memory.text,
    cpu,
    needs,
    state: stateOf(template),
    ...(verified === undefined ? {} : { verified }),
  }
}
