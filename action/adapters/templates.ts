import { existsSync, readFileSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type Diagnostic, diagnose } from '../config/diagnostics.ts'
import type { TemplateSource } from '../scaffold/catalogue.ts'
import type { TemplateFile } from '../scaffold/render-scaffold.ts'
import { listFolders, readFolder } from './files.ts'

/** The tool's own folder, which holds `templates/`: beside `dist/` in a release, beside `action/` in a checkout. */
export function toolFolder(moduleUrl: string): string {
  let folder = dirname(fileURLToPath(moduleUrl))
  while (!existsSync(join(folder, 'templates', 'services')) && folder !== dirname(folder)) folder = dirname(folder)
  return folder
}

/** Where templates come from, and how to read the files of one. */
export interface TemplateLibrary {
  readonly sources: readonly TemplateSource[]
  readonly files: (id: string) => readonly TemplateFile[]
  readonly nginx: () => Readonly<Record<string, string>>
  readonly diagnostics: readonly Diagnostic[]
}

/** Opens the built-in templates and those of a folder of the project (the `templates` input; '' for none). */
export function openTemplates(tool: string, root: string, own: string): TemplateLibrary {
  const folders = [join(tool, 'templates', 'services')]
  const diagnostics: Diagnostic[] = []
  if (own !== '') {
    const folder = join(root, own)
    if (statSync(folder, { throwIfNoEntry: false })?.isDirectory()) folders.push(folder)
    else
      diagnostics.push(
        diagnose('NB603', `templates: ${own} is not a folder of the project.`, 'Name a folder that holds one folder per template.'),
      )
  }
  const places = new Map<string, string>()
  const sources = folders.flatMap((folder) =>
    listFolders(folder).flatMap((id): TemplateSource[] => {
      const file = join(folder, id, 'template.yml')
      if (!existsSync(file)) return []
      places.set(id, join(folder, id))
      const shown = folder === folders[0] ? `templates/services/${id}/template.yml` : `${own}/${id}/template.yml`
      return [{ id, file: shown, text: readFileSync(file, 'utf8') }]
    }),
  )
  const loaded = new Map<string, readonly TemplateFile[]>()
  return {
    sources,
    diagnostics,
    files: (id) => {
      let files = loaded.get(id)
      if (files === undefined) {
        files = readFolder(places.get(id) as string).filter(({ path }) => path !== 'template.yml')
        loaded.set(id, files)
      }
      return files
    },
    nginx: () =>
      Object.fromEntries(
        readFolder(join(tool, 'templates', 'nginx')).map(({ path, content }) => [path.replace(/\.liquid$/, ''), content.toString('utf8')]),
      ),
  }
}
