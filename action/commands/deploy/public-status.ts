import pLimit from 'p-limit'
import { openTree } from '../../adapters/files.ts'
import { askPublicName } from '../../adapters/public-names.ts'
import { certificateLine, describeCertificates } from '../../certificates/describe.ts'
import { checkPublic, noPublicName, type PublicAnswer } from '../../certificates/public.ts'
import type { Diagnostic } from '../../config/diagnostics.ts'
import { foldersOf } from '../../render/certificates.ts'
import { layoutOf } from '../../render/compose/layout.ts'
import { redact } from '../../report/redact.ts'
import { escapeCell } from '../../report/table.ts'
import type { Context } from '../context.ts'
import { readHandWritten } from '../project/plan-changes.ts'
import { openCatalogue, readProject } from '../project/read-project.ts'
import type { CommandResult } from '../result.ts'
import { findings, refusedRemotely } from './deploy-report.ts'

/** Shows the certificates of an environment as its visitors see them. Whatever they would stumble over, or soon, fails the command. */
export async function publicStatus(context: Context): Promise<CommandResult> {
  const { catalogue, diagnostics } = openCatalogue(context)
  const read = readProject(context, catalogue, context.inputs.environment)
  // A scheduled run in a repository that deploys nothing yet is no failure.
  if (read.diagnostics.some(({ code }) => code === 'NB114'))
    return result(context.inputs.environment ?? '', [], [noPublicName(context.inputs.environment ?? 'the environment')], read.secrets)
  const errors = [...diagnostics, ...read.diagnostics].filter(({ severity }) => severity === 'error')
  const { project } = read
  if (project === undefined || errors.length > 0) return refusedRemotely('status: the configuration has errors', errors, read.secrets, 2)
  const handWritten = readHandWritten(openTree(context.root), `${layoutOf(project.environment).directory}nginx/conf.d`)
  const port = project.nginx?.httpsPort ?? 443
  const few = pLimit(8)
  const answers = await Promise.all(foldersOf(project, handWritten).map(({ domain }) => few(() => askPublicName(domain, port))))
  return result(project.environment.name, answers, checkPublic(project.environment.name, answers, new Date()), read.secrets)
}

function result(
  environment: string,
  answers: readonly PublicAnswer[],
  diagnostics: readonly Diagnostic[],
  secrets: readonly string[],
): CommandResult {
  const files = answers.flatMap((answer) => (answer.kind === 'certificate' ? [{ folder: answer.domain, chain: answer.chain }] : []))
  const certificates = describeCertificates(files, new Date())
  const lines = certificates.map((certificate) => `${certificate.folder}: ${certificateLine(certificate)}`)
  return {
    exitCode: diagnostics.some(({ severity }) => severity !== 'info') ? 1 : 0,
    diagnostics,
    secrets,
    text: redact(lines.map((line) => `${line}\n`).join(''), secrets),
    data: { environment, certificates },
    summary: redact(
      `## nself: certificates of ${escapeCell(environment)}\n\n${lines.map((line) => `* ${escapeCell(line)}\n`).join('')}\n${findings(diagnostics)}`,
      secrets,
    ),
  }
}
