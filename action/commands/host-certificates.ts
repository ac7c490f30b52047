import { checkCertificates } from '../certificates/check.ts'
import { type CertificateStatus, describeCertificates } from '../certificates/describe.ts'
import type { CertificateFile } from '../certificates/pem.ts'
import type { Diagnostic } from '../config/diagnostics.ts'
import type { Project } from '../config/project.ts'
import type { Probe } from '../deploy/remote/probe.ts'
import { certificatesOf } from '../render/certificates.ts'
import type { HandWrittenNames } from '../render/sites.ts'
import type { Host } from './deploy-hosts.ts'

const filesOf = ({ certificates }: Probe): CertificateFile[] =>
  certificates.map(({ folder, chain }) => ({ folder, chain: Buffer.from(chain, 'base64').toString('latin1') }))

/** The certificates on a machine, soonest end first. */
export function hostCertificates({ probe }: Host): CertificateStatus[] {
  return describeCertificates(filesOf(probe), new Date())
}

/** What is wrong with the certificates on a machine for the names of a project, where nginx ends TLS. */
export function checkHostCertificates(project: Project, handWritten: HandWrittenNames, { ssh, probe }: Host): Diagnostic[] {
  if (project.tls !== 'custom' && project.tls !== 'letsencrypt') return []
  return checkCertificates(certificatesOf(project, handWritten), filesOf(probe), new Date()).map((diagnostic) => ({
    ...diagnostic,
    message: `${ssh.host}: ${diagnostic.message}`,
  }))
}
