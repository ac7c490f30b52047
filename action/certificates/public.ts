import { type Diagnostic, diagnose } from '../config/diagnostics.ts'
import { checkLeaf } from './check.ts'
import { certificatesIn } from './pem.ts'

/** What came of asking a public name for its certificate. */
export type PublicAnswer = { readonly domain: string } & (
  | { readonly kind: 'nowhere' }
  /** It leads somewhere, but no handshake came about. */
  | { readonly kind: 'silent'; readonly reason: string }
  /** `distrust`: why its chain leads to no authority that this machine trusts. */
  | { readonly kind: 'certificate'; readonly chain: string; readonly distrust: string | undefined }
)

/** What visitors of the public names of an environment run into. Names that all lead nowhere are no mistake: nothing is deployed yet. */
export function checkPublic(environment: string, answers: readonly PublicAnswer[], now: Date): Diagnostic[] {
  if (answers.every(({ kind }) => kind === 'nowhere')) return [noPublicName(environment)]
  return answers.flatMap((answer) => checkAnswer(answer, now))
}

/** Says that there is nothing to look at. */
export function noPublicName(environment: string): Diagnostic {
  return diagnose(
    'NB910',
    `No public name of ${environment} leads anywhere yet.`,
    'Nothing to do before the first deploy; then add their DNS records.',
  )
}

function checkAnswer(answer: PublicAnswer, now: Date): Diagnostic[] {
  const { domain } = answer
  if (answer.kind === 'nowhere') return [diagnose('NB908', `${domain} leads nowhere.`, 'Add its DNS record.')]
  if (answer.kind === 'silent') return [noCertificate(domain, answer.reason)]
  const [leaf] = certificatesIn(answer.chain) ?? []
  if (leaf === undefined) return [noCertificate(domain, 'no certificate came')]
  const found = checkLeaf(`that ${domain} shows`, leaf, [domain], now)
  if (answer.distrust === undefined || found.some(({ code }) => code === 'NB904')) return found
  return [
    ...found,
    diagnose(
      'NB909',
      `The certificate that ${domain} shows is not trusted: ${answer.distrust}.`,
      'Browsers refuse it. Send the intermediates along, or get one of an authority that they know; NODE_EXTRA_CA_CERTS makes this command trust another.',
    ),
  ]
}

function noCertificate(domain: string, reason: string): Diagnostic {
  return diagnose(
    'NB908',
    `${domain} shows no certificate: ${reason}.`,
    'Look whether nginx runs and the port is open; where certificates are issued, the log of the container acme says why one is missing.',
  )
}
