import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { TestProject } from 'vitest/node'
import { repository } from '../support/bundle.ts'
import { envFile, quoted } from '../support/env.ts'
import { freePorts } from '../support/ports.ts'
import { createProject, type Project, remove, replaceScaffold, start, uniqueName } from '../support/project.ts'

/** The running stack, as its tests see it. */
export interface Stack {
  readonly project: Project
  /** Ports on 127.0.0.1: nginx's by scheme, the others by service. */
  readonly ports: Readonly<Record<'http' | 'https' | 'postgres' | 'redis' | 'api' | 'echo' | 'jobs' | 'hooks', number>>
  readonly passwords: { readonly postgres: string; readonly redis: string }
}

declare module 'vitest' {
  interface ProvidedContext {
    stack: Stack
  }
}

// What breaks naive quoting somewhere between an env file, Compose, a shell, a configuration file and a URL.
const hostile = `it's "q" b\\s $HOME $$ #h @:/?&=% {}`

/** Starts one stack with everything that the tests of this folder look at. */
export async function setup(vitest: TestProject): Promise<() => Promise<void>> {
  const name = uniqueName('stack')
  const ports = await freePorts('http', 'https', 'postgres', 'redis', 'api', 'echo', 'jobs', 'hooks')
  const passwords = { postgres: `${hostile} pg`, redis: `${hostile} rd` }
  const exampleOne = readFileSync(join(repository, 'examples/1-simple-api/.env.dev'), 'utf8').match(/^CS_.*$/gm) ?? []
  const project = await createProject(name, {
    files: {
      '.env.dev': `${exampleOne.join('\n')}\n${envFile({
        PROJECT_NAME: name,
        HASURA_ENABLED: 'false',
        AUTH_ENABLED: 'false',
        SERVICES_ENABLED: 'true',
        CS_2: 'users:gin::users',
        CS_2_DATABASE: 'users_db',
        CS_2_TABLE_PREFIX: 'users_',
        CS_2_REDIS_PREFIX: 'users:',
        CS_2_REDIS_DB: 2,
        CS_2_REPLICAS: 2,
        CS_3: 'echo:custom',
        CS_4: 'jobs:bullmq-ts',
        CS_4_HEALTHCHECK: 'disabled',
        CS_5: 'hooks:express-ts',
        CS_5_TABLE_PREFIX: 'hooks_',
        CS_5_RATE_LIMIT: 60,
      })}`,
      '.env.local': envFile({
        NGINX_HTTP_PORT: ports.http,
        NGINX_HTTPS_PORT: ports.https,
        POSTGRES_PORT: ports.postgres,
        REDIS_PORT: ports.redis,
        CS_1_PORT: ports.api,
        CS_3_PORT: ports.echo,
        CS_4_PORT: ports.jobs,
        CS_5_PORT: ports.hooks,
      }),
      '.env.secrets': envFile({
        POSTGRES_PASSWORD: quoted(passwords.postgres),
        POSTGRES_PASSWORD_URLENCODED: encodeURIComponent(passwords.postgres),
        REDIS_PASSWORD: quoted(passwords.redis),
        REDIS_PASSWORD_URLENCODED: encodeURIComponent(passwords.redis),
      }),
    },
  })
  try {
    replaceScaffold(project, 'echo', 'echo')
    await start(project)
  } catch (error) {
    await remove(project)
    throw error
  }
  vitest.provide('stack', { project, ports, passwords })
  return () => remove(project)
}
