/** What a registry answered, with its body read. */
export interface RegistryAnswer {
  readonly status: number
  readonly headers: Headers
  readonly body: string
}

/** One exchange with a registry could not be completed; says what was tried, and how it ended. */
export class RegistryError extends Error {
  readonly status: number | undefined
  constructor(message: string, status?: number) {
    super(message)
    this.name = 'RegistryError'
    this.status = status
  }
}

export interface Clock {
  readonly sleep: (milliseconds: number) => Promise<void>
}

const attempts = 5
const answerWithin = 30_000
const longestWait = 60_000

/**
 * Sends a request, and again when the registry is busy (429), broken (5xx) or out of reach: after 0.5, 1, 2 and 4 s, or when
 * `Retry-After` says. Throws a RegistryError when it stays so. Every request here may be repeated: they name content by its digest.
 */
export async function exchange(url: string, init: RequestInit, { sleep }: Clock): Promise<RegistryAnswer> {
  const what = `${init.method ?? 'GET'} ${withoutQuery(url)}`
  for (let attempt = 1; ; attempt++) {
    const outcome = await send(url, init)
    const isLast = attempt === attempts
    if ('answer' in outcome) {
      const { status, headers } = outcome.answer
      if (status !== 429 && status < 500) return outcome.answer
      if (isLast) throw new RegistryError(`${what} answered ${status} ${attempts} times`, status)
      await sleep(waitOf(headers.get('retry-after'), attempt))
    } else {
      if (isLast) throw new RegistryError(`${what} failed ${attempts} times: ${outcome.problem}`)
      await sleep(waitOf(null, attempt))
    }
  }
}

async function send(url: string, init: RequestInit): Promise<{ answer: RegistryAnswer } | { problem: string }> {
  try {
    const response = await fetch(url, { ...init, signal: AbortSignal.timeout(answerWithin) })
    return { answer: { status: response.status, headers: response.headers, body: await response.text() } }
  } catch (error) {
    const { message, cause } = error as Error & { cause?: { code?: string; message?: string } }
    return { problem: cause?.code ?? cause?.message ?? message }
  }
}

function waitOf(retryAfter: string | null, attempt: number): number {
  const seconds = Number(retryAfter)
  const asked = retryAfter === null ? 0 : Number.isFinite(seconds) ? seconds * 1000 : Date.parse(retryAfter) - Date.now()
  return asked > 0 ? Math.min(asked, longestWait) : 250 * 2 ** attempt
}

// Tokens may stand in the query of a redirected address.
function withoutQuery(url: string): string {
  return url.split('?')[0] ?? url
}
