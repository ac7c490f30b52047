import { ask, waitFor } from '../http.ts'
import { psql, redisCli } from '../stage.ts'
import { type Container, type Subject, withContainer } from '../subject.ts'
import { assert, type Cell, overHttp } from './cell.ts'
import { carryOut, withCompanions } from './proof.ts'
import { type Own, withDatabase } from './store-environment.ts'

const keepsNothing = (subject: Subject) => overHttp(subject) ?? (subject.template.proof?.length === 0 ? 'keeps nothing' : undefined)

export const storeCells: readonly Cell[] = [
  {
    id: 'no stores',
    title: 'without stores it starts, `/ready` says off, and what needs them answers 503',
    notFor: keepsNothing,
    check: (subject) =>
      withContainer(subject, { PORT: '3001' }, 3001, async (container) => {
        await waitFor(container, '/health', 120)
        const { json: ready } = await ask(container, 'GET', '/ready')
        const { postgres = 'off', redis = 'off' } = ready?.checks ?? { postgres: 'missing' }
        assert(postgres === 'off' && redis === 'off', `/ready is ${JSON.stringify(ready)}`)
        if (subject.template.proof !== undefined) return
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
    notFor: keepsNothing,
    check: (subject) =>
      withDatabase(subject, async (database) => {
        const own = database.of('Own_', 'own:')
        await withCompanions(subject, (companions) =>
          withContainer(subject, { ...own.environment, ...companions }, 3001, async (container) => {
            await waitFor(container, '/ready', 120)
            await useStores(subject, container, own)
          }),
        )
      }),
  },
  {
    id: 'twins',
    title: 'two services of one template, in one database, keep apart what is theirs',
    notFor: keepsNothing,
    check: (subject) =>
      withDatabase(subject, async (database) => {
        const [left, right] = [database.of('left_', 'left:'), database.of('right_', 'right:')]
        await withCompanions(subject, (companions) =>
          withContainer(subject, { ...right.environment, ...companions, SERVICE_NAME: 'twin' }, 3001, (twin) =>
            withContainer(subject, { ...left.environment, ...companions }, 3001, async (container) => {
              await Promise.all([waitFor(container, '/ready', 120), waitFor(twin, '/ready', 120)])
              await useStores(subject, container, left)
              await useStores(subject, twin, right)
            }),
          ),
        )
      }),
  },
]

/** Has the service write to its stores, and finds what it wrote there, and nothing that is another's. */
async function useStores(subject: Subject, container: Container, own: Own): Promise<void> {
  if (subject.template.proof !== undefined) return carryOut(subject, container, own)
  const created = await Promise.all(
    Array.from({ length: 8 }, (_, index) => ask(container, 'POST', '/items', { json: { name: `item ${index}` } })),
  )
  assert(
    created.every(({ status }) => status === 201),
    `POST /items: ${created.map(({ status }) => status).join(' ')}`,
  )
  const { status, json } = await ask(container, 'GET', '/items')
  assert(status === 200 && json.items.length === 8, `GET /items is ${status} with ${json?.items?.length} items`)
  const rows = await psql(subject.stage, own.database, `SELECT count(*) FROM "${own.tablePrefix}items"`)
  assert(rows === '8', `"${own.tablePrefix}items" has ${rows} rows`)
  const hits = await ask(container, 'POST', '/hits', { json: {} })
  assert(hits.status === 200 && hits.json.hits === 1, `POST /hits is ${hits.status} ${hits.text.slice(0, 80)}`)
  const key = await redisCli(subject.stage, '-n', own.redisDatabase, 'GET', `${own.redisPrefix}hits`)
  assert(key === '1', `${own.redisPrefix}hits in database ${own.redisDatabase} is ${key}`)
}
