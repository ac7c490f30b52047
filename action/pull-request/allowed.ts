/** What generating may ever write, seen from the project. */
const generated = [
  /^docker-compose(?:\.custom)?\.yml$/,
  /^docker-bake\.json$/,
  /^(?:deploy\/[^/]+\/)?(?:nginx|postgres)\//,
  /^deploy\/[^/]+\/[^/]+$/,
  /^services\//,
]

/** What no template can make it write: workflows, which need a right of their own, and where secrets lie. */
const never = /(?:^|\/)(?:\.git|\.github|ssl)\/|(?:^|\/)\.env[^/]*$/

/** Whether a pull request may change this path of the project. */
export function isAllowed(path: string): boolean {
  return generated.some((pattern) => pattern.test(path)) && !never.test(path)
}
