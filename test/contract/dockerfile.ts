import { ValidationSeverity, validate } from 'dockerfile-utils'

const exec = /^CMD\s+\[/
const user = /^USER\s+[1-9]\d*(:[1-9]\d*)?$/

/** What no instruction may do. */
const refused: readonly [RegExp, string][] = [
  [/^FROM\s.*\$/, 'the base image is not literal'],
  [/^RUN\s.*\b(curl|wget|git\s+clone)\b/, 'downloads by itself'],
  [/^ADD\s(?!.*--checksum=sha256:[0-9a-f]{64}\s).*(https?|git):/, 'downloads without a checksum'],
  // The names that BuildKit's own check refuses.
  [/^(ARG|ENV)\s(.*\s)?(\w*_)?(APIKEY|AUTH|CREDENTIALS?|KEY|PASSWORD|PWORD|PASSWD|SECRET|TOKEN)(_\w*)?(=|\s|$)/i, 'a secret in the image'],
]

/** Where a template's Dockerfile breaks its rules; nothing when it keeps them all. */
export function dockerfileProblems(text: string): string[] {
  const invalid = validate(text, { deprecatedMaintainer: ValidationSeverity.ERROR }).map(
    ({ message, range }) => `line ${range.start.line + 1}: ${message}`,
  )
  const instructions = text
    .split('\n')
    .filter((line) => !/^\s*#/.test(line))
    .join('\n')
    .replaceAll('\\\n', ' ')
    .split('\n')
    .filter(Boolean)
  const found = instructions.flatMap((line) => refused.flatMap(([pattern, problem]) => (pattern.test(line) ? [`${problem}: ${line}`] : [])))
  const last = instructions.slice(instructions.findLastIndex((line) => line.startsWith('FROM')))
  return [
    ...invalid,
    ...found,
    ...(instructions.filter((line) => line.startsWith('FROM')).length > 1 ? [] : ['has one stage only']),
    ...(last.some((line) => user.test(line)) ? [] : ['the last stage has no user by number']),
    ...(last.some((line) => exec.test(line)) ? [] : ['the last stage has no CMD in exec form']),
  ]
}
