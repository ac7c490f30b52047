import { parse } from 'yaml'
import { compare } from '../config/diagnostics.ts'
import { serverNamesIn } from '../render/sites.ts'

/** The generated files of one environment that say what runs and what answers, by path; '' where there is none. */
export interface StackFiles {
  readonly compose: string
  readonly sites: readonly string[]
}

/** What the changes mean for one environment, one line each; none when it runs as before. */
export function effectsOf(before: StackFiles, after: StackFiles): string[] {
  const [old, now] = [servicesIn(before.compose), servicesIn(after.compose)]
  const names = [...new Set([...old.keys(), ...now.keys()])].sort(compare)
  const [oldRates, rates] = [ratesIn(before.sites), ratesIn(after.sites)]
  return [
    ...sets('service', [...old.keys()], [...now.keys()]),
    ...sets('domain', before.sites.flatMap(serverNamesIn), after.sites.flatMap(serverNamesIn)),
    ...sets('port', portsOf(old), portsOf(now)),
    ...names.flatMap((name) => {
      const [was, is] = [old.get(name), now.get(name)]
      return was === undefined || is === undefined ? [] : differences(name, was, is)
    }),
    ...[...new Set([...oldRates.keys(), ...rates.keys()])].sort(compare).flatMap((host) => {
      const [was, is] = [oldRates.get(host) ?? 'none', rates.get(host) ?? 'none']
      return was === is ? [] : [`${host}: rate limit ${was} → ${is}`]
    }),
  ]
}

interface ComposeService {
  readonly image: string
  readonly memory: string
  readonly cpus: string
  readonly replicas: string
  readonly ports: readonly string[]
  readonly environment: Readonly<Record<string, unknown>>
}

function servicesIn(compose: string): Map<string, ComposeService> {
  const root: unknown = readYaml(compose)
  return new Map(
    Object.entries(record(record(root).services)).map(([name, value]) => {
      const service = record(value)
      const deploy = record(service.deploy)
      const limits = record(record(deploy.resources).limits)
      const text = (field: unknown) => (field === undefined ? '' : String(field))
      const ports = Array.isArray(service.ports) ? service.ports.map(String) : []
      return [
        name,
        {
          ...{ image: text(service.image), memory: text(limits.memory), cpus: text(limits.cpus), replicas: text(deploy.replicas) },
          ...{ ports, environment: record(service.environment) },
        },
      ]
    }),
  )
}

// A file edited by hand may be anything.
function readYaml(text: string): unknown {
  try {
    return parse(text)
  } catch {
    return undefined
  }
}

function record(value: unknown): Record<string, unknown> {
  return value !== null && typeof value === 'object' ? (value as Record<string, unknown>) : {}
}

/** The rate limit of each host that has one. */
function ratesIn(sites: readonly string[]): Map<string, string> {
  const zones = sites.flatMap((site) => [...site.matchAll(/^limit_req_zone \S+ zone=rate_([^:\s]+):\S+ rate=([^;\s]+);/gm)])
  return new Map(zones.map(([, host = '', rate = '']) => [host, rate]))
}

function portsOf(services: ReadonlyMap<string, ComposeService>): string[] {
  return [...services].flatMap(([name, { ports }]) => ports.map((port) => `${port} (${name})`))
}

function sets(what: string, before: readonly string[], after: readonly string[]): string[] {
  const missing = (from: readonly string[], list: readonly string[]) =>
    [...new Set(list.filter((item) => !from.includes(item)))].sort(compare)
  return [...line('new', what, missing(before, after)), ...line('gone', what, missing(after, before))]
}

function line(verb: string, what: string, items: readonly string[]): string[] {
  return items.length === 0 ? [] : [`${verb} ${what}${items.length === 1 ? '' : 's'}: ${items.join(', ')}`]
}

function differences(name: string, was: ComposeService, is: ComposeService): string[] {
  const fields = ['image', 'memory', 'cpus', 'replicas'] as const
  const [before, after] = [was.environment, is.environment]
  const changed = Object.keys(after).filter((variable) => Object.hasOwn(before, variable) && before[variable] !== after[variable])
  return [
    ...fields
      .filter((field) => was[field] !== is[field])
      .map((field) => `${name}: ${field} ${was[field] || 'none'} → ${is[field] || 'none'}`),
    // Names alone: a value may be nobody's business.
    ...[...sets('variable', Object.keys(before), Object.keys(after)), ...line('changed', 'variable', changed.sort(compare))].map(
      (text) => `${name}: ${text}`,
    ),
  ]
}
