import { compare, type Diagnostic, diagnose } from '../config/diagnostics.ts'
import type { FileClass, ScaffoldInputs } from './render-scaffold.ts'

const states = ['tracked', 'deleted', 'kept', 'conflict', 'ejected'] as const

/**
 * `tracked`: follows the template. `deleted`: the user removed it, and it stays removed. `kept`: the user's version stays, and the base
 * waits for a merge, which every run tries again. `conflict`: written with markers that the user has yet to resolve. `ejected`: the user's alone.
 */
export type FileState = (typeof states)[number]

export interface LockedFile {
  readonly class: FileClass
  readonly mode: '644' | '755'
  readonly state: FileState
  /** Hash of the pristine render last integrated, never of the file on disk. */
  readonly base: string
}

export interface LockedService {
  readonly slot: number
  readonly template: string
  readonly version: string
  readonly inputs: ScaffoldInputs
  /** The `CS_N` line is gone; the directory is the user's to keep or delete. */
  readonly orphaned: boolean
  readonly files: Readonly<Record<string, LockedFile>>
}

/** What scaffolding remembers between runs. No dates, no secrets; sorted, one line per file, so that git merges it. */
export interface Lock {
  readonly services: Readonly<Record<string, LockedService>>
}

export const lockPath = 'services/.scaffold/lock.json'
export const emptyLock: Lock = { services: {} }

/** The folder of the pristine texts. */
export const baseFolder = 'services/.scaffold/base'

/** Where the pristine text with this hash lies: content-addressed, so that equal files of many services are stored once. */
export function basePath(hash: string): string {
  return `${baseFolder}/${hash.slice('sha256:'.length)}`
}

export function formatLock(lock: Lock): string {
  const services = Object.entries(lock.services).sort(([a], [b]) => compare(a, b))
  const body = services.map(([name, service]) => {
    const files = Object.entries(service.files).sort(([a], [b]) => compare(a, b))
    const { slot, template, version, inputs, orphaned } = service
    const fields = [
      `"slot": ${slot}`,
      `"template": ${JSON.stringify(template)}`,
      `"version": ${JSON.stringify(version)}`,
      `"inputs": ${JSON.stringify({ name: inputs.name, port: inputs.port, project: inputs.project })}`,
      `"orphaned": ${orphaned}`,
      `"files": {${files.map(([path, file]) => `\n        ${JSON.stringify(path)}: ${formatFile(file)}`).join(',')}${files.length === 0 ? '' : '\n      '}}`,
    ]
    return `    ${JSON.stringify(name)}: {\n      ${fields.join(',\n      ')}\n    }`
  })
  return `{\n  "lockVersion": 1,\n  "services": {${body.length === 0 ? '' : `\n${body.join(',\n')}\n  `}}\n}\n`
}

function formatFile({ class: fileClass, mode, state, base }: LockedFile): string {
  return JSON.stringify({ class: fileClass, mode, state, base })
}

/** Reads a lock. It is untrusted input: its shape is checked, and no path in it may leave the service's directory. */
export function parseLock(text: string): { lock?: Lock; diagnostics: Diagnostic[] } {
  try {
    const data: unknown = JSON.parse(text)
    const root = record(data, 'the file')
    if (Number.isInteger(root.lockVersion) && (root.lockVersion as number) > 1) return { diagnostics: [newerNotice()] }
    if (root.lockVersion !== 1) throw new TypeError('lockVersion is not 1')
    const services = Object.entries(record(root.services, 'services')).map(([name, service]) => {
      if (!/^[a-z0-9]+([-_][a-z0-9]+)*$/.test(name)) throw new TypeError(`${JSON.stringify(name)} is not a service name`)
      return [name, readService(record(service, name), name)] as const
    })
    return { lock: { services: Object.fromEntries(services) }, diagnostics: [] }
  } catch (error) {
    const reason = error instanceof SyntaxError ? 'it is not JSON (conflict markers?)' : (error as Error).message
    return {
      diagnostics: [
        diagnose('NB507', `${lockPath} cannot be used: ${reason}.`, `Restore it from version control (git checkout -- ${lockPath}).`, {
          file: lockPath,
          line: 1,
          column: 1,
        }),
      ],
    }
  }
}

function newerNotice(): Diagnostic {
  return diagnose(
    'NB507',
    `${lockPath} was written by a newer nself-build, which this one cannot read.`,
    'Update: the version of nself/build-action in the workflow, or the nself-build command.',
    { file: lockPath, line: 1, column: 1 },
  )
}

/** The lock in a file that may be missing or broken: an empty one then. */
export function lockOf(content: Buffer | undefined): Lock {
  return (content === undefined ? undefined : parseLock(content.toString('utf8')).lock) ?? emptyLock
}

function readService(service: Record<string, unknown>, name: string): LockedService {
  const inputs = record(service.inputs, `${name}.inputs`)
  const files = Object.entries(record(service.files, `${name}.files`)).map(([path, value]) => {
    if (!isConfined(path)) throw new TypeError(`${JSON.stringify(path)} leaves the service's directory`)
    const file = record(value, path)
    if (!['merge', 'seed'].includes(file.class as string)) throw new TypeError(`${path}: class`)
    if (!['644', '755'].includes(file.mode as string)) throw new TypeError(`${path}: mode`)
    if (!states.includes(file.state as FileState)) throw new TypeError(`${path}: state`)
    if (!/^sha256:[0-9a-f]{64}$/.test(String(file.base))) throw new TypeError(`${path}: base`)
    return [path, { class: file.class, mode: file.mode, state: file.state, base: file.base } as LockedFile] as const
  })
  if (!Number.isInteger(service.slot) || typeof service.template !== 'string' || typeof service.version !== 'string')
    throw new TypeError(`${name}: slot, template or version`)
  if (typeof inputs.name !== 'string' || !Number.isInteger(inputs.port) || typeof inputs.project !== 'string')
    throw new TypeError(`${name}: inputs`)
  return {
    slot: service.slot as number,
    template: service.template,
    version: service.version,
    inputs: { name: inputs.name, port: inputs.port as number, project: inputs.project },
    orphaned: service.orphaned === true,
    files: Object.fromEntries(files),
  }
}

function record(value: unknown, what: string): Record<string, unknown> {
  if (value === null || typeof value !== 'object' || Array.isArray(value)) throw new TypeError(`${what} is not an object`)
  return value as Record<string, unknown>
}

// No absolute path, no backslash, and no segment that is empty, `.`, `..` or `.git`.
const confined = /^(?:(?!\.{1,2}(?:\/|$)|\.git(?:\/|$))[^/\\]+(?:\/(?!$)|$))+$/

function isConfined(path: string): boolean {
  return confined.test(path)
}
