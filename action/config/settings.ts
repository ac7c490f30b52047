import type { Code } from './codes.ts'
import { type Diagnostic, diagnose } from './diagnostics.ts'
import { type EnvEntry, positionAt } from './env-file.ts'
import { isFromSecretSource, isHarmless } from './secrets.ts'
import { type Parsed, parseBoolean } from './values.ts'
import { type Expanded, expand, type Variables } from './variables.ts'

/** Reads variables of the cascade one by one and collects what is wrong with them. */
export interface Settings {
  /** The expanded text of the first name that is set and not empty, with its entry. */
  text(...names: readonly string[]): { readonly value: string; readonly entry: EnvEntry } | undefined
  /** As `text`, read by `parse`; a bad value is one diagnostic under `code`, and counts as not set. */
  read<T>(code: Code, parse: (text: string) => Parsed<T>, ...names: readonly string[]): T | undefined
  flag(...names: readonly string[]): boolean | undefined
  report(...diagnostics: readonly Diagnostic[]): void
  readonly variables: Variables
}

export function createSettings(variables: Variables, diagnostics: Diagnostic[]): Settings {
  const expanded = new Map<EnvEntry, string>()
  const refused = new Set<EnvEntry>()
  const settings: Settings = {
    variables,
    report: (...found) => void diagnostics.push(...found),
    text(...names) {
      for (const name of names) {
        const entry = variables.entries.get(name)
        if (entry === undefined || entry.value === '') continue
        let value = expanded.get(entry)
        if (value === undefined) {
          const result = isFromSecretSource(entry) && !isHarmless(entry.value) ? secretSetting(entry) : expand(entry, variables)
          diagnostics.push(...result.diagnostics)
          value = result.diagnostics.length > 0 ? '' : result.value.trim()
          expanded.set(entry, value)
        }
        if (value !== '') return { value, entry }
      }
      return undefined
    },
    read(code, parse, ...names) {
      const found = settings.text(...names)
      if (found === undefined) return undefined
      const parsed = parse(found.value)
      if (parsed.ok) return parsed.value
      if (refused.has(found.entry)) return undefined
      refused.add(found.entry)
      const offset = found.value === found.entry.value ? (parsed.offset ?? 0) : 0
      diagnostics.push(diagnose(code, `${found.entry.key}: ${parsed.problem}`, parsed.fix, positionAt(found.entry, offset)))
      return undefined
    },
    flag: (...names) => settings.read('NB407', parseBoolean, ...names),
  }
  return settings
}

function secretSetting(entry: EnvEntry): Expanded {
  const { file } = entry.position
  const fix = "Move it to .env or the environment's file: it is no secret."
  return {
    value: '',
    diagnostics: [diagnose('NB330', `${entry.key} is set in ${file}, and would be written into a file.`, fix, positionAt(entry, 0))],
  }
}
