import { isMap, isScalar, isSeq, LineCounter, type Node, type Pair, parseDocument } from 'yaml'
import { type Diagnostic, diagnose, type Position } from '../config/diagnostics.ts'
import { matches } from './render-scaffold.ts'

/** What the user takes out of the template's hands; a file of the user's own, never written. */
export interface ScaffoldConfig {
  /** Whether a file, by its path in the project, belongs to the user alone. */
  readonly isEjected: (path: string) => boolean
  /** The template version that a service does not take. */
  readonly skip: Readonly<Record<string, string>>
  /** Names what `eject` and `skip` list in vain. */
  readonly unused: (services: readonly string[], files: readonly string[]) => Diagnostic[]
}

export const configPath = 'services/.scaffold/config.yml'
export const emptyConfig: ScaffoldConfig = { isEjected: () => false, skip: {}, unused: () => [] }

interface Named {
  readonly text: string
  readonly position: Position
}

/** Reads `services/.scaffold/config.yml`: `eject`, a list of paths or globs, and `skip`, a version per service. */
export function parseScaffoldConfig(text: string): { config: ScaffoldConfig; diagnostics: Diagnostic[] } {
  const lines = new LineCounter()
  const document = parseDocument(text, { lineCounter: lines })
  const diagnostics: Diagnostic[] = []
  const at = (offset = 0): Position => {
    const { line, col } = lines.linePos(offset)
    return { file: configPath, line: Math.max(line, 1), column: Math.max(col, 1) }
  }
  const refuse = (problem: string, offset?: number) =>
    void diagnostics.push(
      diagnose('NB519', `${configPath}: ${problem}.`, 'Write `eject: [services/api/Dockerfile]` and `skip: {api: 1.4.0}`.', at(offset)),
    )
  const eject: Named[] = []
  const skip: (Named & { readonly version: string })[] = []
  const readers: Readonly<Record<string, (value: Node | null) => void>> = {
    eject: (value) => {
      if (!isSeq(value)) return refuse('eject is not a list', value?.range?.[0])
      for (const item of value.items)
        if (isScalar(item) && typeof item.value === 'string' && isPath(item.value))
          eject.push({ text: item.value, position: at(item.range?.[0]) })
        else refuse('eject holds something else than a path such as services/api/Dockerfile', (item as Node).range?.[0])
    },
    skip: (value) => {
      if (!isMap(value)) return refuse('skip is not a map of versions by service', value?.range?.[0])
      for (const { key, value: version } of value.items as Pair<Node, Node>[]) {
        const position = at(key.range?.[0])
        if (isScalar(key) && isScalar(version) && /^\d+\.\d+\.\d+$/.test(String(version.value)))
          skip.push({ text: String(key.value), version: String(version.value), position })
        else refuse('skip holds something else than a version such as 1.4.0', key.range?.[0])
      }
    },
  }
  for (const error of document.errors) refuse(`it is not YAML (${error.code.toLowerCase().replaceAll('_', ' ')})`, error.pos[0])
  const { contents } = document
  if (diagnostics.length === 0 && contents !== null) {
    if (isMap(contents))
      for (const { key, value } of contents.items as Pair<Node, Node | null>[]) {
        const name = isScalar(key) ? String(key.value) : ''
        const read = Object.hasOwn(readers, name) ? readers[name] : undefined
        if (read === undefined) refuse(`it has ${JSON.stringify(name)}, and knows only eject and skip`, key.range?.[0])
        else read(value)
      }
    else refuse('it is not a map', contents.range?.[0])
  }
  return { config: configOf(eject, skip), diagnostics }
}

function configOf(eject: readonly Named[], skip: readonly (Named & { readonly version: string })[]): ScaffoldConfig {
  const globs = eject.map(({ text }) => text)
  const vain = (problem: string, { position }: Named) =>
    diagnose('NB520', `${configPath}: ${problem}.`, 'Correct the name, or remove it.', position)
  return {
    isEjected: (path) => globs.length > 0 && matches(path, globs),
    skip: Object.fromEntries(skip.map(({ text, version }) => [text, version])),
    unused: (services, files) => [
      ...eject
        .filter(({ text }) => !files.some((file) => matches(file, [text])))
        .map((entry) => vain(`eject names ${entry.text}, which is no file of a template`, entry)),
      ...skip.filter(({ text }) => !services.includes(text)).map((entry) => vain(`skip names ${entry.text}, which is no service`, entry)),
    ],
  }
}

function isPath(text: string): boolean {
  return text.startsWith('services/') && !text.split('/').some((part) => part === '' || part === '.' || part === '..')
}
