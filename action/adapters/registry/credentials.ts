import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { loginKey } from '../../images/reference.ts'
import type { Credentials } from './authorize.ts'

interface DockerConfig {
  readonly auths?: Readonly<Record<string, { auth?: string; username?: string; password?: string }>>
  readonly credsStore?: string
  readonly credHelpers?: Readonly<Record<string, string>>
}

/** Docker's configuration folder: `DOCKER_CONFIG`, else `~/.docker`. */
export function dockerConfigFolder(environment: Readonly<Record<string, string | undefined>>): string {
  return environment.DOCKER_CONFIG ?? join(homedir(), '.docker')
}

/** What the user's Docker configuration knows about a registry: stored credentials, or those of a credential helper. */
export function dockerCredentials(folder: string, registry: string): Credentials | undefined {
  const file = join(folder, 'config.json')
  if (!existsSync(file)) return undefined
  const config = JSON.parse(readFileSync(file, 'utf8')) as DockerConfig
  const names = [loginKey(registry), ...(registry === 'docker.io' ? ['docker.io', 'index.docker.io'] : [`https://${registry}`])]
  for (const name of names) {
    const helper = config.credHelpers?.[name] ?? config.credsStore
    const found = (helper === undefined ? undefined : askHelper(helper, name)) ?? stored(config.auths?.[name])
    if (found !== undefined) return found
  }
  return undefined
}

function stored(entry: { auth?: string; username?: string; password?: string } | undefined): Credentials | undefined {
  if (entry?.username !== undefined && entry.password !== undefined) return { username: entry.username, password: entry.password }
  if (entry?.auth === undefined || entry.auth === '') return undefined
  const text = Buffer.from(entry.auth, 'base64').toString('utf8')
  const colon = text.indexOf(':')
  return colon === -1 ? undefined : { username: text.slice(0, colon), password: text.slice(colon + 1) }
}

// The protocol of docker-credential-helpers: the server's name on stdin, JSON on stdout.
function askHelper(helper: string, server: string): Credentials | undefined {
  const { status, stdout } = spawnSync(`docker-credential-${helper}`, ['get'], { input: server, encoding: 'utf8', timeout: 20_000 })
  if (status !== 0) return undefined
  const { Username: username, Secret: password } = JSON.parse(stdout) as { Username: string; Secret: string }
  return { username, password }
}
