import { type CertificateFile, certificatesIn, daysLeft } from './pem.ts'

/** What people want to know of a certificate. */
export interface CertificateStatus {
  readonly folder: string
  readonly names: readonly string[]
  /** The issuer's common name, or its organisation. */
  readonly issuer: string
  /** ISO 8601, in UTC. */
  readonly ends: string
  /** Whole days; negative when it has ended. */
  readonly daysLeft: number
}

/** Reads the certificates of an edge, soonest end first. Files that hold none are left out: `checkCertificates` names them. */
export function describeCertificates(files: readonly CertificateFile[], now: Date): CertificateStatus[] {
  return files
    .flatMap(({ folder, chain }) => {
      const [certificate] = certificatesIn(chain) ?? []
      if (certificate === undefined) return []
      return [
        {
          folder,
          names: namesOf(certificate.subjectAltName),
          issuer: /^CN=(.+)$/m.exec(certificate.issuer)?.[1] ?? /^O=(.+)$/m.exec(certificate.issuer)?.[1] ?? '',
          ends: certificate.validToDate.toISOString(),
          daysLeft: daysLeft(certificate, now),
        },
      ]
    })
    .sort((a, b) => a.daysLeft - b.daysLeft || (a.folder < b.folder ? -1 : 1))
}

/** One certificate in a line. */
export function certificateLine({ names, issuer, ends, daysLeft }: CertificateStatus): string {
  return `certificate of ${issuer} for ${names.join(', ')}: until ${ends.slice(0, 10)}, ${daysLeft} days left`
}

function namesOf(subjectAltName: string | undefined): string[] {
  return (subjectAltName ?? '')
    .split(', ')
    .filter((name) => name.startsWith('DNS:'))
    .map((name) => name.slice('DNS:'.length))
    .sort()
}
