import { quote } from './diagnostics.ts'
import { fail, ok, type Parsed } from './values.ts'

/** A dependency of a service on another one, as Compose spells the condition. */
export interface Dependency {
  readonly name: string
  readonly condition: 'service_started' | 'service_healthy' | 'service_completed_successfully'
}

export function parseNonEmpty(what: string): (text: string) => Parsed<string> {
  return (text) => (text === '' ? fail(`The value is not ${what}.`, `Write ${what}.`) : ok(text))
}

export function parseList<T>(parseItem: (text: string) => Parsed<T>): (text: string) => Parsed<readonly T[]> {
  return (text) => {
    const items: T[] = []
    let offset = 0
    for (const piece of text.split(',')) {
      const lead = piece.length - piece.trimStart().length
      const parsed = parseItem(piece.trim())
      if (!parsed.ok) return { ...parsed, offset: offset + lead + (parsed.offset ?? 0) }
      items.push(parsed.value)
      offset += piece.length + 1
    }
    return ok(items)
  }
}

// Postgres cuts identifiers at 63 bytes; a prefix that leaves no room for a table name is a mistake.
export function parseTablePrefix(text: string): Parsed<string> {
  if (/^[a-zA-Z_][a-zA-Z0-9_]{0,39}$/.test(text)) return ok(text)
  return fail(`${quote(text)} is not a table prefix.`, 'Use up to 40 letters, digits and _, not starting with a digit, such as api_.')
}

export function parseDatabase(text: string): Parsed<string> {
  if (/^[a-zA-Z_][a-zA-Z0-9_-]{0,62}$/.test(text) && !/^(template0|template1)$/i.test(text)) return ok(text)
  return fail(
    `${quote(text)} is not a database name.`,
    'Use up to 63 letters, digits, _ and -, not starting with a digit, such as orders_db.',
  )
}

export function parseRedisPrefix(text: string): Parsed<string> {
  if (/^[\w:.{}@/|-]{1,64}$/.test(text)) return ok(text)
  return fail(`${quote(text)} is not a Redis key prefix.`, 'Use up to 64 letters, digits and _ : . - / | @ { }, such as api:.')
}

// https://github.com/distribution/reference/blob/main/reference.go
const domainPart = '(?:[a-zA-Z0-9](?:[a-zA-Z0-9-]*[a-zA-Z0-9])?(?:\\.[a-zA-Z0-9](?:[a-zA-Z0-9-]*[a-zA-Z0-9])?)*(?::\\d+)?/)?'
const pathPart = '[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*'
const imageReference = new RegExp(`^${domainPart}${pathPart}(?:/${pathPart})*(?::[\\w][\\w.-]{0,127})?(?:@sha256:[a-f0-9]{64})?$`)

export function parseImage(text: string): Parsed<string> {
  if (text.length <= 512 && imageReference.test(text)) return ok(text)
  const fix =
    /[A-Z]/.test(text) && imageReference.test(text.toLowerCase())
      ? 'Repository names are lower case.'
      : 'Write registry/name:tag or registry/name@sha256:….'
  return fail(`${quote(text)} is not an image reference.`, fix)
}

/** Reads a relative path that stays inside the project; the result has no `.`, `..` or doubled slashes. */
export function parseProjectPath(text: string): Parsed<string> {
  const fix = 'Write a path inside the project, relative to its root, such as services/api.'
  if (!/^[\w./@+ -]+$/.test(text) || text.startsWith('/') || text.startsWith('-'))
    return fail(`${quote(text)} is not a relative path.`, fix)
  const segments = text.split('/').filter((segment) => segment !== '' && segment !== '.')
  if (segments.includes('..')) return fail(`${quote(text)} leaves the project.`, fix)
  if (segments.includes('.git')) return fail(`${quote(text)} points into .git.`, fix)
  return ok(segments.length === 0 ? '.' : segments.join('/'))
}

export function parseBuildTarget(text: string): Parsed<string> {
  if (/^[A-Za-z0-9][A-Za-z0-9_.-]{0,63}$/.test(text)) return ok(text)
  return fail(`${quote(text)} is not a build stage.`, 'Use the name after AS in the Dockerfile: letters, digits, _ . and -.')
}

export function parseCommand(text: string): Parsed<readonly string[]> {
  const words = text.trim().split(/\s+/)
  return words[0] === '' ? fail('The command is empty.', 'Write the program and its arguments.') : ok(words)
}

export function parseVariableName(text: string): Parsed<string> {
  if (/^[A-Za-z_][A-Za-z0-9_]*$/.test(text)) return ok(text)
  return fail(`${quote(text)} is not a variable name.`, 'Write names separated by commas, such as API_KEY,SENTRY_DSN.')
}

export function parseVolume(text: string): Parsed<string> {
  const fix = 'Write source:/target or source:/target:ro; a source is ./path inside the project or a volume name.'
  const match = /^([^:]+):(\/[\w./@+-]*)(?::(ro|rw))?$/.exec(text)
  if (match === null) return fail(`${quote(text)} is not a volume.`, fix)
  const [, source = '', target = '', mode] = match
  const segments = target.split('/').filter((segment) => segment !== '' && segment !== '.')
  if (segments.length === 0 || segments.includes('..')) return fail(`${quote(target)} is not a mount point.`, fix, source.length + 1)
  const suffix = `:${target}${mode === undefined ? '' : `:${mode}`}`
  if (/^[a-zA-Z0-9][\w.-]*$/.test(source)) return ok(source + suffix)
  if (/^(\/|~)/.test(source)) return fail(`${quote(source)} is a path outside the project.`, fix)
  const path = parseProjectPath(source)
  return path.ok ? ok(`./${path.value}${suffix}`) : path
}

const conditions = { started: 'service_started', healthy: 'service_healthy', completed: 'service_completed_successfully' } as const

export function parseDependency(text: string): Parsed<Dependency> {
  const [name = '', condition = 'healthy', ...rest] = text.split(':')
  const fix = 'Write service names, each with an optional :started, :healthy or :completed.'
  if (rest.length > 0 || !Object.hasOwn(conditions, condition))
    return fail(`${quote(text)} has an unknown condition.`, fix, name.length + 1)
  if (!/^[a-z0-9]+([-_][a-z0-9]+)*$/.test(name)) return fail(`${quote(name)} is not a service name.`, fix)
  return ok({ name, condition: conditions[condition as keyof typeof conditions] })
}

export function parseNetwork(text: string): Parsed<string> {
  if (/^[a-z0-9][a-z0-9_.-]{0,127}$/.test(text)) return ok(text)
  return fail(`${quote(text)} is not a network name.`, 'Write names of existing networks, separated by commas.')
}
