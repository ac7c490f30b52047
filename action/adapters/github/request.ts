import { ApiProblem } from '../../pull-request/failures.ts'

/** Runs a request; what goes wrong becomes an `ApiProblem` that says what was tried. */
export async function call<T>(what: string, request: () => Promise<T>): Promise<T> {
  try {
    return await request()
  } catch (error) {
    const { message, response, cause } = error as Error & { response?: { headers?: Record<string, string | undefined> } }
    const headers = response?.headers ?? {}
    throw new ApiProblem(what, {
      status: statusOf(error),
      message: message || String((cause as Error | undefined)?.message ?? error),
      needed: headers['x-accepted-github-permissions'],
      remaining: headers['x-ratelimit-remaining'],
    })
  }
}

/** The HTTP status of what a request threw; nothing when there was no answer. */
export function statusOf(error: unknown): number | undefined {
  const { status } = error as { status?: unknown }
  return typeof status === 'number' ? status : undefined
}

/** Nothing for what is not found. */
export async function optional<T>(request: Promise<T>): Promise<T | undefined> {
  try {
    return await request
  } catch (error) {
    if (error instanceof ApiProblem && error.status === 404) return undefined
    throw error
  }
}

/** False when the request was refused (422) for the expected reason. */
export async function unless(expected: RegExp, request: Promise<unknown>): Promise<boolean> {
  try {
    await request
    return true
  } catch (error) {
    if (error instanceof ApiProblem && error.status === 422 && expected.test(error.message)) return false
    throw error
  }
}
