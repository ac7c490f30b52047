import { Liquid, type Template } from 'liquidjs'

/** Renders one template with a scope of plain values. Throws on an unknown variable or filter: templates are checked, not trusted. */
export type RenderTemplate = (name: string, scope: object) => string

/**
 * A Liquid engine over templates in memory: no file system, own properties only, nothing undefined, and bounds on
 * parsing and rendering, since a project may bring templates of its own. Templates may render each other by name.
 */
export function createRenderer(templates: Readonly<Record<string, string>>): RenderTemplate {
  const engine = new Liquid({
    templates,
    ownPropertyOnly: true,
    strictVariables: true,
    strictFilters: true,
    // Without it the machine's own locale would be asked for, which is slow and differs.
    locale: 'en',
    parseLimit: 1e7,
    renderLimit: 5e3,
  })
  const parsed = new Map<string, Template[]>()
  return (name, scope) => {
    let template = parsed.get(name)
    if (template === undefined) {
      template = engine.parse(templates[name] ?? '', name)
      parsed.set(name, template)
    }
    return engine.renderSync(template, scope) as string
  }
}
