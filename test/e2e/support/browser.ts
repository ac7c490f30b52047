import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

/** What a browser makes of an address. */
export interface Visit {
  /** Why no page came, such as `net::ERR_CERT_AUTHORITY_INVALID`. */
  readonly failure: string | undefined
  readonly status: number
  /** `secure` is the padlock without a warning. */
  readonly security: string
}

/** A headless Chromium that finds every name on this machine. */
export interface Browser extends AsyncDisposable {
  visit(url: string): Promise<Visit>
}

const programs = ['chromium', 'chromium-browser', 'google-chrome']

/** The Chromium of this machine; `undefined` where there is none. */
export const browserProgram = programs.find((name) => spawnSync('sh', ['-c', `command -v ${name}`]).status === 0)

/** Starts one whose own list of certificates, settings and profile lie in `home`. */
export async function startBrowser(home: string): Promise<Browser> {
  const profile = mkdtempSync(join(home, 'profile-'))
  const flags = [
    ...['--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking'],
    ...['--disable-component-update', '--disable-sync', '--remote-debugging-port=0', `--user-data-dir=${profile}`],
    '--host-resolver-rules=MAP * 127.0.0.1',
  ]
  const browser = spawn(browserProgram as string, [...flags, 'about:blank'], {
    env: { PATH: process.env.PATH, HOME: home },
    stdio: 'ignore',
  })
  try {
    const port = await debuggingPort(join(profile, 'DevToolsActivePort'))
    const targets = (await (await fetch(`http://127.0.0.1:${port}/json/list`)).json()) as { type: string; webSocketDebuggerUrl: string }[]
    const page = await Page.open(targets.find(({ type }) => type === 'page')?.webSocketDebuggerUrl as string)
    return { visit: (url) => page.visit(url), [Symbol.asyncDispose]: () => stop(browser) }
  } catch (error) {
    await stop(browser)
    throw error
  }
}

async function debuggingPort(file: string): Promise<string> {
  for (let attempt = 0; attempt < 150; attempt++) {
    const [port = ''] = existsSync(file) ? readFileSync(file, 'utf8').split('\n') : []
    if (port !== '') return port
    await sleep(200)
  }
  throw new Error('the browser does not start')
}

async function stop(browser: ChildProcess): Promise<void> {
  if (browser.exitCode !== null) return
  const ended = once(browser, 'exit')
  browser.kill()
  await ended
}

interface Message {
  readonly id?: number
  readonly method?: string
  readonly params?: unknown
  readonly result?: Record<string, unknown>
}

/** One tab, by Chromium's DevTools protocol. */
class Page {
  private last = 0
  private readonly listeners = new Set<(message: Message) => void>()
  private readonly socket: WebSocket

  private constructor(socket: WebSocket) {
    this.socket = socket
    socket.addEventListener('message', ({ data }) => {
      const message = JSON.parse(data as string) as Message
      for (const listener of this.listeners) listener(message)
    })
  }

  static async open(address: string): Promise<Page> {
    const socket = new WebSocket(address)
    await once(socket, 'open')
    const page = new Page(socket)
    for (const domain of ['Page', 'Network']) await page.send(`${domain}.enable`)
    return page
  }

  /** Opens an address and waits until the page, or the reason why there is none, is there. */
  async visit(url: string): Promise<Visit> {
    const answered = this.next<{ response: { url: string; status: number; securityState: string } }>(
      'Network.responseReceived',
      ({ response }) => response.url === url,
    )
    const { errorText } = await this.send('Page.navigate', { url })
    if (errorText !== undefined) return { failure: String(errorText), status: 0, security: 'none' }
    const { status, securityState } = (await answered).response
    return { failure: undefined, status, security: securityState }
  }

  private send(method: string, params: object = {}): Promise<Record<string, unknown>> {
    const id = ++this.last
    const answer = this.wait((message) => (message.id === id ? (message.result ?? {}) : undefined))
    this.socket.send(JSON.stringify({ id, method, params }))
    return answer
  }

  private next<T>(method: string, suits: (params: T) => boolean): Promise<T> {
    return this.wait((message) => (message.method === method && suits(message.params as T) ? (message.params as T) : undefined))
  }

  private wait<T>(read: (message: Message) => T | undefined): Promise<T> {
    return new Promise((resolve) => {
      const listener = (message: Message) => {
        const found = read(message)
        if (found === undefined) return
        this.listeners.delete(listener)
        resolve(found)
      }
      this.listeners.add(listener)
    })
  }
}
