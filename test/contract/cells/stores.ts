import { ask, waitFor } from '../http.ts'
import { psql, redisCli, withNetwork } from '../stage.ts'
import { type Container, type Subject, sleep, withContainer } from '../subject.ts'
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
  {
    id: 'late stores',
    title: 'before its stores are there it is healthy, and not ready; it finds them when they come',
    notFor: keepsNothing,
    check: (subject) =>
      withDatabase(subject, async (database) => {
        const own = database.of('late_', 'late:')
        await withNetwork(subject.stage, async ({ network, join }) => {
          const apart = { ...subject, stage: { ...subject.stage, network } }
          await withContainer(apart, own.environment, 3001, async (container) => {
            await waitFor(container, '/health', 120)
            await expectStores(container, ['down', 'off'])
            await join(subject.stage.postgres, subject.stage.redis)
            await eventuallyExpectStores(container, ['up', 'off'])
            if (subject.template.proof === undefined) await useStores(subject, container, own)
          })
        })
      }),
  },
  {
    id: 'wrong password',
    title: 'when its stores refuse the password it goes on, is healthy, and not ready',
    notFor: keepsNothing,
    check: (subject) =>
      withDatabase(subject, async (database) => {
        const { environment } = database.of('', '', 'another password')
        await withContainer(subject, environment, 3001, async (container) => {
          await waitFor(container, '/health', 120)
          // Long enough for a client that gives up to do so.
          await sleep(5000)
          await expectStores(container, ['down', 'off'])
          await waitFor(container, '/health', 1)
        })
      }),
  },
]

/** `/ready` says one of `expected` of each store, and not only that all are off. */
async function expectStores(container: Container, expected: readonly ('up' | 'down' | 'off')[]): Promise<void> {
  const { status, json } = await ask(container, 'GET', '/ready')
  const { postgres = 'off', redis = 'off' } = json?.checks ?? {}
  const states = [postgres, redis]
  const holds = states.every((state) => expected.includes(state)) && states.some((state) => state !== 'off')
  assert(holds && (status === 503 || !states.includes('down')), `/ready is ${status} ${JSON.stringify(json)}`)
}

async function eventuallyExpectStores(container: Container, expected: readonly ('up' | 'down' | 'off')[]): Promise<void> {
  for (const start = Date.now(); ; await sleep(200)) {
    try {
      return await expectStores(container, expected)
    } catch (error) {
      if (Date.now() - start > 30_000) throw error
    }
  }
}

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
