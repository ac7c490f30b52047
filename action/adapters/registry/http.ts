import type { IncomingMessage, RequestOptions } from 'node:http'

/** What a registry is asked. */
export interface RegistryRequest {
  readonly method?: 'GET' | 'HEAD' | 'POST' | 'PUT' | 'DELETE'
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string
}

/** What a registry answered, with its body read. */
export interface RegistryAnswer {
  readonly status: number
  /** By name in small letters. */
  readonly headers: ReadonlyMap<string, string>
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
const mostRedirects = 5

/**
 * Sends a request, and again when the registry is busy (429), broken (5xx) or out of reach: after 0.5, 1, 2 and 4 s, or when
 * `Retry-After` says. Throws a RegistryError when it stays so. Every request here may be repeated: they name content by its digest.
 */
export async function exchange(url: string, request: RegistryRequest, { sleep }: Clock): Promise<RegistryAnswer> {
  const what = `${request.method ?? 'GET'} ${withoutQuery(url)}`
  for (let attempt = 1; ; attempt++) {
    const outcome = await send(url, request)
    const isLast = attempt === attempts
    if ('answer' in outcome) {
      const { status, headers } = outcome.answer
      if (status !== 429 && status < 500) return outcome.answer
      if (isLast) throw new RegistryError(`${what} answered ${status} ${attempts} times`, status)
      await sleep(waitOf(headers.get('retry-after'), attempt))
    } else {
      if (isLast) throw new RegistryError(`${what} failed ${attempts} times: ${outcome.problem}`)
      await sleep(waitOf(undefined, attempt))
    }
  }
}

/** Whether anything answers a request within a time, whatever the answer is. Nothing of it is left under way afterwards. */
export function responds(url: string, request: RegistryRequest, milliseconds: number): Promise<boolean> {
  return ask(url, request, AbortSignal.timeout(milliseconds)).then(
    () => true,
    () => false,
  )
}

async function send(url: string, request: RegistryRequest): Promise<{ answer: RegistryAnswer } | { problem: string }> {
  const signal = AbortSignal.timeout(answerWithin)
  try {
    return { answer: await follow(url, request, signal) }
  } catch (error) {
    const { message, code } = error as NodeJS.ErrnoException
    return { problem: signal.aborted ? `no answer within ${answerWithin / 1000} s` : (code ?? message) }
  }
}

// Blobs lie elsewhere, behind an address that is signed; the login is the registry's alone.
async function follow(url: string, request: RegistryRequest, signal: AbortSignal): Promise<RegistryAnswer> {
  const { method = 'GET', headers: { authorization: _, ...others } = {} } = request
  for (let address = url, hops = 0; ; hops++) {
    const isElsewhere = new URL(address).origin !== new URL(url).origin
    const answer = await ask(address, isElsewhere ? { ...request, headers: others } : request, signal)
    const location = answer.headers.get('location')
    const isRedirect = answer.status >= 300 && answer.status < 400 && location !== undefined
    if (!isRedirect || hops === mostRedirects || (method !== 'GET' && method !== 'HEAD')) return answer
    address = new URL(location, address).href
  }
}

// Not by `fetch`: to load it takes as long as forty questions.
async function ask(url: string, { method = 'GET', headers, body }: RegistryRequest, signal: AbortSignal): Promise<RegistryAnswer> {
  const { request } = await (url.startsWith('https:') ? import('node:https') : import('node:http'))
  const options: RequestOptions = { method, headers: { 'user-agent': 'nself-build', ...headers }, signal }
  const response = await new Promise<IncomingMessage>((resolve, reject) => {
    request(url, options, resolve).on('error', reject).end(body)
  })
  let text = ''
  for await (const part of response.setEncoding('utf8')) text += part
  const answered = Object.entries(response.headers).flatMap(([name, value]): [string, string][] =>
    value === undefined ? [] : [[name, Array.isArray(value) ? value.join(', ') : value]],
  )
  return { status: response.statusCode ?? 0, headers: new Map(answered), body: text }
}

function waitOf(retryAfter: string | undefined, attempt: number): number {
  const seconds = Number(retryAfter)
  const asked = retryAfter === undefined ? 0 : Number.isFinite(seconds) ? seconds * 1000 : Date.parse(retryAfter) - Date.now()
  return asked > 0 ? Math.min(asked, longestWait) : 250 * 2 ** attempt
}

// Tokens may stand in the query of a redirected address.
function withoutQuery(url: string): string {
  return url.split('?')[0] ?? url
}
