import { randomInt } from 'node:crypto'
import { psql, redisCli } from '../stage.ts'
import type { Subject } from '../subject.ts'

/** What belongs to one service in the stores, and the variables that tell it. */
export interface Own {
  readonly database: string
  readonly tablePrefix: string
  readonly redisDatabase: string
  readonly redisPrefix: string
  readonly environment: Record<string, string>
}

export interface Database {
  /** `password`: the stores' own, unless another one is given. */
  readonly of: (tablePrefix: string, redisPrefix: string, password?: string) => Own
}

/** Makes an empty database, in which services own what bears their prefixes, and drops it afterwards. */
export async function withDatabase<T>({ stage, template }: Subject, use: (database: Database) => Promise<T>): Promise<T> {
  const name = `contract_${template.id.replaceAll('-', '_')}`
  const run = `${template.id}-${randomInt(1e9)}-`
  await psql(stage, 'postgres', `DROP DATABASE IF EXISTS "${name}" WITH (FORCE)`)
  await psql(stage, 'postgres', `CREATE DATABASE "${name}"`)
  try {
    return await use({
      of: (tablePrefix, redisPrefix, password = stage.password) => ({
        database: name,
        tablePrefix,
        redisDatabase: '7',
        redisPrefix: `${run}${redisPrefix}`,
        environment: {
          PORT: '3001',
          DATABASE_URL: `postgresql://postgres:${encodeURIComponent(password)}@${stage.postgres}:5432/${name}`,
          POSTGRES_HOST: stage.postgres,
          POSTGRES_PORT: '5432',
          POSTGRES_USER: 'postgres',
          POSTGRES_PASSWORD: password,
          POSTGRES_DB: name,
          TABLE_PREFIX: tablePrefix,
          REDIS_URL: `redis://:${encodeURIComponent(password)}@${stage.redis}:6379/7`,
          REDIS_HOST: stage.redis,
          REDIS_PORT: '6379',
          REDIS_PASSWORD: password,
          REDIS_DB: '7',
          REDIS_PREFIX: `${run}${redisPrefix}`,
        },
      }),
    })
  } finally {
    await psql(stage, 'postgres', `DROP DATABASE "${name}" WITH (FORCE)`)
    const keys = (await redisCli(stage, '-n', '7', '--scan', '--pattern', `${run}*`)).split('\n').filter(Boolean)
    if (keys.length > 0) await redisCli(stage, '-n', '7', 'DEL', ...keys)
  }
}
