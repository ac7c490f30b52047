import { type Diagnostic, diagnose, quote } from './diagnostics.ts'
import { type EnvEntry, positionAt } from './env-file.ts'
import { type Modifiers, modifierNames, modifiers } from './modifiers.ts'
import { parseServiceEnv, type ServiceVariable } from './service-env.ts'
import { parseServiceLine, type ServiceLine } from './service-line.ts'
import type { Settings } from './settings.ts'
import { didYouMean } from './suggest.ts'
import { type Catalogue, frameworkNames, type Template } from './template.ts'

/** One `CS_N` with its modifiers and template: everything that can be said without looking at other services. */
export interface Definition {
  readonly line: ServiceLine
  readonly template: Template
  readonly modifiers: Modifiers
  /** The entry of each modifier that was set, for the positions of later findings. */
  readonly entries: ReadonlyMap<string, EnvEntry>
  readonly environment: readonly ServiceVariable[]
}

const slotKey = /^CS_(\d+)$/
const modifierKey = /^CS_(\d+)_([A-Za-z0-9_]+)$/

/** Reads every `CS_N` and `CS_N_*` of the cascade, in the order of N. */
export function readDefinitions(settings: Settings, catalogue: Catalogue, core: 'managed' | 'external'): Definition[] {
  const { slots, groups } = groupEntries(settings)
  reportStrays(settings, slots, groups)
  reportLegacy(settings)
  return [...slots]
    .sort(([a], [b]) => a - b)
    .flatMap(([slot, entry]) => readDefinition(settings, catalogue, core, slot, entry, groups.get(slot) ?? new Map()) ?? [])
}

/** How many `CS_N` have a value. */
export function countServices({ variables }: Settings): number {
  return [...variables.entries.values()].filter(({ key, value }) => slotKey.test(key) && value !== '').length
}

type Group = ReadonlyMap<string, EnvEntry>

function groupEntries(settings: Settings): { slots: Map<number, EnvEntry>; groups: Map<number, Group> } {
  const slots = new Map<number, EnvEntry>()
  const groups = new Map<number, Map<string, EnvEntry>>()
  for (const entry of settings.variables.entries.values()) {
    const [, digits, modifier] = slotKey.exec(entry.key) ?? modifierKey.exec(entry.key) ?? []
    if (digits === undefined) continue
    const number = Number(digits)
    if (number < 1 || number > 99 || String(number) !== digits)
      settings.report(diagnose('NB215', `${entry.key}: N is ${digits}.`, 'Use CS_1 to CS_99, without leading zeros.', entry.position))
    else if (modifier === undefined) slots.set(number, entry)
    else groups.set(number, (groups.get(number) ?? new Map<string, EnvEntry>()).set(modifier, entry))
  }
  return { slots, groups }
}

function readDefinition(
  settings: Settings,
  catalogue: Catalogue,
  core: 'managed' | 'external',
  slot: number,
  entry: EnvEntry,
  group: Group,
): Definition | undefined {
  // An empty CS_N switches a service of a lower layer off in this environment.
  if (entry.value === '') return undefined
  const modifiers = readModifiers(settings, slot, group)
  const environment = readEnvironment(settings, group.get('ENV'))
  const text = settings.text(entry.key)
  if (text === undefined) return undefined
  const { line, diagnostics } = parseServiceLine(slot, entry, text.value, core)
  settings.report(...diagnostics)
  if (line === undefined) return undefined
  const template = catalogue.find(line.framework)
  if (template === undefined) {
    settings.report(unknownFramework(line, catalogue))
    return undefined
  }
  if (template.placeholder !== undefined) settings.report(placeholder(line, template))
  return { line, template, modifiers, entries: group, environment }
}

function placeholder({ entry, name, offsets }: ServiceLine, template: Template): Diagnostic {
  return diagnose(
    'NB208',
    `${entry.key}: this version has no files for ${template.id} yet; a blank service stands in.`,
    `Put your own code into services/${name}, or choose one of the finished templates (nself-build templates).`,
    positionAt(entry, offsets.framework),
  )
}

function readModifiers(settings: Settings, slot: number, group: Group): Modifiers {
  const values: Record<string, unknown> = {}
  for (const name of group.keys()) {
    if (!Object.hasOwn(modifiers, name)) continue
    const { code, parse } = modifiers[name as keyof Modifiers]
    const value = settings.read<unknown>(code, parse, `CS_${slot}_${name}`)
    if (value !== undefined) values[name] = value
  }
  return values as Modifiers
}

function readEnvironment(settings: Settings, entry: EnvEntry | undefined): ServiceVariable[] {
  if (entry === undefined || entry.value === '') return []
  const { variables, diagnostics } = parseServiceEnv(entry, (name) => settings.variables.entries.has(name))
  settings.report(...diagnostics)
  return variables
}

function unknownFramework(line: ServiceLine, catalogue: Catalogue): Diagnostic {
  const suggestion = didYouMean(line.framework, frameworkNames(catalogue))
  return diagnose(
    'NB207',
    `${line.entry.key}: ${quote(line.framework)} is not a framework.`,
    `${suggestion === '' ? 'Use custom for code of your own.' : suggestion} \`nself-build templates\` lists all.`,
    positionAt(line.entry, line.offsets.framework),
  )
}

function reportStrays(
  settings: Settings,
  slots: ReadonlyMap<number, EnvEntry>,
  groups: ReadonlyMap<number, ReadonlyMap<string, EnvEntry>>,
): void {
  for (const [slot, group] of groups) {
    for (const [name, entry] of group) {
      if (!modifierNames.includes(name)) {
        const suggestion = didYouMean(name, modifierNames)
        settings.report(
          diagnose(
            'NB326',
            `${entry.key} is not a modifier, and has no effect.`,
            suggestion === '' ? `The modifiers are ${modifierNames.join(', ')}.` : suggestion,
            entry.position,
          ),
        )
      } else if (!slots.has(slot))
        settings.report(
          diagnose(
            'NB327',
            `${entry.key} has no effect: there is no CS_${slot}.`,
            `Define CS_${slot}=name:framework, or remove the line.`,
            entry.position,
          ),
        )
    }
  }
}

const legacy = /^(CUSTOM_SERVICES|CUSTOM_SERVICE_\d+|NESTJS_SERVICES|BULLMQ_WORKERS|GOLANG_SERVICES|PYTHON_SERVICES|MICROSERVICES)$/

// `CS1`, `cs_1`, `CS1_MEMORY`: meant as a service or a modifier.
const slipped = /^CS_?(\d+)((?:_\w+)?)$/i

function reportLegacy(settings: Settings): void {
  for (const entry of settings.variables.entries.values()) {
    if (legacy.test(entry.key) && entry.value !== '')
      settings.report(
        diagnose(
          'NB329',
          `${entry.key} is an older spelling that is not read.`,
          'Declare each service as CS_N=name:framework:port:route.',
          entry.position,
        ),
      )
    const slip = slipped.exec(entry.key)
    if (slip !== null && !slotKey.test(entry.key) && !modifierKey.test(entry.key))
      settings.report(
        diagnose('NB326', `${entry.key} is not read.`, `Write CS_${slip[1]}${(slip[2] as string).toUpperCase()}.`, entry.position),
      )
  }
}
