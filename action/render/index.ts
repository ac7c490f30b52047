import type { Project } from '../config/project.ts'
import { renderBake } from './bake.ts'
import { renderCompose } from './compose/index.ts'
import type { RenderedFile } from './file.ts'
import type { RenderTemplate } from './liquid.ts'
import { renderLocalCertificates } from './local-certificates.ts'
import { renderNginx } from './nginx.ts'
import { renderPostgres } from './postgres.ts'
import type { HandWrittenNames } from './sites.ts'
import { renderWrapper } from './wrapper.ts'

/** Renders every tool-owned file of one environment, sorted by path. Equal projects give equal bytes. */
export function renderProject(project: Project, render: RenderTemplate, handWritten: HandWrittenNames): RenderedFile[] {
  const nginx = renderNginx(project, render, handWritten)
  const files = [
    renderCompose(project, nginx),
    renderWrapper(project),
    ...renderBake(project),
    ...renderPostgres(project),
    ...nginx,
    ...renderLocalCertificates(project, render, handWritten),
  ]
  return files.sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0))
}
