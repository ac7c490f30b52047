import { describe, expect, inject, it } from 'vitest'
import { execute } from '../support/docker.ts'
import { call } from '../support/http.ts'

const { project, ports, passwords } = inject('stack')
const port = ports.http

const psql = async (database: string, statement: string): Promise<string> =>
  (await execute(project, 'postgres', 'psql', '--username=postgres', `--dbname=${database}`, '-XAtc', statement)).trim()

const redis = async (...command: string[]): Promise<string> =>
  (await execute(project, 'redis', 'sh', '-c', 'REDISCLI_AUTH="$REDIS_PASSWORD" exec redis-cli "$@"', 'redis-cli', ...command)).trim()

describe('a service with a database and a prefix of its own', () => {
  it('writes there, and not into the main database', async () => {
    const created = await call({ port, host: 'users.local.nself.org', path: '/items', method: 'POST', json: { name: 'from users' } })
    expect(created.status).toBe(201)
    expect(await psql('users_db', 'SELECT name FROM users_items')).toBe('from users')
    expect(await psql(project.name, "SELECT count(*) FROM pg_tables WHERE tablename = 'users_items'")).toBe('0')
  })

  it('counts in its own Redis database, under its prefix', async () => {
    const counted = await call({ port, host: 'users.local.nself.org', path: '/hits', method: 'POST' })
    expect(counted.status).toBe(200)
    expect(Number(await redis('-n', '2', 'GET', 'users:hits'))).toBeGreaterThan(0)
    expect(await redis('-n', '0', 'EXISTS', 'users:hits')).toBe('0')
  })
})

describe('a service without one', () => {
  it('writes into the main database', async () => {
    const created = await call({ port, host: 'api.local.nself.org', path: '/items', method: 'POST', json: { name: 'from api' } })
    expect(created.status).toBe(201)
    expect(await psql(project.name, 'SELECT name FROM items')).toBe('from api')
  })
})

describe('passwords full of quotes, blanks, dollars and URL characters', () => {
  it('are those of the servers', async () => {
    const login = (password: string) =>
      execute(project, 'postgres', 'env', `PGPASSWORD=${password}`, 'psql', '--host=postgres', '--username=postgres', '-XAtc', 'SELECT 1')
    expect((await login(passwords.postgres)).trim()).toBe('1')
    await expect(login('wrong')).rejects.toThrow('password authentication failed')

    const authenticate = (password: string) => execute(project, 'redis', 'env', `REDISCLI_AUTH=${password}`, 'redis-cli', 'PING')
    expect((await authenticate(passwords.redis)).trim()).toBe('PONG')
    expect(await authenticate('wrong')).not.toContain('PONG')
  })

  it.each([
    ['Python', 'api'],
    ['Go', 'users'],
    ['Node.js', 'hooks'],
  ])('open both stores to a service in %s, percent-encoded in its URLs', async (_language, service) => {
    const ready = await call({ port, host: `${service}.local.nself.org`, path: '/ready' })
    expect([ready.status, JSON.parse(ready.text)]).toMatchObject([200, { checks: { postgres: 'up', redis: 'up' } }])
  })
})
