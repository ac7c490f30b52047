import { parseDocument } from 'yaml'
import { type Diagnostic, diagnose } from '../config/diagnostics.ts'
import type { ProofStep, Template, Verified, WatchRule } from '../config/template.ts'
import { type Memory, parseMemory } from '../config/values.ts'

// Far above what a service of one process needs, far below what a fork bomb makes.
const defaultPids = 100

export type Fields = Record<string, unknown>

/** Thrown inside this module only; becomes one diagnostic with the file's name. */
class Invalid extends Error {}

/** The fields of a `template.yml`, not yet checked. Throws a sentence about YAML that cannot be read. */
export function parseTemplateFields(text: string): Fields {
  const document = parseDocument(text)
  if (document.errors.length > 0) throw new Invalid(document.errors[0]?.message.split('\n')[0] ?? 'is not YAML')
  const fields = document.toJS() as unknown
  if (fields === null || typeof fields !== 'object' || Array.isArray(fields)) throw new Invalid('is not a mapping')
  return fields as Fields
}

/**
 * Checks the description of a template. `placeholderOf` answers with the template whose files stand in
 * (`placeholder: custom`), from which every absent key is taken then.
 */
export function readTemplate(
  file: string,
  read: () => Fields,
  id: string,
  placeholderOf: (id: string) => Template | undefined,
): { template?: Template; diagnostics: Diagnostic[] } {
  try {
    return { template: checkTemplate(read(), id, placeholderOf), diagnostics: [] }
  } catch (error) {
    if (!(error instanceof Invalid)) throw error
    return {
      diagnostics: [
        diagnose('NB510', `${file}: ${error.message}.`, 'See CONTRIBUTING.md for the keys of a template.', { file, line: 1, column: 1 }),
      ],
    }
  }
}

function checkTemplate(fields: Fields, id: string, placeholderOf: (id: string) => Template | undefined): Template {
  const known = new Set(
    'id version title description language framework image aliases kind defaults minimumMemory needs stopGracePeriod startPeriod readOnly tmpfs pids probe dev seed test lint proof verified placeholder'.split(
      ' ',
    ),
  )
  const unknown = Object.keys(fields).find((key) => !known.has(key))
  if (unknown !== undefined) throw new Invalid(`unknown key ${unknown}`)
  if (fields.id !== id) throw new Invalid(`id is not ${id}, the name of its folder`)
  const placeholder = fields.placeholder === undefined ? undefined : string(fields, 'placeholder')
  const base = placeholder === undefined ? undefined : placeholderOf(placeholder)
  if (placeholder !== undefined && base === undefined) throw new Invalid(`placeholder ${placeholder} is not a template with files`)
  const or = <T>(key: string, read: (key: string) => T, fallback: T | undefined): T => {
    if (fields[key] !== undefined) return read(key)
    if (fallback === undefined) throw new Invalid(`${key} is missing`)
    return fallback
  }
  const defaults = (fields.defaults ?? {}) as Fields
  const steps = fields.proof === undefined ? base?.proof : proof(fields.proof)
  const defaultMemory = memory(String(defaults.memory ?? '256M'))
  return {
    id,
    version: version(string(fields, 'version')),
    title: string(fields, 'title'),
    description: string(fields, 'description'),
    language: string(fields, 'language'),
    framework: or('framework', (key) => string(fields, key), base?.framework),
    image: or('image', (key) => string(fields, key), base?.image),
    aliases: or('aliases', (key) => strings(fields, key), []),
    kind: oneOf(fields, 'kind', ['web', 'worker', 'grpc', 'websocket']),
    memory: defaultMemory,
    cpu: Number(defaults.cpu ?? 0.25),
    minimumMemory: or('minimumMemory', (key) => memory(string(fields, key)), base === undefined ? undefined : defaultMemory),
    needs: or('needs', (key) => strings(fields, key), []).map((need) => oneOf({ needs: need }, 'needs', ['redis', 'postgres'])),
    stopGracePeriod: or('stopGracePeriod', (key) => duration(fields, key), base?.stopGracePeriod),
    startPeriod: or('startPeriod', (key) => duration(fields, key), base?.startPeriod),
    readOnly: or('readOnly', (key) => fields[key] === true, base?.readOnly),
    tmpfs: or('tmpfs', (key) => strings(fields, key), base?.tmpfs ?? ['/tmp']),
    pids: or('pids', (key) => number(fields, key), base?.pids ?? defaultPids),
    probe: or('probe', (key) => (fields[key] === 'bash' ? 'bash' : strings(fields, key)), base?.probe),
    dev: or('dev', (key) => dev(fields[key] as Fields), base?.dev ?? { watch: [] }),
    seed: or('seed', (key) => strings(fields, key), base?.seed ?? []),
    test: or('test', (key) => strings(fields, key), base?.test ?? []),
    lint: or('lint', (key) => strings(fields, key), base?.lint ?? []),
    ...(steps === undefined ? {} : { proof: steps }),
    ...(fields.verified === undefined ? {} : { verified: verified(fields.verified as Fields) }),
    ...(placeholder === undefined ? {} : { placeholder }),
  }
}

function string(fields: Fields, key: string): string {
  const value = fields[key]
  if (typeof value !== 'string' || value === '') throw new Invalid(`${key} is not a text`)
  return value
}

function strings(fields: Fields, key: string): string[] {
  const value = fields[key]
  if (!Array.isArray(value) || !value.every((item) => typeof item === 'string')) throw new Invalid(`${key} is not a list of texts`)
  return value
}

function oneOf<T extends string>(fields: Fields, key: string, choices: readonly T[]): T {
  const value = choices.find((choice) => choice === fields[key])
  if (value === undefined) throw new Invalid(`${key} is not one of ${choices.join(', ')}`)
  return value
}

function memory(text: string): Memory {
  const parsed = parseMemory(text)
  if (!parsed.ok) throw new Invalid(`memory: ${parsed.problem}`)
  return parsed.value
}

function version(text: string): string {
  if (!/^\d+\.\d+\.\d+$/.test(text)) throw new Invalid('version is not major.minor.patch')
  return text
}

function duration(fields: Fields, key: string): string {
  const text = string(fields, key)
  if (!/^\d+s$/.test(text)) throw new Invalid(`${key} is not a number of seconds such as 30s`)
  return text
}

function dev(fields: Fields): Template['dev'] {
  const watch = (fields.watch ?? []) as Fields[]
  const rules = watch.map(
    (rule): WatchRule => ({
      action: oneOf(rule, 'action', ['sync', 'rebuild', 'restart', 'sync+restart']),
      path: string(rule, 'path'),
      ...(rule.target === undefined ? {} : { target: string(rule, 'target') }),
      ...(rule.ignore === undefined ? {} : { ignore: strings(rule, 'ignore') }),
    }),
  )
  return { ...(fields.target === undefined ? {} : { target: string(fields, 'target') }), watch: rules }
}

function proof(steps: unknown): ProofStep[] {
  if (!Array.isArray(steps)) throw new Invalid('proof is not a list')
  return steps.map((step: Fields): ProofStep => {
    const [action = ''] = Object.keys(step)
    if (action === 'environment') return { environment: step.environment as Record<string, string> }
    if (action === 'exec') return { exec: strings(step, 'exec') }
    if (action === 'row') return { row: string(step, 'row') }
    if (action === 'key') return { key: string(step, 'key') }
    if (action === 'request') {
      const { json, headers } = step
      const request = string(step, 'request')
      return { request, json, headers: (headers ?? {}) as Record<string, string>, status: number(step, 'status') }
    }
    if (action === 'start')
      return {
        start: string(step, 'start'),
        command: strings(step, 'command'),
        port: number(step, 'port'),
        variable: string(step, 'variable'),
      }
    throw new Invalid(`proof: ${action || 'a step'} is not one of start, environment, request, exec, row, key`)
  })
}

function verified(fields: Fields): Verified {
  return { by: strings(fields, 'by'), missing: strings(fields, 'missing') }
}

function number(fields: Fields, key: string): number {
  const value = fields[key]
  if (typeof value !== 'number') throw new Invalid(`${key} is not a number`)
  return value
}
