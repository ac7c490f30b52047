import { diagnose } from './diagnostics.ts'
import { type EnvEntry, positionAt } from './env-file.ts'
import type { Environment } from './environment.ts'
import type { Service } from './project.ts'
import { hostOf } from './service-line.ts'
import type { Definition } from './services.ts'
import type { Settings } from './settings.ts'
import { isFullDomain, isHostname, parseRoute } from './values.ts'

/** True when some environment's domain is given, which makes a service public. */
export function hasDomain(modifiers: Definition['modifiers']): boolean {
  return modifiers.DEV_DOMAIN !== undefined || modifiers.STAGING_DOMAIN !== undefined || modifiers.PROD_DOMAIN !== undefined
}

const domainModifier = { development: 'DEV_DOMAIN', staging: 'STAGING_DOMAIN', production: 'PROD_DOMAIN', custom: undefined } as const

/** The domains of a service in an environment: its own modifier, else the route, else the name below the base domain. */
export function domainsOf(
  settings: Settings,
  definition: Definition,
  route: string | undefined,
  isPublic: boolean,
  environment: Environment,
  baseDomain: string,
): readonly string[] {
  const { line, modifiers, entries } = definition
  const modifier = domainModifier[environment.kind]
  const chosen = modifier === undefined ? undefined : modifiers[modifier]
  if (chosen !== undefined) return chosen
  const entry = entries.get('ROUTE') ?? line.entry
  const offset = entry === line.entry ? line.offsets.route : 0
  const parsed = parseRoute(route ?? hostOf(line.name), baseDomain)
  if (!parsed.ok) {
    // Without a route the host name is one; only a base domain that is too long can spoil it, and that has its own diagnostic.
    if (route !== undefined) {
      // An offset in an expanded text is none in the file.
      const within = entry.value.startsWith(route, offset) ? (parsed.offset ?? 0) : 0
      settings.report(diagnose('NB212', `${entry.key}: ${parsed.problem}`, parsed.fix, positionAt(entry, offset + within)))
    }
    return []
  }
  if (isPublic && route !== undefined && environment.kind === 'staging' && route.split(',').some((piece) => isFullDomain(piece.trim())))
    settings.report(
      diagnose(
        'NB214',
        `${entry.key}: staging claims ${parsed.value[0]}, which production has too.`,
        `Set CS_${line.slot}_STAGING_DOMAIN=${stagingSuggestion(parsed.value[0] as string)}.`,
        positionAt(entry, offset),
      ),
    )
  return parsed.value
}

function stagingSuggestion(domain: string): string {
  const suggestion = `staging-${domain}`
  return isHostname(suggestion) ? suggestion : 'staging.example.com'
}

/** Reports every domain that a second public service claims. */
export function checkDomains(settings: Settings, definitions: readonly Definition[], services: readonly Service[]): void {
  const owner = new Map<string, Service>()
  services.forEach((service, index) => {
    if (!service.public) return
    const { line, entries } = definitions[index] as Definition
    for (const domain of service.domains) {
      const earlier = owner.get(domain)
      if (earlier === undefined) {
        owner.set(domain, service)
        continue
      }
      const entry = domainEntry(domain, line.entry, entries)
      settings.report(
        diagnose(
          'NB213',
          `${entry.key}: ${domain} already goes to ${earlier.name} (CS_${earlier.slot}).`,
          'Give each service a route of its own, or set CS_N_PUBLIC=false.',
          positionAt(entry, entry === line.entry && line.route !== undefined ? line.offsets.route : 0),
        ),
      )
    }
  })
}

function domainEntry(domain: string, line: EnvEntry, entries: ReadonlyMap<string, EnvEntry>): EnvEntry {
  const candidates = ['DEV_DOMAIN', 'STAGING_DOMAIN', 'PROD_DOMAIN', 'ROUTE'].flatMap((name) => entries.get(name) ?? [])
  return (
    candidates.find(({ value }) =>
      value
        .toLowerCase()
        .split(',')
        .some((piece) => piece.trim() === domain || domain.startsWith(`${piece.trim()}.`)),
    ) ?? line
  )
}
