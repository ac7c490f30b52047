import { setTimeout as sleep } from 'node:timers/promises'
import { type Engine, openEngine } from '../../adapters/engine.ts'
import type { Credentials } from '../../adapters/registry/authorize.ts'
import { createRegistryClient, type RegistryClient } from '../../adapters/registry/client.ts'
import { dockerConfigFolder, dockerCredentials } from '../../adapters/registry/credentials.ts'
import { parseReference } from '../../images/reference.ts'
import type { Inputs } from '../../inputs.ts'
import type { Context } from '../context.ts'

/** A client that knows the credentials of the inputs and of the Docker configuration. */
export function openRegistry({ inputs, outer }: Context, engine: Engine = openEngine(outer)): RegistryClient {
  const folder = dockerConfigFolder(outer)
  const own = parseReference(`${inputs.registry}/x`).registry
  // Asked once: behind it are files and processes.
  const known = new Map<string, Credentials | undefined>()
  return createRegistryClient({
    credentials: (registry) => {
      if (!known.has(registry)) known.set(registry, (registry === own ? loginOf(inputs) : undefined) ?? dockerCredentials(folder, registry))
      return known.get(registry)
    },
    mirrors: engine.mirrors,
    sleep: (milliseconds) => sleep(milliseconds),
  })
}

/** The registry's credentials of the inputs. */
export function loginOf({ registryUsername: username, registryPassword: password }: Inputs): Credentials | undefined {
  return password === '' ? undefined : { username, password }
}
