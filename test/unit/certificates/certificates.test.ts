import { describe, expect, it } from 'vitest'
import { broughtCertificates } from '../../../action/certificates/brought.ts'
import { checkCertificates } from '../../../action/certificates/check.ts'
import { describeCertificates } from '../../../action/certificates/describe.ts'
import { parseEnvFile } from '../../../action/config/env-file.ts'
import { looksSecret } from '../../../action/config/secrets.ts'
import { mergeEnvFiles } from '../../../action/config/variables.ts'
import { certificatesOf } from '../../../action/render/certificates.ts'
import { makeCertificates } from '../../support/certificates.ts'
import { projectOf } from '../../support/project.ts'

const { authority, sign } = makeCertificates()
const shop = sign(['*.shop.org', 'shop.org'])
const other = sign(['api.shop.org'])
const full = shop.chain + authority.chain
const folder = 'shop-org'
const needed = [{ folder, domains: ['api.shop.org', 'web.shop.org'], names: ['*.shop.org'] }]
const inDays = (days: number) => new Date(Date.now() + days * 86_400_000)
const check = (file: object | undefined, days = 1) =>
  checkCertificates(needed, file === undefined ? [] : [{ folder, chain: full, key: shop.key, ...file }], inDays(days))

describe('a certificate is put to use only when it works', () => {
  it.each<{ name: string; file: object | undefined; days?: number; codes: string[]; message: RegExp }>([
    { name: 'one that fits', file: {}, codes: [], message: /^$/ },
    {
      name: 'one of a list of names',
      file: { chain: sign(['web.shop.org', 'api.shop.org']).chain + authority.chain, key: undefined },
      codes: [],
      message: /^$/,
    },
    { name: 'none', file: undefined, codes: ['NB901'], message: /^There is no certificate for api\.shop\.org, web\.shop\.org\./ },
    { name: 'DER', file: { chain: '\u0000\u0001' }, codes: ['NB902'], message: /no certificate in PEM form/ },
    { name: 'a damaged one', file: { chain: full.replace('MII', 'MMM') }, codes: ['NB902'], message: /no certificate/ },
    { name: 'a key that is none', file: { key: 'secret' }, codes: ['NB902'], message: /no private key/ },
    {
      name: 'a key with a passphrase',
      file: { key: shop.key.replaceAll('PRIVATE', 'ENCRYPTED PRIVATE') },
      codes: ['NB902'],
      message: /passphrase/,
    },
    { name: 'the key of another', file: { key: other.key }, codes: ['NB906'], message: /is not the key of/ },
    {
      name: 'the issuer first',
      file: { chain: authority.chain + shop.chain },
      codes: ['NB906', 'NB903'],
      message: /does not begin with the server/,
    },
    {
      name: 'one for another name',
      file: { chain: other.chain + authority.chain, key: other.key },
      codes: ['NB903'],
      message: /not for web\.shop\.org; it is for api\.shop\.org/,
    },
    { name: 'one without its issuer', file: { chain: shop.chain }, codes: ['NB907'], message: /CN=Test authority/ },
    { name: 'one that begins later', file: {}, days: -2, codes: ['NB904'], message: /valid from/ },
    { name: 'one that ended', file: {}, days: 91, codes: ['NB904'], message: /ended on/ },
    { name: 'one that ends soon', file: {}, days: 80, codes: ['NB905'], message: /\b9 days are left/ },
    { name: 'one that ends in 15 days', file: {}, days: 74.5, codes: [], message: /^$/ },
  ])('$name: $codes', ({ file, days, codes, message }) => {
    const found = check(file, days)
    expect(found.map(({ code }) => code)).toEqual(codes)
    expect(found.map((diagnostic) => `${diagnostic.message} ${diagnostic.fix}`).join('\n')).toMatch(message)
  })

  it.each([
    { lives: 90, left: 13.9, warns: true },
    { lives: 90, left: 14.1, warns: false },
    { lives: 45, left: 11.5, warns: false },
    { lives: 45, left: 11, warns: true },
    { lives: 6, left: 2, warns: false },
    { lives: 6, left: 1, warns: true },
  ])('one that lives $lives days, with $left left: a warning is $warns', ({ lives, left, warns }) => {
    const short = sign(['api.shop.org', 'web.shop.org'], undefined, lives)
    const found = check({ chain: short.chain + authority.chain, key: short.key }, lives - left)
    expect(found.map(({ code }) => code)).toEqual(warns ? ['NB905'] : [])
  })

  it('an RSA key that nginx would refuse', () => {
    const weak = sign(['api.shop.org', 'web.shop.org'], ['-newkey', 'rsa:1024', '-nodes'])
    expect(check({ chain: weak.chain + authority.chain, key: weak.key }).map(({ message }) => message)).toEqual([
      expect.stringContaining('2048 bits'),
    ])
  })

  it('no finding shows a key', () => {
    for (const file of [{ key: other.key }, { key: `${shop.key.slice(0, 60)}x` }, { chain: shop.key }])
      for (const { message, fix } of check(file)) expect(message + fix).not.toContain('BEGIN PRIVATE KEY')
  })
})

describe('the state of certificates', () => {
  it('names, issuer and days left, soonest end first', () => {
    const files = [
      { folder: 'b', chain: full },
      { folder: 'authority', chain: authority.chain },
      { folder: 'a', chain: other.chain },
      { folder: 'broken', chain: '' },
    ]
    expect(describeCertificates(files, inDays(1))).toEqual([
      {
        folder: 'a',
        names: ['api.shop.org'],
        issuer: 'Test authority',
        ends: expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/),
        daysLeft: 88,
      },
      { folder: 'b', names: ['*.shop.org', 'shop.org'], issuer: 'Test authority', ends: expect.any(String), daysLeft: 88 },
      { folder: 'authority', names: [], issuer: 'Test authority', ends: expect.any(String), daysLeft: 3648 },
    ])
  })

  it('days are negative afterwards', () => {
    expect(describeCertificates([{ folder: 'a', chain: full }], inDays(95))[0]?.daysLeft).toBe(-6)
  })
})

describe('what has to be covered', () => {
  it('is every domain, by the folder that nginx reads', () => {
    const project = projectOf(
      'SSL_MODE=custom\nHASURA_ENABLED=false\nAUTH_ENABLED=false\nCS_1=api:gin::api,shop.example.com\nCS_2=web:gin::web',
    )
    expect(certificatesOf(project, new Map())).toEqual([
      { folder: 'local-nself-org', domains: ['api.local.nself.org', 'web.local.nself.org'], names: ['*.local.nself.org'] },
      { folder: 'shop-example-com', domains: ['shop.example.com'], names: ['shop.example.com'] },
    ])
  })
})

describe('certificates that variables hold', () => {
  const find = (env: string) => {
    const { entries } = mergeEnvFiles([parseEnvFile('.env.prod', env).env], {})
    return broughtCertificates(needed, entries)
  }
  const lines = (name: string, text: string) => `${name}="${text.trimEnd()}"\n`

  it('are read with all their lines', () => {
    const { files, diagnostics } = find(lines('SSL_SHOP_ORG_CERT', full) + lines('SSL_SHOP_ORG_KEY', shop.key))
    expect(diagnostics).toEqual([])
    expect(checkCertificates(needed, files, inDays(1))).toEqual([])
  })

  it.each([
    ['SSL_SHOP_ORG_CERT=x', ['NB911'], 'SSL_SHOP_ORG_KEY is not'],
    ['SSL_SHOP_ORG_KEY=x', ['NB911'], 'SSL_SHOP_ORG_CERT is not'],
    ['SSL_SHOP_COM_KEY=x', ['NB912'], 'The names are SSL_SHOP_ORG_CERT'],
    ['SSL_MODE=custom', [], ''],
  ])('%s: %j', (env, codes, text) => {
    const { files, diagnostics } = find(env)
    expect(files).toEqual([])
    expect(diagnostics.map(({ code }) => code)).toEqual(codes)
    expect(diagnostics.map(({ message, fix }) => message + fix).join()).toContain(text)
  })

  it('are secrets by their names', () => expect(looksSecret('SSL_SHOP_ORG_KEY')).toBe(true))
})
