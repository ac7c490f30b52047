import { globSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { parse } from 'yaml'
import { starterIn } from '../../../action/render/starter.ts'
import { tool } from '../../support/project.ts'

export interface Step {
  readonly id?: string
  readonly uses?: string
  readonly run?: string
  readonly with?: Readonly<Record<string, unknown>>
}

export interface Job {
  readonly if?: string
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
  readonly name?: string
  readonly on: { readonly workflow_call?: Call; readonly workflow_dispatch?: Call } & Readonly<Record<string, unknown>>
  readonly permissions?: unknown
  readonly concurrency?: unknown
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

/** Every `yaml` block of a page that has to do with workflows: whole ones, and steps in a job made for them. */
function snippets(page: string): WorkflowDocument[] {
  const text = readFileSync(join(tool, page), 'utf8')
  return [...text.matchAll(/^```ya?ml\n([\s\S]*?)^```$/gm)]
    .filter(([, block = '']) => /\b(?:uses|jobs|steps|runs-on):/.test(block))
    .map(({ 1: block = '', index }) => document(`${page}:${text.slice(0, index).split('\n').length + 1}`, whole(block)))
}

function whole(block: string): string {
  if (/^jobs:/m.test(block)) return block
  const steps = block.replace(/^/gm, ' '.repeat(6 - (/^ */.exec(block)?.[0].length ?? 0)))
  return `on: workflow_dispatch\npermissions: {}\njobs:\n  job:\n    runs-on: ubuntu-24.04\n    timeout-minutes: 5\n    steps:\n${steps.trimEnd()}\n`
}

/** The workflows that others call. */
export const reusable = files('.github/workflows/*.yml').filter(({ workflow }) => workflow.on.workflow_call !== undefined)
/** This repository's own. */
export const own = files('.github/workflows/*.yml').filter(({ workflow }) => workflow.on.workflow_call === undefined)
/** Those that a user copies. */
export const starters = files('workflows/*.yml')
/** The same as `init` writes them for a project in a subfolder. */
export const inSubfolders = starters.map(({ place, text }) => {
  const starter = starterIn({ folder: 'apps/my shop', branch: 'release/v1,next' }, { file: basename(place), text })
  return document(`.github/workflows/${starter.file}`, starter.text)
})
/** The folder with the action for the reusable workflows, which name it `$/…`: this repository at their own commit. */
export const ownAction = '.github/action'
export const inDocs = ['README.md', ...globSync('docs/*.md', { cwd: tool }).sort()].flatMap(snippets)
export const all = [...reusable, ...own, ...starters, ...inSubfolders, ...inDocs]
