import pLimit from 'p-limit'
import { parseReference, type Reference, targetOf } from '../../images/reference.ts'
import { explainRefusal } from '../../images/refusals.ts'
import type { Credentials } from './authorize.ts'
import { type Clock, exchange, type RegistryAnswer, RegistryError, type RegistryRequest, responds } from './http.ts'
import { manifestTypes, originOf, scopeOf } from './protocol.ts'
import { createTokens } from './tokens.ts'

export interface Manifest {
  readonly mediaType: string
  readonly digest: string
  readonly text: string
}

/** A registry's HTTP API, as far as images are looked up and tagged with it. All methods throw RegistryError. */
export interface RegistryClient {
  /** Logs in once for many repositories, where a registry wants it; without it each repository costs two requests more. Never rejects. */
  readonly announce: (repositories: readonly string[], actions: 'pull' | 'pull,push') => Promise<void>
  /** The digest that a tag points to; nothing when there is no such tag or repository. One HEAD. */
  readonly digestOf: (reference: string) => Promise<string | undefined>
  /** Whether the registry answers a question for a tag within a time, with whatever it may be. */
  readonly answers: (reference: string, milliseconds: number) => Promise<boolean>
  readonly manifest: (reference: string) => Promise<Manifest | undefined>
  readonly blob: (repository: string, digest: string) => Promise<string>
  /** Why nothing can be pushed to a repository; nothing when it can. An upload is opened and dropped. */
  readonly pushProblem: (repository: string) => Promise<string | undefined>
  /** Makes `tag` point to a manifest of the same repository. */
  readonly tag: (repository: string, tag: string, manifest: Pick<Manifest, 'mediaType' | 'text'>) => Promise<void>
}

interface Options extends Clock {
  readonly credentials: (registry: string) => Credentials | undefined
  /** Registries asked before Docker Hub, as the Engine does: `http://127.0.0.1:5000`. */
  readonly mirrors: () => Promise<readonly string[]>
}

// Enough to hide a round trip of 100 ms behind others, few enough for a registry on a small machine.
const requestsAtOnce = 16

/** Makes a client that keeps one token per registry and scope. */
export function createRegistryClient(options: Options): RegistryClient {
  const limit = pLimit(requestsAtOnce)
  const tokens = createTokens(options.credentials, options)

  async function request(
    origin: string,
    reference: Reference,
    actions: string,
    path: string,
    asked: RegistryRequest,
  ): Promise<RegistryAnswer> {
    const scope = scopeOf(reference.repository, actions)
    const url = `${origin}/v2/${reference.repository}/${path}`
    const send = async () => {
      const token = await tokens.find(origin, scope)
      const login = token === undefined ? {} : { authorization: token }
      return limit(() => exchange(url, { ...asked, headers: { ...asked.headers, ...login } }, options))
    }
    const first = await send()
    if (!(await tokens.renew(origin, reference.registry, scope, first))) return first
    const second = await send()
    if (second.status === 401) throw tokens.refusal(origin, reference.registry)
    return second
  }

  async function find(text: string, method: 'GET' | 'HEAD'): Promise<RegistryAnswer | undefined> {
    const reference = parseReference(text)
    for (const origin of await origins(reference)) {
      const isMirror = origin !== originOf(reference.registry)
      const answer = await request(origin, reference, 'pull', `manifests/${targetOf(reference)}`, {
        method,
        headers: { accept: manifestTypes },
      }).catch((error: RegistryError) => {
        if (isMirror) return undefined
        throw error
      })
      if (answer?.status === 200) return answer
      // Docker Hub and GHCR answer 401 and 403 for what does not exist, too.
      if (isMirror || answer === undefined || answer.status === 404) continue
      throw new RegistryError(`${text}: the registry answered ${answer.status}`, answer.status)
    }
    return undefined
  }

  async function origins({ registry }: Reference): Promise<string[]> {
    return [...(registry === 'docker.io' ? await options.mirrors() : []), originOf(registry)]
  }

  return {
    announce: tokens.announce,
    digestOf: async (text) => {
      const answer = await find(text, 'HEAD')
      const digest = answer?.headers.get('docker-content-digest')
      if (answer !== undefined && digest === undefined) return (await find(text, 'GET'))?.headers.get('docker-content-digest')
      return digest
    },
    answers: async (text, milliseconds) => {
      const reference = parseReference(text)
      const origin = originOf(reference.registry)
      const authorization = await tokens.find(origin, scopeOf(reference.repository, 'pull')).catch(() => undefined)
      const headers = { accept: manifestTypes, ...(authorization === undefined ? {} : { authorization }) }
      const url = `${origin}/v2/${reference.repository}/manifests/${targetOf(reference)}`
      return limit(() => responds(url, { method: 'HEAD', headers }, milliseconds))
    },
    manifest: async (text) => {
      const answer = await find(text, 'GET')
      if (answer === undefined) return undefined
      const digest = answer.headers.get('docker-content-digest') ?? ''
      return { mediaType: answer.headers.get('content-type') ?? '', digest, text: answer.body }
    },
    blob: async (repository, digest) => {
      const reference = parseReference(repository)
      const { status, body } = await request(originOf(reference.registry), reference, 'pull', `blobs/${digest}`, {})
      if (status !== 200) throw new RegistryError(`${repository}@${digest}: the registry answered ${status}`, status)
      return body
    },
    pushProblem: async (repository) => {
      const reference = parseReference(repository)
      const origin = originOf(reference.registry)
      const answer = await request(origin, reference, 'pull,push', 'blobs/uploads/', { method: 'POST' }).catch(
        (error: RegistryError) => error,
      )
      if (answer instanceof RegistryError) return explainRefusal(reference, answer.status, answer.message)
      if (answer.status !== 202) return explainRefusal(reference, answer.status, answer.body.slice(0, 200))
      const location = new URL(answer.headers.get('location') ?? '', origin)
      const upload = location.pathname.slice(`/v2/${reference.repository}/`.length) + location.search
      // It would expire anyway: nobody waits for it.
      void request(origin, reference, 'pull,push', upload, { method: 'DELETE' }).catch(() => {})
      return undefined
    },
    tag: async (repository, tag, { mediaType, text }) => {
      const reference = parseReference(repository)
      const { status, body } = await request(originOf(reference.registry), reference, 'pull,push', `manifests/${tag}`, {
        method: 'PUT',
        headers: { 'content-type': mediaType },
        body: text,
      })
      if (status === 201) return
      const isRefused = status === 401 || status === 403
      const problem = isRefused ? explainRefusal(reference, status, '') : body.slice(0, 200)
      throw new RegistryError(`${repository}:${tag} could not be set (${status}): ${problem}`, status)
    },
  }
}
