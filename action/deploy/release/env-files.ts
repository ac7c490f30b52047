import { type Diagnostic, diagnose } from '../../config/diagnostics.ts'
import { parseEnvFile } from '../../config/env-file.ts'
import type { ReadEnvFile } from '../../config/load.ts'
import type { Project } from '../../config/project.ts'
import { expandEntry } from '../../config/resolve-value.ts'
import type { Variables } from '../../config/variables.ts'

/** What `CS_N_ENV_FILE` gives: per service host its variables as compose text, and the values behind that text. */
export interface ServiceEnvFiles {
  readonly variables: ReadonlyMap<string, Readonly<Record<string, string>>>
  readonly values: ReadonlyMap<string, string>
}

/** Reads the env files of services. The files stay here; their values travel in the release's `.env` under names of their own. */
export function readServiceEnvFiles(
  project: Project,
  read: ReadEnvFile,
  variables: Variables,
): { files: ServiceEnvFiles; diagnostics: Diagnostic[] } {
  const diagnostics: Diagnostic[] = []
  const values = new Map<string, string>()
  const byService = new Map<string, Readonly<Record<string, string>>>()
  for (const { slot, host, envFiles, position } of project.services) {
    const own = new Map<string, string>()
    for (const file of envFiles) {
      const found = read(file)
      if (found === undefined) {
        diagnostics.push(
          diagnose('NB809', `CS_${slot}_ENV_FILE: ${file} does not exist.`, 'Create it, or remove it from the line.', position),
        )
        continue
      }
      if ('problem' in found) {
        diagnostics.push(found.problem)
        continue
      }
      const parsed = parseEnvFile(file, found.text)
      diagnostics.push(...parsed.diagnostics)
      for (const entry of parsed.env.entries) {
        const resolved = expandEntry(entry, variables, [entry.key])
        if (resolved !== undefined && 'problem' in resolved)
          diagnostics.push(diagnose('NB809', `${file}: ${resolved.problem}.`, 'Write the value itself.', entry.position))
        else own.set(entry.key, resolved?.value ?? '')
      }
    }
    for (const [key, value] of own) values.set(variableOf(slot, key), value)
    byService.set(host, Object.fromEntries([...own.keys()].map((key) => [key, `\${${variableOf(slot, key)}?}`])))
  }
  return { files: { variables: byService, values }, diagnostics }
}

function variableOf(slot: number, key: string): string {
  return `CS_${slot}_FILE_${key}`
}
