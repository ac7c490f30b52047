import { createHash } from 'node:crypto'
import type { Template } from '../config/template.ts'
import type { RenderTemplate } from '../render/liquid.ts'
import { identifiersOf } from './identifiers.ts'

/** A file of a template as it lies on disk. */
export interface TemplateFile {
  /** Path inside the template's folder, with `/`; a `.liquid` suffix means it is rendered. */
  readonly path: string
  readonly content: Buffer
  readonly executable: boolean
}

/** Who may change a file after the first write: both sides (`merge`), or the user alone (`seed`). */
export type FileClass = 'merge' | 'seed'

/** One file of a scaffold, by its path inside the service's directory. */
export interface ScaffoldFile {
  readonly path: string
  readonly content: Buffer
  readonly executable: boolean
  readonly class: FileClass
  /** `sha256:…` of the content. */
  readonly hash: string
}

/** What a template sees of a service. No secret, nothing of `CS_N_ENV`. Recorded in the lock as the inputs of a render. */
export interface ScaffoldInputs {
  readonly name: string
  readonly port: number
  readonly project: string
}

const suffix = '.liquid'

/** Renders a template's files for one service, sorted by path. `render` knows the `.liquid` files by `<template id>/<path>`. */
export function renderScaffold(
  template: Template,
  files: readonly TemplateFile[],
  inputs: ScaffoldInputs,
  render: RenderTemplate,
  hashes: Map<Buffer, string>,
): ScaffoldFile[] {
  const scope = { ...identifiersOf(inputs.name), port: inputs.port, project: inputs.project }
  return files
    .map((file): ScaffoldFile => {
      const isRendered = file.path.endsWith(suffix)
      const path = isRendered ? file.path.slice(0, -suffix.length) : file.path
      const content = isRendered ? Buffer.from(render(templateKey(template, file.path), scope)) : file.content
      const hash = isRendered ? hashOf(content) : remembered(file.content, hashes)
      return { path, content, executable: file.executable, class: matches(path, template.seed) ? 'seed' : 'merge', hash }
    })
    .sort((a, b) => (a.path < b.path ? -1 : 1))
}

export function templateKey(template: { readonly id: string }, path: string): string {
  return `${template.id}/${path}`
}

export function hashOf(content: Buffer | string): string {
  return `sha256:${createHash('sha256').update(content).digest('hex')}`
}

// Most files of a template are the same in every service made from it.
function remembered(content: Buffer, hashes: Map<Buffer, string>): string {
  const known = hashes.get(content)
  if (known !== undefined) return known
  const hash = hashOf(content)
  hashes.set(content, hash)
  return hash
}

/** Matches a path against globs in which `**` spans folders and `*` does not. */
export function matches(path: string, globs: readonly string[]): boolean {
  return globs.some((glob) => globPattern(glob).test(path))
}

const patterns = new Map<string, RegExp>()

function globPattern(glob: string): RegExp {
  let pattern = patterns.get(glob)
  if (pattern === undefined) {
    const source = glob.replace(/\*\*\/|\*\*|\*|[.+?^${}()|[\]\\]/g, (token) =>
      token === '**/' ? '(?:.*/)?' : token === '**' ? '.*' : token === '*' ? '[^/]*' : `\\${token}`,
    )
    pattern = new RegExp(`^${source}$`)
    patterns.set(glob, pattern)
  }
  return pattern
}
