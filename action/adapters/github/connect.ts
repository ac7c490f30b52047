const longestWait = 15 * 60
const mostWaits = 4

export type Octokit = Awaited<ReturnType<typeof connect>>

/** An octokit that waits as long as GitHub asks, a few times, and says so: a job that only hangs is stopped by hand. */
export async function connect(token: string, progress: (line: string) => void) {
  const [{ getOctokit }, { retry }, { throttling }] = await Promise.all([
    import('@actions/github'),
    import('@octokit/plugin-retry'),
    import('@octokit/plugin-throttling'),
  ])
  const wait = (what: string) => (seconds: number, options: object, _octokit: unknown, waits: number) => {
    const { method, url } = options as { method: string; url: string }
    const isWorthIt = waits < mostWaits && seconds <= longestWait
    progress(`GitHub: ${what} reached at ${method} ${url}; ${isWorthIt ? `waiting ${seconds} s, as it asks` : `not waiting ${seconds} s`}.`)
    return isWorthIt
  }
  const throttle = { onRateLimit: wait('rate limit'), onSecondaryRateLimit: wait('secondary rate limit') }
  const log = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} }
  return getOctokit(token, { throttle, log }, retry, throttling)
}
