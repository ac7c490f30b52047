import { ask, waitFor } from '../http.ts'
import { psql, redisCli } from '../stage.ts'
import { type Subject, withContainer } from '../subject.ts'
import { assert, type Cell, overHttp } from './cell.ts'

function storeEnvironment({ stage, template }: Subject): Record<string, string> {
  const database = `contract_${template.id.replaceAll('-', '_')}`
  return {
    PORT: '3001',
    DATABASE_URL: `postgresql://postgres:${stage.password}@${stage.postgres}:5432/${database}`,
    POSTGRES_HOST: stage.postgres,
    POSTGRES_PORT: '5432',
    POSTGRES_USER: 'postgres',
    POSTGRES_PASSWORD: stage.password,
    POSTGRES_DB: database,
    TABLE_PREFIX: 'Own_',
    REDIS_URL: `redis://:${stage.password}@${stage.redis}:6379/7`,
    REDIS_HOST: stage.redis,
    REDIS_PORT: '6379',
    REDIS_PASSWORD: stage.password,
    REDIS_DB: '7',
    REDIS_PREFIX: `${template.id}:`,
  }
}

const keepsNothing = (subject: Subject) =>
  overHttp(subject) ?? (subject.template.id === 'custom' ? 'a blank service keeps nothing' : undefined)

export const storeCells: readonly Cell[] = [
  {
    id: 'no stores',
    title: 'without stores, `/items` and `/hits` answer 503 and `/ready` says off',
    notFor: keepsNothing,
    check: (subject) =>
      withContainer(subject, { PORT: '3001' }, 3001, async (container) => {
        await waitFor(container, '/health', 120)
        const { json: ready } = await ask(container, 'GET', '/ready')
        assert(ready?.checks?.postgres === 'off' && ready.checks.redis === 'off', `/ready is ${JSON.stringify(ready)}`)
        if (subject.template.kind === 'worker') return
        for (const [method, path] of [
          ['GET', '/items'],
          ['POST', '/hits'],
        ] as const) {
          const { status } = await ask(container, method, path, method === 'POST' ? { json: {} } : {})
          assert(status === 503, `${method} ${path} is ${status}`)
        }
      }),
  },
  {
    id: 'stores',
    title: 'with stores, `/ready` is 200, rows land in its own database under TABLE_PREFIX, keys under REDIS_PREFIX in REDIS_DB',
    notFor: (subject) => keepsNothing(subject) ?? (subject.template.kind === 'worker' ? 'a worker: its own tests show it' : undefined),
    check: async (subject) => {
      const { stage, template } = subject
      const environment = storeEnvironment(subject)
      const database = environment.POSTGRES_DB as string
      await psql(stage, 'postgres', `DROP DATABASE IF EXISTS "${database}" WITH (FORCE)`)
      await psql(stage, 'postgres', `CREATE DATABASE "${database}"`)
      await withContainer(subject, environment, 3001, async (container) => {
        await waitFor(container, '/ready', 120)
        const created = await Promise.all(
          Array.from({ length: 8 }, (_, index) => ask(container, 'POST', '/items', { json: { name: `item ${index}` } })),
        )
        assert(
          created.every(({ status }) => status === 201),
          `POST /items: ${created.map(({ status }) => status).join(' ')}`,
        )
        const { status, json } = await ask(container, 'GET', '/items')
        assert(status === 200 && json.items.length === 8, `GET /items is ${status} with ${json?.items?.length} items`)
        assert((await psql(stage, database, 'SELECT count(*) FROM "Own_items"')) === '8', 'the rows are not in "Own_items"')
        const hits = await ask(container, 'POST', '/hits', { json: {} })
        assert(hits.status === 200 && hits.json.hits === 1, `POST /hits is ${hits.status} ${hits.text.slice(0, 80)}`)
        assert((await redisCli(stage, '-n', '7', 'GET', `${template.id}:hits`)) === '1', 'the key is not in database 7 under the prefix')
      })
      await psql(stage, 'postgres', `DROP DATABASE "${database}" WITH (FORCE)`)
      await redisCli(stage, '-n', '7', 'DEL', `${template.id}:hits`)
    },
  },
]
