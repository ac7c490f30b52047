import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { loginKey } from '../images/reference.ts'
import { cleanUpAfter } from './clean-up.ts'
import type { Credentials } from './registry/authorize.ts'

/**
 * Runs `use` with a Docker configuration of its own that knows one more login, and removes it afterwards: the user's own configuration
 * keeps its credentials, and a password is in no argument list. Builders, contexts and plugins are those of the user.
 */
export async function withLogin<T>(
  folder: string,
  registry: string,
  credentials: Credentials | undefined,
  use: (environment: Readonly<Record<string, string>>) => Promise<T>,
): Promise<T> {
  if (credentials === undefined) return use({})
  const own = mkdtempSync(join(tmpdir(), 'nself-docker-'))
  const remove = () => rmSync(own, { recursive: true, force: true })
  return cleanUpAfter(remove, async () => {
    const file = join(folder, 'config.json')
    const config = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {}
    const name = loginKey(registry)
    const auth = Buffer.from(`${credentials.username}:${credentials.password}`).toString('base64')
    const { credsStore: _, credHelpers: helpers = {}, ...rest } = config
    const { [name]: __, ...otherHelpers } = helpers
    const merged = { ...rest, credHelpers: otherHelpers, auths: { ...config.auths, [name]: { auth } } }
    writeFileSync(join(own, 'config.json'), JSON.stringify(merged), { mode: 0o600 })
    mkdirSync(join(folder, 'buildx'), { recursive: true })
    for (const entry of readdirSync(folder)) if (entry !== 'config.json') symlinkSync(join(folder, entry), join(own, entry))
    return use({ DOCKER_CONFIG: own, BUILDX_CONFIG: join(folder, 'buildx') })
  })
}
