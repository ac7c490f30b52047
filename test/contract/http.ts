import { type Answer, call } from '../e2e/support/http.ts'
import { type Container, sleep } from './subject.ts'

export interface Reply extends Answer {
  // biome-ignore lint/suspicious/noExplicitAny: bodies are what is under test
  readonly json: any
}

/** One request to a container. */
export async function ask(
  container: Container,
  method: string,
  path: string,
  options: { json?: unknown; body?: string; headers?: Record<string, string> } = {},
): Promise<Reply> {
  const answer = await send(container, method, path, options)
  return { ...answer, json: parse(answer.text) }
}

async function send(
  { host, port }: Container,
  method: string,
  path: string,
  { json, body, headers = {} }: { json?: unknown; body?: string; headers?: Record<string, string> },
): Promise<Answer> {
  return call({
    address: host,
    host: `${host}:${port}`,
    port,
    method,
    path,
    headers,
    ...(json === undefined ? {} : { json }),
    ...(body === undefined ? {} : { body }),
  })
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** Waits until a path answers 200; returns the milliseconds since `start`. */
export async function waitFor(container: Container, path: string, seconds: number, start = Date.now()): Promise<number> {
  for (;;) {
    const status = await ask(container, 'GET', path).then(
      (reply) => reply.status,
      () => 0,
    )
    if (status === 200) return Date.now() - start
    if (Date.now() - start > seconds * 1000)
      throw new Error(`${path} did not answer 200 within ${seconds} s (last: ${status || 'no connection'})`)
    await sleep(50)
  }
}
