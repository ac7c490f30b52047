import { type Clock, exchange, RegistryError } from './http.ts'

export interface Credentials {
  readonly username: string
  readonly password: string
}

/** What a `WWW-Authenticate` header asks for. */
export interface Challenge {
  readonly scheme: 'basic' | 'bearer'
  readonly parameters: Readonly<Record<string, string>>
}

/** Reads the first challenge that we can meet (RFC 9110, section 11; the Bearer form is distribution's token protocol). */
export function readChallenge(header: string): Challenge | undefined {
  const match = /\b(basic|bearer)\s+(.*)$/i.exec(header)
  if (match === null) return undefined
  const [, scheme = '', rest = ''] = match
  const parameters = Object.fromEntries([...rest.matchAll(/(\w+)="([^"]*)"/g)].map(([, name, value]) => [name, value]))
  return { scheme: scheme.toLowerCase() as Challenge['scheme'], parameters }
}

/** Meets a challenge: the value of the `Authorization` header. Throws when the registry gives no token. */
export async function authorize(
  challenge: Challenge,
  scopes: readonly string[],
  credentials: Credentials | undefined,
  insecureHost: string | undefined,
  clock: Clock,
): Promise<string> {
  const basic = credentials === undefined ? undefined : `Basic ${btoa(`${credentials.username}:${credentials.password}`)}`
  if (challenge.scheme === 'basic') {
    if (basic === undefined) throw refusedLogin('the registry', undefined, 401)
    return basic
  }
  const realm = new URL(challenge.parameters.realm ?? '')
  // Credentials go over plain HTTP only to the machine itself.
  if (realm.protocol !== 'https:' && realm.hostname !== insecureHost)
    throw new RegistryError(`it wants the password sent to ${realm.origin}, which is not encrypted`, 401)
  if (challenge.parameters.service !== undefined) realm.searchParams.set('service', challenge.parameters.service)
  for (const scope of scopes) realm.searchParams.append('scope', scope)
  const { status, body } = await exchange(realm.href, basic === undefined ? {} : { headers: { authorization: basic } }, clock)
  if (status === 401 || status === 403) throw refusedLogin(realm.host, credentials, status)
  if (status !== 200) throw new RegistryError(`${realm.origin} gave no token for ${scopes.join(' ')} (${status})`, status)
  const { token, access_token: accessToken } = JSON.parse(body) as { token?: string; access_token?: string }
  return `Bearer ${token ?? accessToken ?? ''}`
}

/** Says that a login failed, and what to do. */
export function refusedLogin(who: string, credentials: Credentials | undefined, status: number): RegistryError {
  const problem = credentials === undefined ? 'wants a login, and none is known' : `does not accept the login of ${credentials.username}`
  return new RegistryError(`${who} ${problem} (${status}); set registry-username and registry-password, or use docker login`, status)
}
