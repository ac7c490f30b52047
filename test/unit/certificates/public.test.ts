import { describe, expect, it } from 'vitest'
import { checkPublic, type PublicAnswer } from '../../../action/certificates/public.ts'
import { makeCertificates } from '../../support/certificates.ts'

const { authority, sign } = makeCertificates()
const shop = sign(['shop.org'])
const chain = shop.chain + authority.chain
const domain = 'shop.org'
const inDays = (days: number) => new Date(Date.now() + days * 86_400_000)
const shown = (chain: string, distrust?: string): PublicAnswer => ({ domain, kind: 'certificate', chain, distrust })
const nowhere = (domain: string): PublicAnswer => ({ domain, kind: 'nowhere' })

describe('what visitors of a public name run into', () => {
  it.each<{ name: string; answers: PublicAnswer[]; days?: number; codes: string[]; message: RegExp }>([
    { name: 'a good certificate', answers: [shown(chain)], codes: [], message: /^$/ },
    { name: 'no name yet', answers: [nowhere('a.org'), nowhere('b.org')], codes: ['NB910'], message: /of production leads anywhere yet/ },
    { name: 'one name without a record', answers: [shown(chain), nowhere('b.org')], codes: ['NB908'], message: /^b\.org leads nowhere/ },
    {
      name: 'a refused handshake',
      answers: [{ domain, kind: 'silent', reason: 'ECONNREFUSED' }],
      codes: ['NB908'],
      message: /^shop\.org shows no certificate: ECONNREFUSED/,
    },
    { name: 'nothing that is one', answers: [shown('')], codes: ['NB908'], message: /no certificate came/ },
    {
      name: 'another name’s',
      answers: [shown(sign(['web.org']).chain + authority.chain)],
      codes: ['NB903'],
      message: /that shop\.org shows is not for shop\.org; it is for web\.org/,
    },
    {
      name: 'one that no browser knows',
      answers: [shown(chain, 'SELF_SIGNED_CERT_IN_CHAIN')],
      codes: ['NB909'],
      message: /not trusted: SELF_SIGNED_CERT_IN_CHAIN\./,
    },
    {
      name: 'one that ends soon',
      answers: [shown(chain)],
      days: 80,
      codes: ['NB905'],
      message: /shop\.org shows ends on .*\b9 days are left/,
    },
    { name: 'one that ended', answers: [shown(chain, 'CERT_HAS_EXPIRED')], days: 91, codes: ['NB904'], message: /ended on/ },
  ])('$name: $codes', ({ answers, days = 1, codes, message }) => {
    const found = checkPublic('production', answers, inDays(days))
    expect(found.map(({ code }) => code)).toEqual(codes)
    expect(found.map((diagnostic) => diagnostic.message).join('\n')).toMatch(message)
  })
})
