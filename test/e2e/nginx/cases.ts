import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { repository } from '../support/bundle.ts'
import { envFile } from '../support/env.ts'

/** One configuration whose generated files a real nginx and a real Compose must accept. */
export interface Case {
  readonly name: string
  readonly environment: string
  readonly env: string
}

const environments = ['development', 'staging', 'production', 'preview']
const development = 'development'

const base = {
  PROJECT_NAME: 'cases',
  POSTGRES_PASSWORD: 'unused',
  HASURA_ENABLED: 'false',
  AUTH_ENABLED: 'false',
  SERVICES_ENABLED: 'true',
}

function foldersIn(path: string): string[] {
  const entries = readdirSync(join(repository, path), { withFileTypes: true })
  return entries.filter((entry) => entry.isDirectory()).map(({ name }) => name)
}

function example(folder: string): string {
  return readFileSync(join(repository, 'examples', folder, '.env.dev'), 'utf8')
}

/** Services on the slots 1 to 99, every seventh left out, over all templates; each has a limit of its own. */
function everySlot(): string {
  const templates = foldersIn('templates/services')
  const slots = Array.from({ length: 99 }, (_, index) => index + 1).filter((slot) => slot % 7 !== 0)
  return envFile({
    ...base,
    ...Object.fromEntries(
      slots.flatMap((slot) => [
        [`CS_${slot}`, `service-${slot}:${templates[slot % templates.length]}`],
        [`CS_${slot}_PUBLIC`, 'true'],
        [`CS_${slot}_RATE_LIMIT`, `${slot}r/s`],
      ]),
    ),
  })
}

export const cases: readonly Case[] = [
  ...foldersIn('examples').flatMap((folder) =>
    environments.map((environment) => ({ name: `example ${folder}, ${environment}`, environment, env: example(folder) })),
  ),
  ...['none', 'local', 'custom', 'letsencrypt'].flatMap((mode) =>
    [development, 'production'].map((environment) => ({
      name: `SSL_MODE=${mode}, ${environment}`,
      environment,
      env: envFile({ ...base, SSL_MODE: mode, CS_1: 'api:custom', CS_2: 'shop:custom::shop.example.com', CS_2_RATE_LIMIT: 5 }),
    })),
  ),
  { name: 'services on slots 1 to 99 with gaps, every template', environment: development, env: everySlot() },
  {
    name: 'trusted proxies',
    environment: 'production',
    env: envFile({ ...base, TRUSTED_PROXIES: '10.0.0.0/8, 192.0.2.1, 2001:db8::/32', CS_1: 'api:custom' }),
  },
  {
    name: 'gRPC and WebSocket services',
    environment: development,
    env: envFile({
      ...base,
      CS_1: 'rpc:grpc',
      CS_1_RATE_LIMIT: '5r/s',
      CS_2: 'live:socketio-ts',
      CS_3: 'chat:custom',
      CS_3_WEBSOCKET: 'true',
    }),
  },
  {
    name: 'the longest name, and many long domains',
    environment: development,
    env: envFile({
      ...base,
      CS_1: `${'n'.repeat(63)}:custom`,
      CS_1_RATE_LIMIT: 1,
      CS_2: 'many:custom',
      CS_2_DEV_DOMAIN: Array.from({ length: 20 }, (_, index) => `${'a'.repeat(60)}.${'b'.repeat(60)}.${index}.example.com`).join(','),
    }),
  },
]
