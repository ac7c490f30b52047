import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { readFolder } from '../../action/adapters/files.ts'
import { tool } from '../support/project.ts'

/** What the suite found out about a template. `cells` and `measured` fill up as cells pass. */
export interface Result {
  readonly version: string
  /** Of the template's files; another digest makes the result void. */
  readonly digest: string
  /** `passed`, or why the cell does not apply; a failed cell is not recorded. */
  readonly cells: Record<string, string>
  readonly measured: Record<string, string | number>
}

const folder = join(tool, 'test/contract/results')

/** The digest of every byte of a template's folder, with paths and modes. */
export function digestOf(templateFolder: string): string {
  const hash = createHash('sha256')
  for (const { path, content, executable } of readFolder(templateFolder))
    hash.update(`${path}\0${executable}\0${content.length}\0`).update(content)
  return hash.digest('hex')
}

/** The recorded result of a built-in template, whether or not it is still valid. */
export function readResult(id: string): Result | undefined {
  const path = join(folder, `${id}.json`)
  return existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')) : undefined
}

export function writeResult(id: string, result: Result): void {
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, `${id}.json`), `${JSON.stringify(result, null, 2)}\n`)
}
