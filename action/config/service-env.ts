import { type Diagnostic, diagnose, quote } from './diagnostics.ts'
import { type EnvEntry, positionAt } from './env-file.ts'
import { isFromSecretSource, isHarmless, looksSecret, looksSecretValue } from './secrets.ts'

/** A piece of a value: literal text, or a `${VAR}` reference that stays a reference all the way into the compose file. */
export type Part =
  | { readonly literal: string }
  | { readonly reference: string; readonly name: string; readonly operator: string; readonly operand: string }

export interface ServiceVariable {
  readonly key: string
  readonly parts: readonly Part[]
}

interface Piece {
  readonly text: string
  readonly offset: number
}

const reference = /\$\{([A-Za-z_][A-Za-z0-9_]*)(?:(:?[-?+])([^{}]*))?\}/g
// Per severity: a value of a megabyte must not become a hundred thousand findings. Warnings never hide an error.
const mostFindings = 100
const keyValue = /^\s*([A-Za-z_][A-Za-z0-9_.-]*)\s*=/

/**
 * Reads `KEY=value,KEY=value`. A piece without `KEY=` continues the value before it, so that
 * `SUBSCRIBE_TO=a,b` is one variable; `\,` is a literal comma; commas inside `${…}` do not separate.
 */
export function parseServiceEnv(
  entry: EnvEntry,
  isDefined: (name: string) => boolean,
): { variables: ServiceVariable[]; diagnostics: Diagnostic[] } {
  const errors: Diagnostic[] = []
  const repeated: { key: string; offset: number }[] = []
  const variables = new Map<string, { text: string; offset: number }>()
  let current: { text: string; offset: number } | undefined
  for (const piece of splitPieces(entry.value)) {
    if (errors.length >= mostFindings) break
    const match = keyValue.exec(piece.text)
    if (match === null) {
      if (current !== undefined) current.text += `,${piece.text}`
      else if (piece.text.trim() !== '')
        errors.push(
          // The text is not shown: it may be a secret without its name.
          diagnose(
            'NB312',
            `${entry.key} starts with text that has no KEY=.`,
            'Write KEY=value,KEY=value.',
            positionAt(entry, piece.offset),
          ),
        )
      continue
    }
    const key = match[1] as string
    const offset = piece.offset + match[0].length
    const keyOffset = piece.offset + match[0].indexOf(key)
    current = { text: piece.text.slice(match[0].length), offset }
    if (!/^[A-Za-z_][A-Za-z0-9_]*$/.test(key)) {
      errors.push(
        diagnose(
          'NB312',
          `${entry.key}: ${quote(key)} is not a variable name.`,
          'Use letters, digits and _, not starting with a digit.',
          positionAt(entry, keyOffset),
        ),
      )
      continue
    }
    if (variables.has(key)) repeated.push({ key, offset: keyOffset })
    variables.set(key, current)
  }
  const warnings = repeated
    .slice(0, mostFindings)
    .map(({ key, offset }) =>
      diagnose('NB314', `${entry.key} sets ${key} twice: the last one wins.`, 'Keep one of them.', positionAt(entry, offset)),
    )
  const result: ServiceVariable[] = []
  for (const [key, { text, offset }] of variables) {
    if (errors.length >= mostFindings) break
    const parts = entry.quote === 'single' ? [{ literal: unescapeCommas(text) }] : splitReferences(text)
    errors.push(...checkSecret(entry, key, parts, offset))
    if (warnings.length < 2 * mostFindings) warnings.push(...checkLiteralReference(entry, text, offset, isDefined))
    result.push({ key, parts })
  }
  return { variables: result, diagnostics: [...errors, ...warnings] }
}

/** The value as text when it holds no reference. */
export function literalOf(parts: readonly Part[]): string | undefined {
  return parts.every((part) => 'literal' in part) ? parts.map((part) => ('literal' in part ? part.literal : '')).join('') : undefined
}

function splitPieces(text: string): Piece[] {
  const pieces: Piece[] = []
  let start = 0
  let depth = 0
  for (let index = 0; index <= text.length; index++) {
    const character = text[index]
    if (character === '\\' && text[index + 1] === ',') index++
    else if (character === '$' && text[index + 1] === '{') depth++
    else if (character === '}' && depth > 0) depth--
    else if (index === text.length || (character === ',' && depth === 0)) {
      pieces.push({ text: text.slice(start, index), offset: start })
      start = index + 1
    }
  }
  return pieces
}

function splitReferences(text: string): Part[] {
  const parts: Part[] = []
  let start = 0
  for (const match of text.matchAll(reference)) {
    if (match.index > start) parts.push({ literal: unescapeCommas(text.slice(start, match.index)) })
    parts.push({ reference: match[0], name: match[1] as string, operator: match[2] ?? '', operand: match[3] ?? '' })
    start = match.index + match[0].length
  }
  if (start < text.length || parts.length === 0) parts.push({ literal: unescapeCommas(text.slice(start)) })
  return parts
}

function unescapeCommas(text: string): string {
  return text.replaceAll('\\,', ',')
}

// What CS_N_ENV holds literally ends up in docker-compose.yml, which is committed.
function checkSecret(entry: EnvEntry, key: string, parts: readonly Part[], offset: number): Diagnostic[] {
  const literal = literalOf(parts)
  if (isFromSecretSource(entry) && literal !== undefined && !isHarmless(literal))
    return [
      diagnose(
        'NB330',
        `${entry.key} sets ${key} in ${entry.position.file}, and would be written into docker-compose.yml.`,
        `Keep ${key}=… itself there, and write ${entry.key}=${key}=\${${key}} in .env or the environment's file.`,
        positionAt(entry, offset),
      ),
    ]
  if (literal === undefined || isHarmless(literal) || !(looksSecretValue(literal) || (looksSecret(key) && literal.length >= 8))) return []
  return [
    diagnose(
      'NB313',
      `${entry.key} holds ${key} as literal text, which would be written into docker-compose.yml.`,
      `Put ${key}=… into .env.secrets and write ${key}=\${${key}} here.`,
      positionAt(entry, offset),
    ),
  ]
}

// A `$NAME` or a `${` that looks like a reference and is none must not go by in silence.
function checkLiteralReference(entry: EnvEntry, text: string, offset: number, isDefined: (name: string) => boolean): Diagnostic[] {
  if (entry.quote === 'single') return []
  const references = new Set([...text.matchAll(reference)].map(({ index }) => index))
  return [...text.matchAll(/\$(?:\{|([A-Za-z_][A-Za-z0-9_]*))/g)]
    .filter(({ index, 1: name }) => (name === undefined ? !references.has(index) : isDefined(name)))
    .slice(0, mostFindings)
    .map(({ index, 1: name }) =>
      diagnose(
        'NB315',
        `${entry.key}: ${name === undefined ? 'this ${ begins no reference, and' : `$${name}`} stays literal text.`,
        name === undefined
          ? 'Write ${NAME} or ${NAME:-default} with no reference inside, or put all of it in single quotes.'
          : `Write \${${name}} to pass the variable on.`,
        positionAt(entry, offset + index),
      ),
    )
}
