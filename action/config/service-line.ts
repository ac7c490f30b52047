import { type Diagnostic, diagnose, quote } from './diagnostics.ts'
import { type EnvEntry, positionAt } from './env-file.ts'
import { parseWhole } from './values.ts'

/** The fields of `name:framework[:port][:route_or_domain]`, with the offset of each in the value. */
export interface ServiceLine {
  readonly slot: number
  readonly entry: EnvEntry
  readonly name: string
  readonly framework: string
  readonly port: number | undefined
  readonly route: string | undefined
  readonly offsets: { readonly framework: number; readonly port: number; readonly route: number }
}

const reserved = new Set(['postgres', 'redis', 'hasura', 'nginx', 'acme', 'minio', 'mailpit', 'postgres-init', 'minio-init'])

// Names that an nself CLI may already run beside ours (research of its compose files); they matter for `core: external` only.
const reservedBesideNself = new Set(
  'minio-client functions meilisearch meilisearch-init typesense nself-admin mlflow backup prometheus grafana loki promtail tempo alertmanager cadvisor node-exporter postgres-exporter redis-exporter'.split(
    ' ',
  ),
)

const namePattern = /^[a-z0-9]+([-_][a-z0-9]+)*$/
const form = 'Write CS_1=name:framework, with an optional :port and :route, such as CS_1=api:fastapi:3001:api.'

/** The DNS name of a service on the compose network: `_` is not legal in host names. */
export function hostOf(name: string): string {
  return name.replaceAll('_', '-')
}

/** Reads one `CS_N` value (already expanded). Problems are reported at their field; `undefined` when no service can be made of it. */
export function parseServiceLine(
  slot: number,
  entry: EnvEntry,
  text: string,
  core: 'managed' | 'external',
): { line?: ServiceLine; diagnostics: Diagnostic[] } {
  const diagnostics: Diagnostic[] = []
  // Offsets in an expanded or trimmed text are not those in the file.
  const inFile = (offset: number) => (text === entry.value ? offset : 0)
  const at = (offset: number) => positionAt(entry, inFile(offset))
  const fields = text.split(':')
  if (fields.length < 2) {
    diagnostics.push(diagnose('NB201', `${entry.key}=${quote(text)} names no framework.`, form, at(0)))
    return { diagnostics }
  }
  if (fields.length > 4) {
    const offset = fields.slice(0, 4).join(':').length
    diagnostics.push(diagnose('NB201', `${entry.key} has ${fields.length} fields; name:framework:port:route are 4.`, form, at(offset)))
    return { diagnostics }
  }
  const [rawName = '', rawFramework = '', rawPort = '', rawRoute = ''] = fields
  const offsets = { framework: rawName.length + 1, port: rawName.length + rawFramework.length + 2, route: text.length - rawRoute.length }

  const name = rawName.trim().toLowerCase()
  diagnostics.push(...checkName(entry, rawName.trim(), name, core))
  const framework = rawFramework.trim().toLowerCase()
  if (framework === '')
    diagnostics.push(diagnose('NB201', `${entry.key} names no framework after "${quoteless(rawName)}:".`, form, at(offsets.framework)))
  let port: number | undefined
  if (rawPort.trim() !== '') {
    const parsed = parseWhole(rawPort.trim(), 1, 65535, 'a port')
    if (parsed.ok) port = parsed.value
    else {
      const looksLikeRoute = fields.length === 3 && /[a-z]/i.test(rawPort)
      const fix = looksLikeRoute
        ? `Leave the port empty: ${quoteless(rawName)}:${quoteless(rawFramework)}::${quoteless(rawPort)}`
        : parsed.fix
      diagnostics.push(diagnose('NB209', `${entry.key}: ${parsed.problem}`, fix, at(offsets.port)))
    }
  }
  if (diagnostics.some(({ severity }) => severity === 'error')) return { diagnostics }
  const route = rawRoute.trim() === '' ? undefined : rawRoute
  const inFileOffsets = { framework: inFile(offsets.framework), port: inFile(offsets.port), route: inFile(offsets.route) }
  return { line: { slot, entry, name, framework, port, route, offsets: inFileOffsets }, diagnostics }
}

function checkName(entry: EnvEntry, raw: string, name: string, core: 'managed' | 'external'): Diagnostic[] {
  const position = positionAt(entry, 0)
  if (name.length > 63 || !namePattern.test(name))
    return [
      diagnose(
        'NB202',
        `${entry.key}: ${quote(raw)} is not a service name.`,
        'Use 1 to 63 lower-case letters and digits, in words joined by single hyphens or underscores.',
        position,
      ),
    ]
  const host = hostOf(name)
  if (reserved.has(host) || (core === 'external' && reservedBesideNself.has(host)))
    return [
      diagnose('NB204', `${entry.key}: the name ${name} belongs to a core service.`, `Choose another name, such as my-${name}.`, position),
    ]
  if (name !== raw) return [diagnose('NB203', `${entry.key}: the name ${quote(raw)} becomes ${name}.`, `Write ${name}.`, position)]
  return []
}

function quoteless(text: string): string {
  return quote(text.trim()).slice(1, -1)
}
