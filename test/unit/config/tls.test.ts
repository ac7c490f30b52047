import { describe, expect, it } from 'vitest'
import { build, projectOf, show } from '../../support/project.ts'

const production = (text: string) => ({ '.env.prod': `BASE_DOMAIN=shop.org\n${text}` })
const inProduction = { environment: 'production' }

describe('HSTS', () => {
  it.each([
    ['production', '', 63_072_000],
    ['production', 'HSTS_MAX_AGE=300', 300],
    ['production', 'HSTS_MAX_AGE=0', 0],
    ['production', 'SSL_MODE=none\nTRUSTED_PROXIES=10.0.0.0/8', 0],
    ['staging', '', 0],
    ['staging', 'HSTS_MAX_AGE=60', 60],
    ['development', '', 0],
  ])('in %s with %j: %i seconds', (environment, text, seconds) => {
    expect(projectOf({ '.env': `BASE_DOMAIN=shop.org\n${text}` }, { environment }).hstsSeconds).toBe(seconds)
  })
})

describe('the authority', () => {
  it('is Let’s Encrypt, proven by port 80', () => {
    expect(projectOf(production(''), inProduction).acme).toEqual({
      image: 'goacme/lego:v5.4.1',
      directory: 'https://acme-v02.api.letsencrypt.org/directory',
      email: undefined,
      dnsProvider: undefined,
      dnsVariables: [],
    })
  })

  it('and everything about it can be set', () => {
    const text =
      'ACME_DIRECTORY=https://ca.test:14000/dir\nACME_EMAIL=ops@shop.org\nACME_DNS_PROVIDER=cloudflare\nACME_DNS_ENV=CF_DNS_API_TOKEN,CF_ZONE'
    expect(projectOf(production(text), inProduction).acme).toMatchObject({
      directory: 'https://ca.test:14000/dir',
      email: 'ops@shop.org',
      dnsProvider: 'cloudflare',
      dnsVariables: ['CF_DNS_API_TOKEN', 'CF_ZONE'],
    })
  })

  it.each(['local', 'custom', 'none'])('is nobody with SSL_MODE=%s', (mode) => {
    expect(projectOf(`SSL_MODE=${mode}`).acme).toBeUndefined()
  })

  it.each([
    'ACME_DIRECTORY=http://ca.test/dir',
    'ACME_DIRECTORY=https://ca.test/dir"; rm',
    'ACME_EMAIL=ops',
    'ACME_DNS_PROVIDER=Cloud Flare',
    'ACME_DNS_ENV=A-B',
    'ACME_CLIENT_VERSION=v4.35.2',
    'HSTS_MAX_AGE=-1',
  ])('%s is refused', (line) => {
    expect(show(build(production(line), inProduction).diagnostics)).toContain(`NB413 .env.prod:2:${line.indexOf('=') + 2}`)
  })
})

describe('proxies in front', () => {
  const codes = (text: string, environment = 'production') =>
    show(build({ '.env': `BASE_DOMAIN=shop.org\n${text}` }, { environment }).diagnostics).filter((line) => /^NB41[45]/.test(line))

  it.each([
    ['SSL_MODE=none', ['NB414 .env:2:10']],
    ['SSL_MODE=none\nTRUSTED_PROXIES=10.0.0.0/8', []],
    ['TRUSTED_PROXIES=0.0.0.0/0', ['NB415 .env:2:17']],
    ['TRUSTED_PROXIES=10.0.0.0/8,::/0', ['NB415 .env:2:17']],
    ['', []],
  ])('%j: %j', (text, expected) => expect(codes(text)).toEqual(expected))

  it('are nobody’s concern in development', () => expect(codes('SSL_MODE=none', 'development')).toEqual([]))
})
