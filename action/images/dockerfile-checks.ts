import { ValidationSeverity, validate } from 'dockerfile-utils'
import { type Diagnostic, diagnose } from '../config/diagnostics.ts'
import { remember } from './remember.ts'

const findings = remember((text) => validate(text))

/**
 * What the Dockerfile language service says about a Dockerfile, each with its place. All of it is a warning: whether the file builds is
 * for BuildKit to say.
 */
export function checkDockerfile(text: string, path: string): Diagnostic[] {
  return findings(text).map(({ message, severity, range }) =>
    diagnose(
      'NB606',
      `${textOf(message).replace(/\.$/, '')}.`,
      severity === ValidationSeverity.ERROR
        ? 'Correct the instruction; the build will most likely stop here.'
        : 'Rewrite the instruction; it builds, but not as it should.',
      { file: path, line: range.start.line + 1, column: range.start.character + 1 },
    ),
  )
}

function textOf(message: string | { readonly value: string }): string {
  return typeof message === 'string' ? message : message.value
}
