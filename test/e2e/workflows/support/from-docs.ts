import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { tool } from '../../../support/project.ts'

/** The first workflow below a heading of a page of the documentation. */
export function fromDocs(page: string, heading: string): string {
  const [, section] = readFileSync(join(tool, page), 'utf8').split(new RegExp(`^#+ ${heading}$`, 'm'))
  const [, text] = /^```yaml\n([\s\S]*?)^```$/m.exec(section ?? '') ?? []
  if (text === undefined) throw new Error(`${page} has no workflow below "${heading}"`)
  return text
}
