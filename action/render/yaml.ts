import { Scalar, stringify } from 'yaml'

/** A string that is always written in double quotes, so that no reader takes it for anything else. */
export class Quoted {
  readonly text: string

  constructor(text: string) {
    this.text = text
  }
}

export function quoted(text: string): Quoted {
  return new Quoted(text)
}

/**
 * Writes YAML that readers of YAML 1.1 (Compose among them) and 1.2 understand alike. Keys keep their order.
 * The `yaml` library writes every scalar, each distinct one once and all in one call; only the block structure is
 * written here, which makes a file of a hundred services ten times faster (docs/decisions/0004).
 */
export function toYaml(value: unknown): string {
  const scalars = new Map<string, string>()
  collect(value, scalars)
  writeScalars(scalars)
  return block(value, '', scalars).slice(1)
}

const prefixes = { plain: 'p', quoted: 'q' } as const

function keyOf(value: string | Quoted): string {
  return value instanceof Quoted ? prefixes.quoted + value.text : prefixes.plain + value
}

function collect(value: unknown, scalars: Map<string, string>): void {
  if (typeof value === 'string' || value instanceof Quoted) scalars.set(keyOf(value), '')
  else if (Array.isArray(value)) for (const item of value) collect(item, scalars)
  else if (value !== null && typeof value === 'object')
    for (const [key, item] of Object.entries(value)) {
      scalars.set(keyOf(key), '')
      collect(item, scalars)
    }
}

// A sequence of scalars without folding and without block style is one line per scalar, in order.
function writeScalars(scalars: Map<string, string>): void {
  const keys = [...scalars.keys()]
  if (keys.length === 0) return
  const nodes = keys.map((key) => {
    const scalar = new Scalar(key.slice(1))
    // Only double quotes keep a line break on one line.
    if (key.startsWith(prefixes.quoted) || key.includes('\n')) scalar.type = Scalar.QUOTE_DOUBLE
    return scalar
  })
  const lines = stringify(nodes, {
    version: '1.1',
    lineWidth: 0,
    blockQuote: false,
    doubleQuotedMinMultiLineLength: 2 ** 20,
    aliasDuplicateObjects: false,
  }).split('\n')
  for (const [index, key] of keys.entries()) scalars.set(key, (lines[index] as string).slice('- '.length))
}

function block(value: unknown, indent: string, scalars: ReadonlyMap<string, string>): string {
  if (typeof value === 'string' || value instanceof Quoted) return ` ${scalars.get(keyOf(value))}\n`
  if (value === null || typeof value !== 'object') return ` ${value}\n`
  const entries = Array.isArray(value)
    ? value.map((item) => ['-', item] as const)
    : Object.entries(value).map(([key, item]) => [`${scalars.get(keyOf(key))}:`, item] as const)
  if (entries.length === 0) return Array.isArray(value) ? ' []\n' : ' {}\n'
  return `\n${entries.map(([head, item]) => indent + head + nested(head, item, indent, scalars)).join('')}`
}

function nested(head: string, item: unknown, indent: string, scalars: ReadonlyMap<string, string>): string {
  const text = block(item, `${indent}  `, scalars)
  // A mapping in a sequence starts on the line of its dash.
  return head === '-' && text.startsWith('\n') ? ` ${text.slice(1 + indent.length + 2)}` : text
}
