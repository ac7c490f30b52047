import { posix } from 'node:path'
import { compilePattern, type PathMatcher } from './ignore-pattern.ts'

/** What the rules say about one path. */
export interface Verdict {
  readonly isIgnored: boolean
  /** Which rules mean the path or a folder above it, as far as they had to be asked. */
  readonly matches: readonly boolean[]
}

/** Which paths of a context BuildKit leaves out. */
export interface IgnoreRules {
  /** Judges a path by the verdict on its folder; a path at the root has none. */
  readonly judge: (path: string, folder: Verdict | undefined) => Verdict
  /** Whether something below an ignored folder may come back by a `!` line. */
  readonly mayReturn: boolean
}

interface Rule {
  readonly isException: boolean
  readonly means: PathMatcher
}

/** Reads the text of a `.dockerignore`; an absent one is ''. Throws on a line that BuildKit refuses. */
export function ignoreRules(text: string): IgnoreRules {
  const rules = text
    .replace(/^\uFEFF/, '')
    .split('\n')
    .filter((line) => !line.startsWith('#'))
    .map(trim)
    .filter((line) => line !== '')
    .map(readRule)
  return { judge: (path, folder) => judge(rules, path, folder), mayReturn: rules.some(({ isException }) => isException) }
}

function readRule(line: string): Rule {
  const isNegated = line.startsWith('!')
  const pattern = isNegated ? trim(line.slice(1)) : line
  // Cleaned twice, once with its `!`: as there.
  const cleaned = clean(`${isNegated ? '!' : ''}${pattern === '' ? '' : clean(pattern).replace(/^\/(?=.)/, '')}`)
  if (cleaned === '!') throw new Error('the ignore pattern "!" names nothing')
  const isException = cleaned.startsWith('!')
  return { isException, means: compilePattern(isException ? cleaned.slice(1) : cleaned) }
}

// The last rule that means a path decides. A rule that could change nothing is not asked, and then does not count for what is below the
// path either: BuildKit's own shortcut, and visible in what it sends.
function judge(rules: readonly Rule[], path: string, folder: Verdict | undefined): Verdict {
  let isIgnored = false
  const matches = rules.map(({ isException, means }, index) => {
    const isMatch = folder?.matches[index] === true || (isException === isIgnored && means(path))
    if (isMatch) isIgnored = !isException
    return isMatch
  })
  return { isIgnored, matches }
}

// As Go's filepath.Clean.
function clean(path: string): string {
  return posix.normalize(path).replace(/(?<=.)\/$/, '')
}

// White space as Go's strings.TrimSpace has it: with U+0085, without the byte order mark.
function trim(text: string): string {
  return text.replace(/^(?:(?!\uFEFF)[\s\u0085])+|(?:(?!\uFEFF)[\s\u0085])+$/g, '')
}
