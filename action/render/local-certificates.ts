import type { Project } from '../config/project.ts'
import { certificatesOf } from './certificates.ts'
import { layoutOf } from './compose/layout.ts'
import type { RenderedFile } from './file.ts'
import { withHeader } from './header.ts'
import type { RenderTemplate } from './liquid.ts'
import type { HandWrittenNames } from './sites.ts'

/** True when the machine that runs the stack makes its certificates itself. */
export function makesCertificates({ tls, core, nginx }: Project): boolean {
  return tls === 'local' && core === 'managed' && nginx !== undefined
}

/** Renders the script that makes them, beside the compose wrapper. Certificates themselves are never generated files. */
export function renderLocalCertificates(project: Project, render: RenderTemplate, handWritten: HandWrittenNames): RenderedFile[] {
  if (!makesCertificates(project)) return []
  const { directory } = layoutOf(project.environment)
  const body = render('local/certificates', { name: project.name, directory, localCertificates: certificatesOf(project, handWritten) })
  return [{ path: scriptPath(directory), content: withHeader(body, '#', 'change the CS_N lines.'), executable: true }]
}

function scriptPath(directory: string): string {
  return directory === '' ? 'services/.scaffold/certificates' : `${directory}certificates`
}
