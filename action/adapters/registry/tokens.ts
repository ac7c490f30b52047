import { parseReference, type Reference } from '../../images/reference.ts'
import { authorize, type Challenge, type Credentials, readChallenge, refusedLogin } from './authorize.ts'
import { type Clock, exchange, type RegistryAnswer, type RegistryError } from './http.ts'
import { insecureHost, originOf, scopeOf } from './protocol.ts'

/** The logins of a run: one token per registry and scope, or one for many scopes. */
export interface Tokens {
  /** The value of `Authorization` for a scope, as far as one is known. Rejects when the registry cannot be asked for one. */
  readonly find: (origin: string, scope: string) => Promise<string | undefined>
  /** Gets a token of its own for a scope whose question was refused; false when a login would change nothing. */
  readonly renew: (origin: string, registry: string, scope: string, refusal: RegistryAnswer) => Promise<boolean>
  /** Gets one token for many repositories. Never rejects: what fails says so to each question that needs it. */
  readonly announce: (repositories: readonly string[], actions: 'pull' | 'pull,push') => Promise<void>
  /** What to say when a question is refused with a new token, too. */
  readonly refusal: (origin: string, registry: string) => RegistryError
}

// As many as fit into an address of a few kilobytes.
const scopesPerToken = 40

export function createTokens(credentials: (registry: string) => Credentials | undefined, clock: Clock): Tokens {
  const tokens = new Map<string, Promise<string | undefined>>()
  /** Those of them that are one for many scopes. */
  const shared = new Set<string>()
  const challenges = new Map<string, Promise<Challenge | undefined>>()

  const keyOf = (origin: string, scope: string) => `${origin} ${scope}`
  // A mirror gets its own credentials, never those of the registry that it mirrors.
  const credentialsFor = (origin: string, registry: string) => credentials(origin === originOf(registry) ? registry : new URL(origin).host)

  async function renew(origin: string, registry: string, scope: string, { status, headers }: RegistryAnswer): Promise<boolean> {
    const key = keyOf(origin, scope)
    // There was no token yet, or it has expired; or it was one for many, of which this registry does not think much.
    const isShared = status === 403 && shared.delete(key)
    if (status !== 401 && !isShared) return false
    const challenge = isShared ? await challengeOf(origin) : readChallenge(headers.get('www-authenticate') ?? '')
    if (challenge === undefined) return false
    const token = authorize(challenge, [scope], credentialsFor(origin, registry), insecureHost(origin), clock)
    tokens.set(key, token)
    token.catch(() => tokens.delete(key))
    return true
  }

  async function announce(repositories: readonly string[], actions: 'pull' | 'pull,push'): Promise<void> {
    const all = repositories.map(parseReference)
    const registries = [...new Set(all.map(({ registry }) => registry))]
    const logins = registries.flatMap((registry) => logIn(registry, scopesOf(all, registry, actions)))
    await Promise.allSettled(logins)
  }

  // Requests that come meanwhile wait for the token. Where one for all is refused, each repository asks for its own.
  function logIn(registry: string, scopes: readonly string[]): Promise<string | undefined>[] {
    const origin = originOf(registry)
    const starts = scopes.flatMap((_, index) => (index % scopesPerToken === 0 ? [index] : []))
    return starts.map((start) => {
      const some = scopes.slice(start, start + scopesPerToken)
      const token = challengeOf(origin)
        .then((challenge) => challenge && authorize(challenge, some, credentialsFor(origin, registry), insecureHost(origin), clock))
        .catch((error: RegistryError) => {
          if (error.status === 401 || error.status === 403) return undefined
          throw error
        })
      for (const scope of some) {
        tokens.set(keyOf(origin, scope), token)
        shared.add(keyOf(origin, scope))
      }
      return token
    })
  }

  // Asked once: a registry does not change its mind within a run.
  function challengeOf(origin: string): Promise<Challenge | undefined> {
    const known = challenges.get(origin)
    if (known !== undefined) return known
    const challenge = exchange(`${origin}/v2/`, {}, clock).then(({ status, headers }) =>
      status === 401 ? readChallenge(headers.get('www-authenticate') ?? '') : undefined,
    )
    challenges.set(origin, challenge)
    return challenge
  }

  return {
    find: async (origin, scope) => tokens.get(keyOf(origin, scope)),
    renew,
    announce,
    refusal: (origin, registry) => refusedLogin(new URL(origin).host, credentialsFor(origin, registry), 401),
  }
}

function scopesOf(all: readonly Reference[], registry: string, actions: string): string[] {
  const own = all.filter((reference) => reference.registry === registry)
  return [...new Set(own.map(({ repository }) => scopeOf(repository, actions)))]
}
