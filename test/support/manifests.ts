import fc from 'fast-check'
import { parse as parseJson } from 'jsonc-parser'
import { getStaticTOMLValue, parseTOML } from 'toml-eslint-parser'
import { parse as parseYaml } from 'yaml'

export type Value = string | number | boolean | readonly string[]
/** A manifest as a tree of its keys. */
export type Manifest = ReadonlyMap<string, Value | Manifest>

/** How one side writes its manifest. */
export interface Style {
  readonly indent: string
  /** Sorts the keys of every map the other way round. */
  readonly isReversed: boolean
  readonly isCompact: boolean
  /** Goes above every entry whose path it says yes to. */
  readonly comment: (path: string) => string | undefined
}

export interface Format {
  readonly path: string
  readonly write: (manifest: Manifest, style: Style) => string
  readonly read: (text: string) => unknown
}

const quote = (value: Value) => JSON.stringify(value)
const isMap = (value: Value | Manifest): value is Manifest => value instanceof Map

function entriesOf(manifest: Manifest, { isReversed }: Style): [string, Value | Manifest][] {
  const all = [...manifest]
  return isReversed ? all.reverse() : all
}

function writeJson(manifest: Manifest, style: Style, path = '', indent = ''): string {
  const inner = indent + style.indent
  const lines = entriesOf(manifest, style).map(([key, value], index, all) => {
    const comment = style.comment(`${path}/${key}`)
    const text = isMap(value) ? writeJson(value, style, `${path}/${key}`, inner) : writeList(value, style, inner, ',')
    return `${comment === undefined ? '' : `${inner}// ${comment}\n`}${inner}${quote(key)}: ${text}${index === all.length - 1 ? '' : ','}\n`
  })
  return lines.length === 0 ? '{}' : `{\n${lines.join('')}${indent}}`
}

function writeList(value: Value | Manifest, { isCompact, indent: unit }: Style, indent: string, comma: string): string {
  if (!Array.isArray(value) || isCompact || value.length === 0) return quote(value as Value)
  return `[\n${value.map((item) => `${indent}${unit}${quote(item)}`).join(`${comma}\n`)}\n${indent}]`
}

function writeYaml(manifest: Manifest, style: Style, path = '', indent = ''): string {
  return entriesOf(manifest, style)
    .map(([key, value]) => {
      const comment = style.comment(`${path}/${key}`)
      const head = `${comment === undefined ? '' : `${indent}# ${comment}\n`}${indent}${key}:`
      if (isMap(value))
        return value.size === 0 ? `${head} {}\n` : `${head}\n${writeYaml(value, style, `${path}/${key}`, indent + style.indent)}`
      if (Array.isArray(value) && value.length > 0 && !style.isCompact)
        return `${head}\n${value.map((item) => `${indent}${style.indent}- ${item}\n`).join('')}`
      return `${head} ${quote(value as Value)}\n`
    })
    .join('')
}

function writeToml(manifest: Manifest, style: Style, path: readonly string[] = []): string {
  const all = entriesOf(manifest, style)
  const comment = (key: string) => {
    const text = style.comment(`/${[...path, key].join('/')}`)
    return text === undefined ? '' : `# ${text}\n`
  }
  const pairs = all
    .filter(([, value]) => !isMap(value))
    .map(([key, value]) => `${comment(key)}${key} = ${writeList(value, style, '', ',')}\n`)
  const tables = all.flatMap(([key, value]) =>
    isMap(value) ? [`\n${comment(key)}[${[...path, key].join('.')}]\n${writeToml(value, style, [...path, key])}`] : [],
  )
  return pairs.join('') + tables.join('')
}

export const formats: readonly Format[] = [
  {
    path: 'package.json',
    write: (manifest, style) => `${writeJson(manifest, style)}\n`,
    read: (text) => {
      const errors: never[] = []
      const value = parseJson(text, errors, { allowTrailingComma: true })
      if (errors.length > 0) throw new SyntaxError(text)
      return value
    },
  },
  { path: 'pyproject.toml', write: writeToml, read: (text) => getStaticTOMLValue(parseTOML(text)) },
  { path: 'config.yml', write: writeYaml, read: (text) => parseYaml(text) ?? {} },
]

const key = fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f')

/** A change of one side: what is at a path of keys becomes a value of its own, a map, or nothing. */
export interface Change {
  readonly path: readonly string[]
  readonly action: 'set' | 'delete' | 'map' | 'item'
}

export const changes: fc.Arbitrary<Change[]> = fc.array(
  fc.record({ path: fc.array(key, { minLength: 1, maxLength: 3 }), action: fc.constantFrom('set', 'set', 'set', 'delete', 'map', 'item') }),
  { maxLength: 5 },
)

/** Makes the changes; each value is new and names the side, so that it can be looked for. */
export function change(manifest: Manifest, all: readonly Change[], side: string): Manifest {
  return all.reduce((current, each, index) => changeOne(current, each.path, each.action, `${side}-${index}`), manifest)
}

function changeOne(manifest: Manifest, [head = '', ...rest]: readonly string[], action: Change['action'], word: string): Manifest {
  const copy = new Map(manifest)
  const old = copy.get(head)
  if (rest.length > 0 && (old === undefined || isMap(old))) return copy.set(head, changeOne(old ?? new Map(), rest, action, word))
  if (action === 'delete') copy.delete(head)
  else if (action === 'map') copy.set(head, new Map([['x', word]]))
  else if (action === 'item') copy.set(head, [...(Array.isArray(old) ? old : []), word])
  else copy.set(head, word)
  return copy
}

/** Path → value of everything that is no map. */
export function leavesOf(value: unknown, path = ''): Map<string, string> {
  if (value === null || typeof value !== 'object' || Array.isArray(value)) return new Map([[path, JSON.stringify(value)]])
  const entries = value instanceof Map ? [...value] : Object.entries(value)
  return new Map(entries.flatMap(([name, child]) => [...leavesOf(child, `${path}/${name}`)]))
}
