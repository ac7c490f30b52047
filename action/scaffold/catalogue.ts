import { type Diagnostic, diagnose } from '../config/diagnostics.ts'
import { type Catalogue, createCatalogue, type Template } from '../config/template.ts'
import { parseTemplate } from './template-file.ts'

/** A template's folder, before its description is read. */
export interface TemplateSource {
  readonly id: string
  /** Shown in diagnostics. */
  readonly file: string
  /** The text of its `template.yml`. */
  readonly text: string
}

/**
 * Reads all templates; later sources replace earlier ones of the same id, so that a project's own template wins over
 * a built-in one. Placeholders are read last, since they take over what another template says.
 */
export function readCatalogue(sources: readonly TemplateSource[]): { catalogue: Catalogue; diagnostics: Diagnostic[] } {
  const templates = new Map<string, Template>()
  const diagnostics: Diagnostic[] = []
  const isPlaceholder = ({ text }: TemplateSource) => /^placeholder:/m.test(text)
  for (const source of [...sources.filter((each) => !isPlaceholder(each)), ...sources.filter(isPlaceholder)]) {
    const { template, diagnostics: found } = parseTemplate(source.file, source.text, source.id, (id) => templates.get(id))
    diagnostics.push(...found)
    if (template !== undefined && !(template.placeholder !== undefined && templates.has(template.id))) templates.set(template.id, template)
  }
  const sorted = [...templates.values()].sort((a, b) => (a.id < b.id ? -1 : 1))
  diagnostics.push(...checkAliases(sorted))
  return { catalogue: createCatalogue(sorted), diagnostics }
}

function checkAliases(templates: readonly Template[]): Diagnostic[] {
  const owners = new Map(templates.map(({ id }) => [id, id]))
  return templates.flatMap(({ id, aliases }) =>
    aliases.flatMap((alias) => {
      const owner = owners.get(alias)
      if (owner === undefined) {
        owners.set(alias, id)
        return []
      }
      return [diagnose('NB510', `The template ${id} has the alias ${alias}, which is ${owner} already.`, 'Choose another alias.')]
    }),
  )
}
