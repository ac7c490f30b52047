import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { type AddressInfo, createServer as createSocket } from 'node:net'
import { createEmulator, type Emulator } from 'emulate'

export interface Request {
  readonly method: string
  readonly path: string
  // biome-ignore lint/suspicious/noExplicitAny: whatever a client sends.
  readonly body: any
}

export interface Answer {
  readonly status: number
  // biome-ignore lint/suspicious/noExplicitAny: whatever a server answers.
  readonly body: any
  readonly headers?: Record<string, string>
}

/** Answers a request in place of GitHub, or lets it pass. */
export type Fault = (request: Request) => Answer | undefined | Promise<Answer | undefined>

export interface RepositoryFile {
  readonly content: string | Buffer
  readonly executable?: boolean
}

export type Files = Readonly<Record<string, string | Buffer | RepositoryFile>>

const repository = '/repos/acme/shop'

/** acme/shop on a GitHub that runs here: the emulator, and before it what the emulator lacks of pull requests. */
export class FakeGitHub implements AsyncDisposable {
  readonly url: string
  readonly requests: Request[] = []
  faults: Fault[] = []
  /** Whose token it is, as far as pull requests show. */
  author = 'acme'
  /** Whether it signs commits, as it does for the token of a job or an app. */
  signs = true
  readonly #server: Server
  readonly #emulator: Emulator

  private constructor(server: Server, emulator: Emulator) {
    this.#server = server
    this.#emulator = emulator
    this.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  }

  /** Starts one whose branch main holds `files`. */
  static async start(files: Files): Promise<FakeGitHub> {
    const seed = {
      tokens: { token: { login: 'acme', scopes: ['repo'] } },
      github: {
        users: [{ login: 'acme', name: 'Acme', email: 'acme@example.com' }],
        repos: [{ owner: 'acme', name: 'shop', auto_init: true }],
      },
    }
    const emulator = await createEmulator({ service: 'github', port: await freePort(), seed })
    const server = createServer()
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const github = new FakeGitHub(server, emulator as Emulator)
    server.on('request', (request, response) => void github.#answer(request, response))
    // Its own first commit has a file that is not ours.
    await github.commit('main', { 'README.md': null, ...files })
    github.requests.length = 0
    return github
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#server.closeAllConnections()
    await new Promise((resolve) => this.#server.close(resolve))
    await this.#emulator.close()
  }

  /** The requests that changed something, as `POST git/trees`, and forgets them. */
  takeWrites(): string[] {
    const writes = this.requests.filter(({ method }) => method !== 'GET')
    this.requests.length = 0
    return writes.map(({ method, path }) => `${method} ${path.replace(`${repository}/`, '').replace(/\?.*/, '')}`)
  }

  /** A request past the recording and the faults. */
  async api(method: string, path: string, body?: unknown): Promise<Answer> {
    return this.#handle({ method, path: `${repository}/${path}`, body })
  }

  /** The commit that a branch points to; `undefined` when there is none. */
  async head(branch: string): Promise<string | undefined> {
    const { status, body } = await this.#emulate('GET', `${repository}/git/ref/heads/${branch}`)
    return status === 200 ? body.object.sha : undefined
  }

  /** Commits files (`null` deletes one) on a branch, as a person does with git. */
  async commit(
    branch: string,
    files: Readonly<Record<string, string | Buffer | RepositoryFile | null>>,
    message = 'By hand',
  ): Promise<string> {
    const parent = await this.head(branch)
    const { body: last } = await this.#emulate('GET', `${repository}/git/commits/${parent}`)
    const tree: object[] = []
    for (const [path, file] of Object.entries(files)) tree.push(await this.#entry(path, file))
    const made = await this.#write('POST', 'git/trees', { base_tree: last.tree.sha, tree })
    return this.pushCommit(branch, made.sha, [parent as string], message)
  }

  /** Makes a commit and moves a branch to it. */
  async pushCommit(branch: string, tree: string, parents: readonly string[], message: string): Promise<string> {
    const commit = await this.#write('POST', 'git/commits', { message, tree, parents })
    await this.move(branch, commit.sha)
    return commit.sha
  }

  async move(branch: string, sha: string): Promise<void> {
    if ((await this.head(branch)) === undefined) await this.#write('POST', 'git/refs', { ref: `refs/heads/${branch}`, sha })
    else await this.#write('PATCH', `git/refs/heads/${branch}`, { sha, force: true })
  }

  /** Path → mode and hash of what a branch or commit has. */
  async entries(reference: string): Promise<Map<string, { mode: string; sha: string }>> {
    const sha = (await this.head(reference)) ?? reference
    const { body: commit } = await this.#emulate('GET', `${repository}/git/commits/${sha}`)
    const { body: tree } = await this.#emulate('GET', `${repository}/git/trees/${commit.tree.sha}?recursive=1`)
    const entries = tree.tree.filter(({ type }: { type: string }) => type === 'blob')
    return new Map(entries.map(({ path, mode, sha: blob }: Record<string, string>) => [path, { mode, sha: blob }] as const))
  }

  /** The text of a file of a branch or commit; '' when there is none. */
  async text(reference: string, path: string): Promise<string> {
    const entry = (await this.entries(reference)).get(path)
    return entry === undefined ? '' : (await this.#blob(entry.sha)).toString('utf8')
  }

  /** Path → mode and content of a branch or commit. */
  async files(reference: string): Promise<Map<string, { mode: string; content: Buffer }>> {
    const files = new Map<string, { mode: string; content: Buffer }>()
    for (const [path, { mode, sha }] of await this.entries(reference)) files.set(path, { mode, content: await this.#blob(sha) })
    return files
  }

  async #blob(sha: string): Promise<Buffer> {
    const { body } = await this.#emulate('GET', `${repository}/git/blobs/${sha}`)
    return Buffer.from(body.content, body.encoding)
  }

  /** Merges a pull request in one of GitHub's three ways. The base must be where the branch began. */
  async merge(number: number, method: 'merge' | 'squash' | 'rebase'): Promise<void> {
    const { body: pull } = await this.api('GET', `pulls/${number}`)
    const { ref: base } = pull.base
    const parent = (await this.head(base)) as string
    const head = (await this.#emulate('GET', `${repository}/git/commits/${pull.head.sha}`)).body
    if (method === 'merge') await this.pushCommit(base, head.tree.sha, [parent, head.sha], `Merge pull request #${number}`)
    if (method === 'squash') await this.pushCommit(base, head.tree.sha, [parent], `${pull.title} (#${number})\n\n${head.message}`)
    if (method === 'rebase') await this.pushCommit(base, head.tree.sha, [parent], head.message)
    await this.#patchPull(number, { state: 'closed', merged_at: '2026-01-01T00:00:00Z' })
  }

  readonly #merged = new Map<number, string>()
  readonly #heads = new Map<number, string>()

  async #patchPull(number: number, changes: { state: 'closed'; merged_at?: string }): Promise<void> {
    const { body: pull } = await this.api('GET', `pulls/${number}`)
    this.#heads.set(number, pull.head.sha)
    if (changes.merged_at !== undefined) this.#merged.set(number, changes.merged_at)
    await this.#emulate('PATCH', `${repository}/pulls/${number}`, { state: 'closed' })
  }

  async #entry(path: string, file: string | Buffer | RepositoryFile | null) {
    if (file === null) return { path, mode: '100644', type: 'blob', sha: null }
    const { content, executable = false } = typeof file === 'string' || Buffer.isBuffer(file) ? { content: file } : file
    const blob = await this.#write('POST', 'git/blobs', { content: Buffer.from(content).toString('base64'), encoding: 'base64' })
    return { path, mode: executable ? '100755' : '100644', type: 'blob', sha: blob.sha }
  }

  async #write(method: string, path: string, body: unknown) {
    const answer = await this.#emulate(method, `${repository}/${path}`, body)
    if (answer.status >= 300) throw new Error(`${method} ${path}: ${answer.status} ${JSON.stringify(answer.body)}`)
    return answer.body
  }

  async #answer(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
    const chunks: Buffer[] = []
    for await (const chunk of incoming) chunks.push(chunk)
    const text = Buffer.concat(chunks).toString('utf8')
    const request = {
      method: incoming.method ?? 'GET',
      path: decodeURIComponent(incoming.url ?? '/'),
      body: text === '' ? undefined : JSON.parse(text),
    }
    this.requests.push(request)
    let answer: Answer | undefined
    for (const fault of this.faults) answer ??= await fault(request)
    answer ??= await this.#inTurn(request)
    outgoing.writeHead(answer.status, { 'content-type': 'application/json', ...answer.headers })
    outgoing.end(answer.body === undefined ? '' : JSON.stringify(answer.body))
  }

  #last: Promise<unknown> = Promise.resolve()

  // Writes one after the other, as GitHub's own checks see them.
  #inTurn(request: Request): Promise<Answer> {
    if (request.method === 'GET') return this.#handle(request)
    const answer = this.#last.then(() => this.#handle(request))
    this.#last = answer.catch(() => {})
    return answer
  }

  // What GitHub does with pull requests and the emulator does not.
  async #handle({ method, path, body }: Request): Promise<Answer> {
    if (method === 'POST' && path === `${repository}/pulls`)
      return (await this.#refusePull(body)) ?? this.#asGitHub(await this.#emulate(method, path, body))
    if (method === 'PATCH' && path.startsWith(`${repository}/pulls/`) && (body?.body?.length ?? 0) > 65_536)
      return invalid('body is too long (maximum is 65536 characters)')
    const deleted = method === 'DELETE' ? /\/git\/refs\/heads\/(.+)$/.exec(path)?.[1] : undefined
    if (deleted !== undefined) await this.#closePullsOf(deleted)
    return this.#asGitHub(await this.#emulate(method, path, body))
  }

  async #refusePull({ head, base, body }: { head: string; base: string; body: string }): Promise<Answer | undefined> {
    if (body.length > 65_536) return invalid('body is too long (maximum is 65536 characters)')
    if ((await this.head(head)) === undefined)
      return invalid('Validation Failed: {"resource":"PullRequest","field":"head","code":"invalid"}')
    const { body: open } = await this.#emulate('GET', `${repository}/pulls?state=open&head=acme:${head}&base=${base}`)
    if (open.length > 0) return invalid(`Validation Failed: {"message":"A pull request already exists for acme:${head}."}`)
    const { body: comparison } = await this.#emulate('GET', `${repository}/compare/${base}...${head}`)
    if (comparison.ahead_by === 0) return invalid(`Validation Failed: {"message":"No commits between ${base} and ${head}"}`)
    return undefined
  }

  async #closePullsOf(branch: string): Promise<void> {
    const { body: open } = await this.api('GET', `pulls?state=open&head=acme:${branch}`)
    for (const { number } of open) await this.#patchPull(number, { state: 'closed' })
  }

  // Heads follow their branch while the pull request is open; commits without an author of their own are signed.
  async #asGitHub(answer: Answer): Promise<Answer> {
    const pull = async (value: { number: number; state: string; head: { ref: string; sha: string } }) => ({
      ...value,
      user: { login: this.author },
      merged_at: this.#merged.get(value.number) ?? null,
      head: {
        ...value.head,
        sha: value.state === 'open' ? await this.head(value.head.ref) : (this.#heads.get(value.number) ?? value.head.sha),
      },
    })
    const isPull = (value: unknown) => typeof value === 'object' && value !== null && 'maintainer_can_modify' in value && 'head' in value
    const { body } = answer
    if (Array.isArray(body) && body.some((each) => each?.head?.ref !== undefined))
      return { ...answer, body: await Promise.all(body.map(pull)) }
    if (body?.head?.ref !== undefined && (isPull(body) || body.number !== undefined)) return { ...answer, body: await pull(body) }
    if (body?.verification !== undefined)
      return { ...answer, body: { ...body, verification: { verified: this.signs, reason: this.signs ? 'valid' : 'unsigned' } } }
    return answer
  }

  // A kept connection may be closed by the emulator just when it is used again.
  async #fetch(path: string, init: RequestInit, attempts = 3): Promise<Response> {
    try {
      return await fetch(this.#emulator.url + path, init)
    } catch (error) {
      if (attempts === 0) throw error
      return this.#fetch(path, init, attempts - 1)
    }
  }

  async #emulate(method: string, path: string, body?: unknown): Promise<Answer> {
    const response = await this.#fetch(encodeURI(path), {
      method,
      headers: { authorization: 'token token' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    const text = await response.text()
    return { status: response.status, body: text === '' ? undefined : JSON.parse(text) }
  }
}

function invalid(message: string): Answer {
  return { status: 422, body: { message } }
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const socket = createSocket().listen(0, '127.0.0.1', () => {
      const { port } = socket.address() as AddressInfo
      socket.close(() => resolve(port))
    })
  })
}
