/**
 * Orders two versions: negative when `a` is lower. Nothing when they cannot be compared: another spelling than digits and
 * dots with a SemVer suffix, or one that leaves open what the other says (`26` and `26.4`).
 */
export function compareVersions(a: string, b: string): number | undefined {
  const [left, right] = [parse(a), parse(b)]
  if (left === undefined || right === undefined) return undefined
  const shared = Math.min(left.numbers.length, right.numbers.length)
  for (let index = 0; index < shared; index++) {
    const difference = compareNumbers(left.numbers[index] as string, right.numbers[index] as string)
    if (difference !== 0) return difference
  }
  if (left.numbers.length !== right.numbers.length) return undefined
  if (left.preview === right.preview) return 0
  // A preview comes before its release.
  if (left.preview === undefined || right.preview === undefined) return left.preview === undefined ? 1 : -1
  return comparePreviews(left.preview.split('.'), right.preview.split('.'))
}

const pattern = /^v?(\d+(?:\.\d+)*)(?:-([0-9A-Za-z][0-9A-Za-z.-]*))?(?:\+[0-9A-Za-z.-]+)?$/

function parse(version: string): { numbers: string[]; preview: string | undefined } | undefined {
  const match = pattern.exec(version)
  return match === null ? undefined : { numbers: (match[1] as string).split('.'), preview: match[2] }
}

// As texts, so that a date of fourteen digits keeps them all.
function compareNumbers(a: string, b: string): number {
  const [left, right] = [a.replace(/^0+(?=\d)/, ''), b.replace(/^0+(?=\d)/, '')]
  return left.length - right.length || (left < right ? -1 : left > right ? 1 : 0)
}

function comparePreviews(a: readonly string[], b: readonly string[]): number {
  for (const [index, left] of a.entries()) {
    const right = b[index]
    if (right === undefined) return 1
    if (left === right) continue
    const [leftIsNumber, rightIsNumber] = [/^\d+$/.test(left), /^\d+$/.test(right)]
    if (leftIsNumber && rightIsNumber) return compareNumbers(left, right)
    if (leftIsNumber !== rightIsNumber) return leftIsNumber ? -1 : 1
    return left < right ? -1 : 1
  }
  return a.length - b.length
}

const token = /v?\d+(?:\.\d+)*(?:[-+][0-9A-Za-z.+-]+)?/g

/**
 * The higher of two values that differ only in one version: `^1.2.0` and `^1.4.1`, `httpx==2.1.0` and `httpx==2.0.3`.
 * Nothing when anything else differs, or when the versions cannot be compared.
 */
export function higherOf(a: string, b: string): string | undefined {
  const difference = versionDifference(a, b)
  const order = difference && compareVersions(...difference)
  return order === undefined ? undefined : order >= 0 ? a : b
}

/**
 * Which of two new values of a dependency stands: the higher. Nothing where the user went below the base, which is a pin: it is not
 * raised behind their back.
 */
export function newerOf(base: string, ours: string, theirs: string): string | undefined {
  return isPin(versionDifference(base, ours)) ? undefined : higherOf(ours, theirs)
}

function isPin(difference: readonly [string, string] | undefined): boolean {
  return difference !== undefined && (compareVersions(...difference) ?? 0) > 0
}

/** The one version in which two values differ, as each of them has it; nothing when they differ elsewhere, or in more. */
export function versionDifference(a: string, b: string): [string, string] | undefined {
  if (a.replace(token, '\0') !== b.replace(token, '\0')) return undefined
  const [left, right] = [a.match(token) ?? [], b.match(token) ?? []]
  const differences = left.flatMap((version, index): [string, string][] =>
    version === right[index] ? [] : [[version, right[index] as string]],
  )
  return differences.length === 1 ? differences[0] : undefined
}

/** What names a line of a list of dependencies but for its version; nothing for a line without one. */
export function dependencyEntry(line: string): string | undefined {
  const entry = line.replace(token, '\0')
  return entry === line ? undefined : entry
}

const fromLine = /^\s*FROM\s+((?:--\S+\s+)*)([^\s:@]+(?::\d+\/[^\s:@]+)?)(?::([^\s@]+))?(?:@\S+)?(?:\s+AS\s+(\S+))?\s*$/i

/** A `FROM` line, with its tag `26.1-trixie-slim` taken apart: 26.1 in the variant `-trixie-slim`. */
function readFrom(line: string): { entry: string; version: string } | undefined {
  const match = fromLine.exec(line)
  if (match === null) return undefined
  const [, flags = '', image = '', tag = '', stage = ''] = match
  const version = /^v?\d+(?:\.\d+)*/.exec(tag)?.[0] ?? ''
  return { entry: [flags.trim(), image, tag.slice(version.length), stage.toLowerCase()].join(' '), version }
}

/** What names a `FROM` line but for its version and digest: image, variant of the tag, and stage. */
export function fromEntry(line: string): string | undefined {
  return readFrom(line)?.entry
}

/** `newerOf` for `FROM` lines. */
export function newerFrom(base: string, ours: string, theirs: string): string | undefined {
  const [old, own] = [readFrom(base)?.version, readFrom(ours)?.version]
  return old !== undefined && own !== undefined && isPin([old, own]) ? undefined : higherFrom(ours, theirs)
}

/** Of two lines that are the same `FROM`, the one with the higher version. With equal versions the user's digest stays. */
export function higherFrom(ours: string, theirs: string): string | undefined {
  const [left, right] = [readFrom(ours), readFrom(theirs)]
  if (left === undefined || right === undefined || left.entry !== right.entry) return undefined
  if (left.version === right.version) return ours
  const order = compareVersions(left.version, right.version)
  return order === undefined ? undefined : order >= 0 ? ours : theirs
}
