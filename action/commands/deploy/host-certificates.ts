import { checkCertificates } from '../../certificates/check.ts'
import { type CertificateStatus, describeCertificates } from '../../certificates/describe.ts'
import type { CertificateFile } from '../../certificates/pem.ts'
import type { Diagnostic } from '../../config/diagnostics.ts'
import type { Project } from '../../config/project.ts'
import { certificatesOf } from '../../render/certificates.ts'
import type { HandWrittenNames } from '../../render/sites.ts'
import type { Host } from './deploy-hosts.ts'

/** The certificates that lie on a machine, without keys. */
export function certificatesOn({ probe: { certificates } }: Pick<Host, 'probe'>): CertificateFile[] {
  return certificates.map(({ folder, chain }) => ({ folder, chain: Buffer.from(chain, 'base64').toString('latin1') }))
}

/** The certificates on a machine, soonest end first. */
export function hostCertificates(host: Host): CertificateStatus[] {
  return describeCertificates(certificatesOn(host), new Date())
}

/**
 * What is wrong with the certificates on a machine for the names of a project, where nginx ends TLS. Those that a deploy brings count
 * instead of what lies there.
 */
export function checkHostCertificates(
  project: Project,
  handWritten: HandWrittenNames,
  host: Host,
  brought: readonly CertificateFile[] = [],
): Diagnostic[] {
  if (project.tls !== 'custom' && project.tls !== 'letsencrypt') return []
  const files = [...brought, ...certificatesOn(host)]
  return checkCertificates(certificatesOf(project, handWritten), files, new Date()).map((diagnostic) => ({
    ...diagnostic,
    message: `${host.ssh.host}: ${diagnostic.message}`,
  }))
}
