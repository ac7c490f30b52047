import { type Diagnostic, diagnose } from '../config/diagnostics.ts'
import type { Catalogue, Template } from '../config/template.ts'
import { type Fields, readTemplate } from './template-file.ts'

/** A template's folder, before its description is read. */
export interface TemplateSource {
  readonly id: string
  /** Shown in diagnostics. */
  readonly file: string
  /** The fields of its `template.yml`, read when they are asked for. */
  readonly fields: () => Fields
}

/**
 * A catalogue over template folders that reads a `template.yml` only when it is asked for: a project names few of them.
 * Only an alias or an unknown name makes it read all. `report` receives what is wrong with a template, once.
 */
export function createCatalogue(sources: ReadonlyMap<string, TemplateSource>, report: (diagnostic: Diagnostic) => void): Catalogue {
  const templates = new Map<string, Template | undefined>()
  const read = (id: string): Template | undefined => {
    const source = sources.get(id)
    if (source === undefined) return undefined
    if (!templates.has(id)) {
      // Set first: a placeholder that names itself finds nothing instead of running in a circle.
      templates.set(id, undefined)
      const { template, diagnostics } = readTemplate(source.file, source.fields, id, read)
      diagnostics.forEach(report)
      templates.set(id, template)
    }
    return templates.get(id)
  }
  let aliases: ReadonlyMap<string, Template> | undefined
  const all = () => [...sources.keys()].sort().flatMap((id) => read(id) ?? [])
  const byAlias = (name: string) => {
    aliases ??= readAliases(all(), report)
    return aliases.get(name)
  }
  const byName = (name: string) => read(name) ?? byAlias(name)
  return {
    all,
    find: (framework) => {
      const slash = framework.indexOf('/')
      return byName(framework) ?? (slash === -1 ? undefined : byName(framework.slice(slash + 1)))
    },
  }
}

function readAliases(templates: readonly Template[], report: (diagnostic: Diagnostic) => void): Map<string, Template> {
  const owners = new Map(templates.map((template) => [template.id, template]))
  const aliases = new Map<string, Template>()
  for (const template of templates)
    for (const alias of template.aliases) {
      const owner = owners.get(alias)
      if (owner === undefined) {
        owners.set(alias, template)
        aliases.set(alias, template)
      } else
        report(
          diagnose('NB510', `The template ${template.id} has the alias ${alias}, which is ${owner.id} already.`, 'Choose another alias.'),
        )
    }
  return aliases
}
