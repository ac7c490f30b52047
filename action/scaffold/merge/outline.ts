/** A value that is merged as a whole. Offsets point into the text that was read. */
export interface Leaf {
  readonly kind: 'leaf'
  /** Equal for equal values, whatever their spelling. */
  readonly value: string
  readonly start: number
  readonly end: number
}

/** A value that is merged entry by entry: a map, or a list of which each item has a name. */
export interface Branch {
  readonly kind: 'branch'
  /** Entries on lines of their own (block YAML, TOML tables), or between brackets with commas (JSON, arrays). */
  readonly layout: 'lines' | 'commas'
  readonly entries: readonly Entry[]
  readonly start: number
  readonly end: number
}

export type Node = Leaf | Branch

export interface Entry {
  /** Unique in its branch. */
  readonly key: string
  readonly node: Node
  /** Where `key: value` stands, without what separates it from the next. */
  readonly start: number
  readonly end: number
}

/** A manifest as the merge sees it. */
export interface Outline {
  readonly root: Branch
  readonly comments: readonly string[]
}

/** Reads a text with `\n` alone; nothing when it cannot be read, or says something twice. */
export type ReadOutline = (text: string) => Outline | undefined

export type Path = readonly string[]

/** A text that equal nodes share. The order of entries does not count. */
export function meaningOf(node: Node | undefined): string {
  if (node === undefined) return 'nothing'
  if (node.kind === 'leaf') return node.value
  const entries = node.entries.map(({ key, node: child }) => `${JSON.stringify(key)}:${meaningOf(child)}`)
  return `{${entries.sort().join(',')}}`
}

export function entryOf(branch: Branch | undefined, key: string): Entry | undefined {
  return branch?.entries.find((entry) => entry.key === key)
}

export function hasUniqueKeys(entries: readonly Entry[]): boolean {
  return new Set(entries.map(({ key }) => key)).size === entries.length
}

/** Whether what lies at a path names versions of other software. */
export function isDependency(path: Path): boolean {
  return path.some((key) => /depend|require|imports|engines|packageManager/i.test(key))
}

/** The name by which an item of a list of dependencies is known: `fastapi` of `fastapi[all]==0.165.0`. */
export function requirementName(item: string): string {
  return /^[A-Za-z0-9][\w.-]*(?=\s*(?:\[[^\]]*\]\s*)?(?:[=<>~!]=|[<>]))/.exec(item)?.[0].toLowerCase() ?? item
}
