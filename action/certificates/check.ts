import { createPrivateKey, type KeyObject, type X509Certificate } from 'node:crypto'
import { type Diagnostic, diagnose } from '../config/diagnostics.ts'
import type { Certificate } from '../render/certificates.ts'
import { certificateVariables } from './brought.ts'
import { type CertificateFile, certificatesIn, daysLeft, endsSoon } from './pem.ts'

/**
 * What is wrong with brought or issued certificates, before they are put to use: each name of each needed one must be
 * covered, now, by a chain whose key is there. `now` is the time to judge by.
 */
export function checkCertificates(needed: readonly Certificate[], files: readonly CertificateFile[], now: Date): Diagnostic[] {
  return needed.flatMap((certificate) => {
    const file = files.find(({ folder }) => folder === certificate.folder)
    return file === undefined ? [missing(certificate)] : checkFile(certificate, file, now)
  })
}

function missing({ folder, domains }: Certificate): Diagnostic {
  return diagnose(
    'NB901',
    `There is no certificate for ${domains.join(', ')}.`,
    `Put fullchain.pem and privkey.pem into ssl/certificates/${folder}/, on a machine of a deploy below deploy-path, or set ${certificateVariables(folder).chain} and ${certificateVariables(folder).key}.`,
  )
}

function checkFile({ domains }: Certificate, { folder, chain, key }: CertificateFile, now: Date): Diagnostic[] {
  const certificates = certificatesIn(chain)
  if (certificates === undefined)
    return [
      diagnose('NB902', `${folder}/fullchain.pem holds no certificate in PEM form.`, 'Convert it: openssl x509 -in FILE -outform PEM.'),
    ]
  const [leaf] = certificates
  return [
    ...(key === undefined ? [] : checkKey(folder, certificates, key)),
    ...checkLeaf(`in ${folder}`, leaf, domains, now),
    ...checkChain(folder, certificates),
  ]
}

function checkKey(folder: string, certificates: readonly X509Certificate[], text: string): Diagnostic[] {
  if (/-----BEGIN ENCRYPTED PRIVATE KEY-----|^Proc-Type: 4,ENCRYPTED/m.test(text))
    return [diagnose('NB902', `${folder}/privkey.pem asks for a passphrase.`, 'Remove it: openssl pkey -in privkey.pem -out plain.pem.')]
  const key = readKey(text)
  if (key === undefined)
    return [
      diagnose('NB902', `${folder}/privkey.pem holds no private key in PEM form.`, 'Convert it: openssl pkey -in FILE -out privkey.pem.'),
    ]
  if (key.asymmetricKeyType === 'rsa' && (key.asymmetricKeyDetails?.modulusLength ?? 0) < 2048)
    return [
      diagnose(
        'NB902',
        `${folder}/privkey.pem is an RSA key of less than 2048 bits, which nginx refuses.`,
        'Get a certificate for a longer key.',
      ),
    ]
  const position = certificates.findIndex((certificate) => certificate.checkPrivateKey(key))
  if (position === 0) return []
  return [
    diagnose(
      'NB906',
      position === -1
        ? `${folder}/privkey.pem is not the key of ${folder}/fullchain.pem.`
        : `${folder}/fullchain.pem does not begin with the server’s certificate.`,
      position === -1
        ? 'Put the key and the certificate of one order there.'
        : 'Put the server’s certificate first, then the intermediates.',
    ),
  ]
}

function readKey(text: string): KeyObject | undefined {
  try {
    return createPrivateKey(text)
  } catch {
    return undefined
  }
}

/** What is wrong with the names and the time of a server's certificate; `place` says which one it is. */
export function checkLeaf(place: string, leaf: X509Certificate, domains: readonly string[], now: Date): Diagnostic[] {
  return [...checkNames(place, leaf, domains), ...checkTime(place, leaf, now)]
}

// Browsers look at the alternative names only, so the subject does not count.
function checkNames(place: string, leaf: X509Certificate, domains: readonly string[]): Diagnostic[] {
  const uncovered = domains.filter((domain) => leaf.checkHost(domain, { subject: 'never' }) === undefined)
  if (uncovered.length === 0) return []
  return [
    diagnose(
      'NB903',
      `The certificate ${place} is not for ${uncovered.join(', ')}; it is for ${leaf.subjectAltName?.replaceAll('DNS:', '') ?? 'no name'}.`,
      'Get one that has these names.',
    ),
  ]
}

function checkTime(place: string, leaf: X509Certificate, now: Date): Diagnostic[] {
  const fix = 'Put a new one there. If that is not so, look at the clock of this machine.'
  if (leaf.validFromDate > now) return [diagnose('NB904', `The certificate ${place} is valid from ${date(leaf.validFromDate)} on.`, fix)]
  if (leaf.validToDate <= now) return [diagnose('NB904', `The certificate ${place} ended on ${date(leaf.validToDate)}.`, fix)]
  if (!endsSoon(leaf, now)) return []
  const days = daysLeft(leaf, now)
  return [diagnose('NB905', `The certificate ${place} ends on ${date(leaf.validToDate)}: ${days} days are left.`, 'Renew it.')]
}

function date(time: Date): string {
  return time.toISOString().slice(0, 10)
}

// Browsers that know the intermediate from elsewhere hide this; curl and phones do not.
function checkChain(folder: string, [leaf, ...others]: readonly [X509Certificate, ...X509Certificate[]]): Diagnostic[] {
  const isSelfSigned = leaf.checkIssued(leaf)
  if (isSelfSigned || others.some((other) => leaf.checkIssued(other))) return []
  return [
    diagnose(
      'NB907',
      `${folder}/fullchain.pem has no certificate of its issuer (${leaf.issuer.replaceAll('\n', ', ')}).`,
      'Append the intermediates, unless the issuer is an authority that all your clients trust by itself.',
    ),
  ]
}
