import { X509Certificate } from 'node:crypto'

/** What lies in a certificate's folder. */
export interface CertificateFile {
  readonly folder: string
  /** `fullchain.pem`: the server's certificate first, then the intermediates. */
  readonly chain: string
  /** `privkey.pem`; `undefined` where only certificates are looked at. */
  readonly key?: string
}

const block = /-----BEGIN CERTIFICATE-----[\s\S]+?-----END CERTIFICATE-----/g

/** The certificates of a PEM text in their order; `undefined` when there is none, or one cannot be read. */
export function certificatesIn(text: string): readonly [X509Certificate, ...X509Certificate[]] | undefined {
  try {
    const [first, ...others] = (text.match(block) ?? []).map((pem) => new X509Certificate(pem))
    return first === undefined ? undefined : [first, ...others]
  } catch {
    return undefined
  }
}

const day = 86_400_000

/** A certificate's end is worth a warning so many days before, or a quarter of its time where that is less: some live for days. */
const warningDays = 14

/** True when the end of a certificate is near. */
export function endsSoon(certificate: X509Certificate, now: Date): boolean {
  const quarter = (certificate.validToDate.getTime() - certificate.validFromDate.getTime()) / 4
  return certificate.validToDate.getTime() - now.getTime() < Math.min(warningDays * day, quarter)
}

/** Whole days until a certificate ends; negative afterwards. */
export function daysLeft(certificate: X509Certificate, now: Date): number {
  return Math.floor((certificate.validToDate.getTime() - now.getTime()) / day)
}
