import { posix } from 'node:path'
import * as core from '@actions/core'
import type { Diagnostic } from '../config/diagnostics.ts'
import { annotated, formatDiagnostic } from '../report/diagnostics.ts'

const levels = { error: core.error, warning: core.warning, info: core.notice } as const

/** Writes annotations at the exact place; paths are relative to the repository, so `folder` (the working directory) goes before them. */
export function annotate(diagnostics: readonly Diagnostic[], folder: string): void {
  for (const { code, severity, message, fix, position } of annotated(diagnostics)) {
    const place =
      position === undefined || position.file === 'env input'
        ? {}
        : { file: posix.join(folder, position.file), startLine: position.line, startColumn: position.column }
    levels[severity](`${message} ${fix}`, { title: code, ...place })
  }
}

/** Writes the result as one folded group. */
export function logResult(title: string, text: string, diagnostics: readonly Diagnostic[]): void {
  core.startGroup(title)
  core.info(inert(diagnostics.map(formatDiagnostic).join('') + text))
  core.endGroup()
}

/** Text that can run no workflow command: those start a line with `::`, or stand anywhere in it after `##[`. */
export function inert(text: string): string {
  return text.replace(/^(\s*)::/gm, '$1\u200b::').replaceAll('##[', '#\u200b#[')
}
