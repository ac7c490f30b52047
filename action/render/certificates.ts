import type { Project } from '../config/project.ts'
import { type HandWrittenNames, sitesOf } from './sites.ts'

/** One certificate of the edge. All names are sorted. */
export interface Certificate {
  /** The folder that nginx reads it from. */
  readonly folder: string
  /** What it must be valid for. */
  readonly domains: readonly string[]
  /** What to ask for, or to make it for: wildcards stand for what they cover. */
  readonly names: readonly string[]
}

/**
 * The certificates that the sites of a project need, sorted by folder. Names right below the base domain share one with
 * a wildcard, every other name has its own. Issued without DNS each name has its own: one that the authority refuses
 * then hurts no other.
 */
export function certificatesOf(project: Project, handWritten: HandWrittenNames): Certificate[] {
  const folders = new Map<string, string[]>()
  for (const { domain, folder } of foldersOf(project, handWritten)) folders.set(folder, [...(folders.get(folder) ?? []), domain])
  return [...folders]
    .map(([folder, domains]) => ({ folder, domains, names: [...new Set(domains.map((domain) => nameOn(project, domain)))].sort() }))
    .sort((a, b) => (a.folder < b.folder ? -1 : 1))
}

/** The folder of each domain's certificate, sorted by domain. */
export function foldersOf(project: Project, handWritten: HandWrittenNames): { readonly domain: string; readonly folder: string }[] {
  return sitesOf(project, handWritten)
    .flatMap(({ domains }) => domains)
    .map((domain) => ({ domain, folder: certificateFolder(sharesWildcard(project, domain) ? project.baseDomain : domain) }))
    .sort((a, b) => (a.domain < b.domain ? -1 : 1))
}

/** Where a name's certificate lies, by the names that nself uses: dots as hyphens. */
export function certificateFolder(domain: string): string {
  return domain.replaceAll('.', '-')
}

/** True when our own client asks an authority; beside an nself CLI that is the CLI's matter. */
export function isIssued(project: Project): boolean {
  return project.acme !== undefined && project.core === 'managed'
}

// Only DNS proves a wildcard to an authority; whoever brings or makes a certificate needs no proof.
function sharesWildcard(project: Project, domain: string): boolean {
  const hasWildcard = !isIssued(project) || project.acme?.dnsProvider !== undefined
  return hasWildcard && (domain === project.baseDomain || domain.slice(domain.indexOf('.') + 1) === project.baseDomain)
}

// Browsers take no wildcard right below a top-level name, such as *.localhost.
function nameOn(project: Project, domain: string): string {
  const { baseDomain } = project
  return sharesWildcard(project, domain) && domain !== baseDomain && baseDomain.includes('.') ? `*.${baseDomain}` : domain
}
