import { existsSync, readFileSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type Diagnostic, diagnose } from '../config/diagnostics.ts'
import type { TemplateSource } from '../scaffold/catalogue.ts'
import type { TemplateFile } from '../scaffold/render-scaffold.ts'
import { type Fields, parseTemplateFields } from '../scaffold/template-file.ts'
import { listFolders, readFolder } from './files.ts'

/** The tool's own folder, which holds `templates/`: beside `dist/` in a release, beside `action/` in a checkout. */
export function toolFolder(moduleUrl: string): string {
  let folder = dirname(fileURLToPath(moduleUrl))
  while (!existsSync(join(folder, 'templates', 'services')) && folder !== dirname(folder)) folder = dirname(folder)
  return folder
}

/** Where the build puts the fields of all built-in templates, which are slow to read as YAML. */
export const packedTemplates = 'dist/templates.json'

// Only the bundle uses it: in a checkout, template.yml is what the next edit changes.
function packedFields(tool: string): Readonly<Record<string, Fields>> {
  return import.meta.url.endsWith('.ts') ? {} : JSON.parse(readFileSync(join(tool, packedTemplates), 'utf8'))
}

/** Where templates come from, and how to read the files of one. */
export interface TemplateLibrary {
  /** By id; a project's own template takes the place of a built-in one. */
  readonly sources: ReadonlyMap<string, TemplateSource>
  readonly files: (id: string) => readonly TemplateFile[]
  readonly nginx: () => Readonly<Record<string, string>>
  readonly diagnostics: readonly Diagnostic[]
}

/** Opens the built-in templates and those of a folder of the project (the `templates` input; '' for none). */
export function openTemplates(tool: string, root: string, own: string): TemplateLibrary {
  const diagnostics: Diagnostic[] = []
  const folders = [{ folder: join(tool, 'templates', 'services'), shown: 'templates/services' }]
  if (own !== '') {
    if (statSync(join(root, own), { throwIfNoEntry: false })?.isDirectory()) folders.push({ folder: join(root, own), shown: own })
    else
      diagnostics.push(
        diagnose('NB603', `templates: ${own} is not a folder of the project.`, 'Name a folder that holds one folder per template.'),
      )
  }
  const places = new Map(
    folders.flatMap(({ folder, shown }) =>
      listFolders(folder).map((id) => [id, { folder: join(folder, id), shown: `${shown}/${id}` }] as const),
    ),
  )
  const packed = own === '' ? packedFields(tool) : {}
  const sources = new Map(
    [...places].map(
      ([id, { folder, shown }]) =>
        [
          id,
          {
            id,
            file: `${shown}/template.yml`,
            fields: () => packed[id] ?? parseTemplateFields(readFileSync(join(folder, 'template.yml'), 'utf8')),
          },
        ] as const,
    ),
  )
  const loaded = new Map<string, readonly TemplateFile[]>()
  return {
    sources,
    diagnostics,
    files: (id) => {
      const known = loaded.get(id)
      if (known !== undefined) return known
      const files = readFolder(places.get(id)?.folder ?? '').filter(({ path }) => path !== 'template.yml')
      loaded.set(id, files)
      return files
    },
    nginx: () =>
      Object.fromEntries(
        readFolder(join(tool, 'templates', 'nginx')).map(({ path, content }) => [path.replace(/\.liquid$/, ''), content.toString('utf8')]),
      ),
  }
}
