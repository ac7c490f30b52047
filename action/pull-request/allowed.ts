/** What generating may ever write, seen from the project. */
const generated = [
  /^docker-compose(?:\.custom)?\.yml$/,
  /^docker-bake\.json$/,
  /^(?:deploy\/[^/]+\/)?(?:nginx|postgres)\//,
  /^deploy\/[^/]+\/[^/]+$/,
  /^services\//,
]

/** What no template can make it write: workflows, which need a right of their own, and where secrets lie. */
const never = /(?:^|\/)(?:\.git|\.github|ssl)\/|(?:^|\/)\.env[^/]*$/i

/** Whether a pull request may change this path of a project that lies in `prefix` ('' or with a final `/`) of its repository. */
export function isAllowed(path: string, prefix = ''): boolean {
  return generated.some((pattern) => pattern.test(path)) && !never.test(path) && !/(?:^|\/)\.git(?:hub)?\//i.test(prefix)
}
