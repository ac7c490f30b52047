import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'yaml'
import { tool } from '../../support/project.ts'

export interface Step {
  readonly id?: string
  readonly uses?: string
  readonly run?: string
  readonly with?: Readonly<Record<string, unknown>>
}

export interface Job {
  readonly uses?: string
  readonly with?: Readonly<Record<string, unknown>>
  readonly secrets?: 'inherit' | Readonly<Record<string, string>>
  readonly needs?: string | readonly string[]
  readonly outputs?: Readonly<Record<string, string>>
  readonly steps?: readonly Step[]
  readonly permissions?: Readonly<Record<string, string>>
  readonly 'timeout-minutes'?: number
}

export interface Call {
  readonly inputs?: Readonly<Record<string, { readonly required?: boolean }>>
  readonly secrets?: Readonly<Record<string, { readonly required?: boolean }>>
  readonly outputs?: Readonly<Record<string, { readonly value: string }>>
}

export interface Workflow {
  readonly on: { readonly workflow_call?: Call; readonly workflow_dispatch?: Call } & Readonly<Record<string, unknown>>
  readonly permissions?: unknown
  readonly jobs: Readonly<Record<string, Job>>
}

/** A workflow as it stands in a file, or in a page of the documentation. */
export interface WorkflowDocument {
  /** Where it is: `docs/workflows.md:12`, `workflows/nself.yml`. */
  readonly place: string
  readonly text: string
  readonly workflow: Workflow
}

const document = (place: string, text: string): WorkflowDocument => ({ place, text, workflow: parse(text) as Workflow })

const files = (pattern: string) =>
  globSync(pattern, { cwd: tool })
    .sort()
    .map((file) => document(file, readFileSync(join(tool, file), 'utf8')))

/** Every `yaml` block of a page that is a whole workflow. */
function snippets(page: string): WorkflowDocument[] {
  const text = readFileSync(join(tool, page), 'utf8')
  return [...text.matchAll(/^```yaml\n([\s\S]*?)^```$/gm)]
    .filter(([, block = '']) => /^jobs:/m.test(block) && /^on:/m.test(block))
    .map(({ 1: block = '', index }) => document(`${page}:${text.slice(0, index).split('\n').length + 1}`, block))
}

/** The workflows that others call. */
export const reusable = files('.github/workflows/*.yml').filter(({ workflow }) => workflow.on.workflow_call !== undefined)
/** This repository's own. */
export const own = files('.github/workflows/*.yml').filter(({ workflow }) => workflow.on.workflow_call === undefined)
/** Those that a user copies. */
export const starters = files('workflows/*.yml')
export const inDocs = ['README.md', ...globSync('docs/*.md', { cwd: tool }).sort()].flatMap(snippets)
export const all = [...reusable, ...own, ...starters, ...inDocs]
