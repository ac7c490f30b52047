import { type Diagnostic, diagnose, quote } from './diagnostics.ts'
import type { Environment } from './environment.ts'
import { parseList, parseVariableName } from './modifier-values.ts'
import type { Acme, Nginx, TlsMode } from './project.ts'
import type { Settings } from './settings.ts'
import { fail, ok, type Parsed, parseWhole } from './values.ts'

/** How the environment is reached by HTTPS. */
export interface Tls {
  readonly tls: TlsMode
  /** How long browsers are told to insist on HTTPS, in seconds; 0: they are not told. */
  readonly hstsSeconds: number
  /** Where certificates come from; only with `SSL_MODE=letsencrypt`. */
  readonly acme: Acme | undefined
}

const modes: readonly TlsMode[] = ['local', 'custom', 'letsencrypt', 'none']
const twoYears = 63_072_000

/** Reads `SSL_MODE` and what belongs to it. `nginx` is what the proxies in front were read into. */
export function readTls(settings: Settings, environment: Environment, nginx: Nginx | undefined): Tls {
  const tls = settings.read('NB410', parseMode, 'SSL_MODE') ?? (environment.kind === 'development' ? 'local' : 'letsencrypt')
  const hstsSeconds =
    settings.read('NB413', (text) => parseWhole(text, 0, 2 * twoYears, 'a number of seconds'), 'HSTS_MAX_AGE') ??
    (environment.kind === 'production' ? twoYears : 0)
  if (nginx !== undefined) settings.report(...checkProxies(settings, environment, nginx, tls))
  return { tls, hstsSeconds: tls === 'none' ? 0 : hstsSeconds, acme: tls === 'letsencrypt' ? readAcme(settings) : undefined }
}

function parseMode(text: string): Parsed<TlsMode> {
  const mode = modes.find((each) => each === text.toLowerCase())
  return mode === undefined ? fail(`${quote(text)} is not a mode.`, `Write one of ${modes.join(', ')}.`) : ok(mode)
}

function readAcme(settings: Settings): Acme {
  const dnsProvider = settings.read('NB413', parseProvider, 'ACME_DNS_PROVIDER')
  return {
    image: `goacme/lego:${settings.read('NB413', parseTag, 'ACME_CLIENT_VERSION') ?? 'v5.4.1'}`,
    directory: settings.read('NB413', parseDirectory, 'ACME_DIRECTORY') ?? 'https://acme-v02.api.letsencrypt.org/directory',
    email: settings.read('NB413', parseEmail, 'ACME_EMAIL'),
    dnsProvider,
    dnsVariables: settings.read('NB413', parseList(parseVariableName), 'ACME_DNS_ENV') ?? [],
  }
}

function parseTag(text: string): Parsed<string> {
  return /^v?5[\w.-]{0,60}$/.test(text) ? ok(text) : fail(`${quote(text)} is not a version 5 of lego.`, 'Write a tag such as v5.4.1.')
}

function parseDirectory(text: string): Parsed<string> {
  return /^https:\/\/[\w.-]+(:\d{1,5})?(\/[\w./~-]*)?$/.test(text)
    ? ok(text)
    : fail(
        `${quote(text)} is not the address of an ACME directory.`,
        'Write an https address, such as https://acme-v02.api.letsencrypt.org/directory.',
      )
}

function parseEmail(text: string): Parsed<string> {
  return /^[\w.+-]{1,64}@[A-Za-z0-9.-]{1,190}$/.test(text)
    ? ok(text)
    : fail(`${quote(text)} is not an email address.`, 'Write an address such as ops@example.com.')
}

function parseProvider(text: string): Parsed<string> {
  return /^[a-z0-9][a-z0-9-]{0,40}$/.test(text)
    ? ok(text)
    : fail(
        `${quote(text)} is not a DNS provider.`,
        'Write a name that lego knows, such as cloudflare: https://go-acme.github.io/lego/dns/.',
      )
}

// Whoever is trusted may claim any client address, so that rate limits count what it says.
function checkProxies(settings: Settings, environment: Environment, { trustedProxies }: Nginx, tls: TlsMode): Diagnostic[] {
  const entry = settings.variables.entries.get('TRUSTED_PROXIES')
  const everyone = trustedProxies.find((network) => /\/0$/.test(network))
  if (everyone !== undefined)
    return [
      diagnose(
        'NB415',
        `TRUSTED_PROXIES: ${everyone} is everyone: each client could claim any address, and evade rate limits.`,
        'Name the networks of the proxy only.',
        entry?.valuePosition,
      ),
    ]
  if (tls !== 'none' || trustedProxies.length > 0 || environment.kind === 'development') return []
  return [
    diagnose(
      'NB414',
      'SSL_MODE is none, but TRUSTED_PROXIES is not set: all clients look like the proxy, share its rate limit, and seem to use HTTP.',
      'Set TRUSTED_PROXIES to the networks of the proxy in front, such as 10.0.0.0/8.',
      settings.variables.entries.get('SSL_MODE')?.valuePosition,
    ),
  ]
}
