import { quote } from './diagnostics.ts'

/** The outcome of reading one value: the value, or what is wrong (a sentence) and where (offset in UTF-16 units). */
export type Parsed<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly problem: string; readonly fix: string; readonly offset?: number }

export const ok = <T>(value: T): Parsed<T> => ({ ok: true, value })
export const fail = (problem: string, fix: string, offset = 0): Parsed<never> => ({ ok: false, problem, fix, offset })

const mebibyte = 1024 ** 2
const gibibyte = 1024 ** 3
const units: Record<string, number> = { k: 1024, m: mebibyte, g: gibibyte, t: 1024 ** 4 }

/** A memory limit. `text` is Compose's spelling, `bytes` its size. */
export interface Memory {
  readonly text: string
  readonly bytes: number
}

/** Reads `512M`, `512m`, `1G`, `1.5Gi`, `512MB`. Binary units, as in Docker; the smallest limit Docker accepts is 6 MiB. */
export function parseMemory(text: string): Parsed<Memory> {
  const match = /^(\d+(?:\.\d+)?)\s*([kmgt])?(i?b?)?$/i.exec(text)
  const fix = 'Write a size with its unit, such as 512M, 1G or 1.5Gi.'
  if (match === null) return fail(`${quote(text)} is not a memory size.`, fix)
  if (match[2] === undefined) return fail(`${quote(text)} has no unit.`, `Write ${match[1]}M for mebibytes or ${match[1]}G for gibibytes.`)
  const bytes = Math.round(Number(match[1]) * (units[match[2].toLowerCase()] as number))
  if (bytes < 6 * mebibyte) return fail(`${quote(text)} is less than the 6M that Docker accepts.`, fix)
  if (bytes > 2 ** 50) return fail(`${quote(text)} is more than any machine has.`, fix)
  return ok({ text: formatMemory(bytes), bytes })
}

function formatMemory(bytes: number): string {
  if (bytes % gibibyte === 0) return `${bytes / gibibyte}G`
  if (bytes % mebibyte === 0) return `${bytes / mebibyte}M`
  return `${Math.ceil(bytes / 1024)}K`
}

/** Reads a positive number of CPUs, at most 1024 with three decimals. */
export function parseCpu(text: string): Parsed<number> {
  const fix = 'Write a number of CPUs, such as 0.5 or 2.'
  if (!/^(\d+(\.\d+)?|\.\d+)$/.test(text)) return fail(`${quote(text)} is not a number of CPUs.`, fix)
  const value = Number(text)
  if (value < 0.01 || value > 1024) return fail(`${quote(text)} is not between 0.01 and 1024.`, fix)
  return ok(Math.round(value * 1000) / 1000)
}

export function parseWhole(text: string, least: number, most: number, what: string): Parsed<number> {
  const value = /^\d{1,9}$/.test(text) ? Number(text) : Number.NaN
  if (value >= least && value <= most) return ok(value)
  return fail(`${quote(text)} is not ${what}.`, `Write a whole number from ${least} to ${most}.`)
}

const yes = new Set(['true', '1', 'yes', 'on', 'enabled'])
const no = new Set(['false', '0', 'no', 'off', 'disabled'])

/** Reads a boolean in any of nself's spellings. */
export function parseBoolean(text: string): Parsed<boolean> {
  const word = text.toLowerCase()
  if (yes.has(word)) return ok(true)
  if (no.has(word)) return ok(false)
  return fail(`${quote(text)} is neither true nor false.`, 'Write true or false.')
}

/** A request rate per client address. */
export interface RateLimit {
  readonly count: number
  readonly per: 'minute' | 'second'
}

/** Reads `100` (per minute), `100r/m`, `5r/s`. */
export function parseRateLimit(text: string): Parsed<RateLimit> {
  const match = /^(\d{1,7})(?:\s*r?\/(m|s|min|minute|sec|second))?$/i.exec(text)
  const fix = 'Write requests per minute (100 or 100r/m) or per second (5r/s), at least 1.'
  const count = Number(match?.[1])
  if (match === null || count < 1 || count > 1_000_000) return fail(`${quote(text)} is not a rate limit.`, fix)
  return ok({ count, per: match[2]?.toLowerCase().startsWith('s') ? 'second' : 'minute' })
}

/** Reads the largest request body that nginx takes: `100m`, `1g`, `0` for any. */
export function parseBodySize(text: string): Parsed<string> {
  return /^\d{1,6}[kmg]?$/i.test(text) ? ok(text.toLowerCase()) : fail(`${quote(text)} is not a size.`, 'Write a size such as 100M.')
}

/** Reads how long nginx waits for a service: `90`, `90s`, `5m`, `1h`; from one second to a day, in seconds. */
export function parseTimeout(text: string): Parsed<number> {
  const match = /^(\d{1,5})(s|m|h)?$/i.exec(text)
  const unit = { s: 1, m: 60, h: 3600 }[match?.[2]?.toLowerCase() ?? 's'] as number
  const seconds = Number(match?.[1]) * unit
  return seconds >= 1 && seconds <= 86_400
    ? ok(seconds)
    : fail(`${quote(text)} is not a time between a second and a day.`, 'Write a time such as 90s, 5m or 1h.')
}

/** How a container's health is asked for. */
export type HealthCheck =
  | { readonly kind: 'path'; readonly path: string }
  | { readonly kind: 'exec'; readonly argv: readonly string[] }
  | { readonly kind: 'shell'; readonly script: string }
  | { readonly kind: 'disabled' }

/** Reads a path, `CMD …`, `CMD-SHELL …` or `disabled`. */
export function parseHealthCheck(text: string): Parsed<HealthCheck> {
  if (/^(disabled|none|false|off)$/i.test(text)) return ok({ kind: 'disabled' })
  const shell = /^CMD-SHELL\s+(\S.*)$/s.exec(text)
  if (shell !== null) return ok({ kind: 'shell', script: shell[1] as string })
  const exec = /^CMD\s+(\S.*)$/s.exec(text)
  if (exec !== null) return ok({ kind: 'exec', argv: (exec[1] as string).trim().split(/\s+/) })
  // No query and no escapes: the path is also a route of the service, and travels through a shell and a request line.
  if (/^\/[A-Za-z0-9._~/-]{0,255}$/.test(text)) return ok({ kind: 'path', path: text })
  return fail(
    `${quote(text)} is neither a path nor a command.`,
    text.startsWith('/')
      ? 'Use a plain URL path such as /health.'
      : 'Write a path such as /health, "CMD program argument", "CMD-SHELL script" or disabled.',
  )
}

const label = '[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?'
const hostname = new RegExp(`^${label}(?:\\.${label})*$`)

/** True for a legal lower-case host name of at most 253 characters (RFC 1123); `localhost` is one. */
export function isHostname(text: string): boolean {
  return text.length <= 253 && hostname.test(text)
}

/** Full domains end in a name of two letters or more: `api.example.com` is one, `api` and `api.v2` are not. */
export function isFullDomain(route: string): boolean {
  return /\.[a-z]{2,}$/i.test(route)
}

function leadOf(piece: string): number {
  return piece.length - piece.trimStart().length
}

/** Reads comma separated full domains; the first is the canonical one. */
export function parseDomains(text: string): Parsed<readonly string[]> {
  const domains: string[] = []
  let offset = 0
  for (const piece of text.split(',')) {
    const domain = piece.trim().toLowerCase()
    // A single word is no domain, and some mean something else to nginx: `default`, `include`.
    if (!isHostname(domain) || !(domain.includes('.') || domain === 'localhost'))
      return fail(
        `${quote(piece.trim())} is not a domain.`,
        'Write a domain such as api.example.com, without scheme, port or path.',
        offset + leadOf(piece),
      )
    if (!domains.includes(domain)) domains.push(domain)
    offset += piece.length + 1
  }
  return ok(domains)
}

/** Reads a route (`api`, `api.v2`) or full domains (`api.example.com`), comma separated, into domains under `baseDomain`. */
export function parseRoute(text: string, baseDomain: string): Parsed<readonly string[]> {
  const domains: string[] = []
  let offset = 0
  for (const piece of text.split(',')) {
    const route = piece.trim().toLowerCase()
    const domain = isFullDomain(route) ? route : `${route}.${baseDomain}`
    if (route === '' || !isHostname(domain))
      return fail(
        `${quote(piece.trim())} is not a route or a domain.`,
        'Write a prefix such as api, or a full domain such as api.example.com: letters, digits, hyphens and dots.',
        offset + leadOf(piece),
      )
    if (!domains.includes(domain)) domains.push(domain)
    offset += piece.length + 1
  }
  return ok(domains)
}
