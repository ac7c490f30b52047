import { describe, expect, it } from 'vitest'
import { openTemplates } from '../../action/adapters/templates.ts'
import { createRenderer } from '../../action/render/liquid.ts'
import { createCatalogue } from '../../action/scaffold/catalogue.ts'
import { renderScaffold, templateKey } from '../../action/scaffold/render-scaffold.ts'
import { tool } from '../support/project.ts'
import { syntaxErrors } from '../support/syntax.ts'

const library = openTemplates(tool, tool, '')
const templates = createCatalogue(library.sources, () => {})
  .all()
  .filter(({ placeholder }) => placeholder === undefined)

// Names that are no identifier as they stand: a keyword, a digit first, both separators, 63 characters.
const names = ['import', 'test', 'new-class', '3d-render', `my_api-${'x'.repeat(56)}`]

describe.each(templates)('$id', (template) => {
  const files = library.files(template.id)
  const liquid = files.filter(({ path }) => path.endsWith('.liquid'))
  const render = createRenderer(Object.fromEntries(liquid.map(({ path, content }) => [templateKey(template, path), content.toString()])))

  it.each(names)('is valid code for a service named %s', async (name) => {
    const scaffold = renderScaffold(template, files, { name, port: 3001, project: 'shop' }, render, new Map())
    const errors: Record<string, string[]> = {}
    for (const { path, content } of scaffold) {
      const found = await syntaxErrors(path, content.toString())
      if (found.length > 0) errors[path] = found
    }
    expect(errors).toEqual({})
  })

  it('has what every scaffold has', () => {
    const paths = files.map(({ path }) => path.replace(/\.liquid$/, ''))
    expect(paths).toEqual(expect.arrayContaining(['Dockerfile', '.dockerignore', 'README.md']))
    expect(template.dev.watch.length, 'rules for docker compose watch').toBeGreaterThan(0)
  })
})
