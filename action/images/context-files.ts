import dockerignore from '@balena/dockerignore'

/** Which paths of a context BuildKit leaves out. */
export interface IgnoreRules {
  readonly ignores: (path: string) => boolean
  /** Whether something below an ignored folder may come back by a `!` line. */
  readonly mayReturn: boolean
}

/** Reads the text of a `.dockerignore`; an absent one is ''. */
export function ignoreRules(text: string): IgnoreRules {
  const lines = text.replace(/^\uFEFF/, '').split(/\r?\n/)
  const rules = dockerignore.default({ ignorecase: false }).add(lines)
  return { ignores: (path) => rules.ignores(path), mayReturn: lines.some((line) => line.trim().startsWith('!')) }
}
