/** What tag templates may name. Empty texts are unknown. */
export interface TagSources {
  readonly sha: string
  readonly branch: string
  /** `1.2.3` from a tag `v1.2.3`, `1.2.3-rc.1` from `v1.2.3-rc.1`; a pre-release has no `{major}` and `{minor}`. */
  readonly semver: string
  readonly environment: string
}

/**
 * Expands tag templates, one per line or comma: text with `{sha}`, `{branch}`, `{environment}`, `{semver}`, `{major}`, `{minor}`
 * (`1.2`). A template that names what is unknown in this run gives no tag. Characters that no tag may hold become `-`. Sorted, without doubles.
 */
export function expandTags(templates: string, sources: TagSources): string[] {
  const [major = '', minor = ''] = /^(\d+)\.(\d+)\.\d+$/.exec(sources.semver)?.slice(1) ?? []
  const values: Record<string, string> = { ...sources, major, minor: major === '' ? '' : `${major}.${minor}` }
  const tags = templates
    .split(/[\n,]/)
    .map((template) => template.trim())
    .filter((template) => template !== '' && [...template.matchAll(/\{(\w+)\}/g)].every(([, name = '']) => values[name] !== ''))
    .map((template) => template.replace(/\{(\w+)\}/g, (_, name: string) => values[name] ?? ''))
    .map((tag) =>
      tag
        .replace(/[^\w.-]/g, '-')
        .replace(/^[.-]+/, '')
        .slice(0, 128),
    )
  return [...new Set(tags)].filter((tag) => tag !== '').sort()
}

/** Names in a template that mean nothing, for a diagnostic. */
export function unknownTagNames(templates: string): string[] {
  const known = ['sha', 'branch', 'semver', 'environment', 'major', 'minor']
  return [...templates.matchAll(/\{(\w*)\}/g)].map(([, name = '']) => name).filter((name) => !known.includes(name))
}
