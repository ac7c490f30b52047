import { randomBytes } from 'node:crypto'
import { run } from '../e2e/support/run.ts'
import { type Stage, sleep } from './subject.ts'

/** Starts a network, Postgres and Redis for all subjects. */
export async function openStage(): Promise<Stage> {
  const id = `contract-${randomBytes(3).toString('hex')}`
  // A password that stands in a URL only when it is encoded, as generated ones do.
  const stage: Stage = { network: id, postgres: `${id}-postgres`, redis: `${id}-redis`, password: 'c@n/tr:act%2F?#' }
  await run('docker', ['network', 'create', id])
  await run('docker', [
    'run',
    '--detach',
    '--name',
    stage.postgres,
    '--network',
    id,
    '--env',
    `POSTGRES_PASSWORD=${stage.password}`,
    'postgres:16-alpine',
  ])
  await run('docker', [
    'run',
    '--detach',
    '--name',
    stage.redis,
    '--network',
    id,
    'redis:7-alpine',
    'redis-server',
    '--requirepass',
    stage.password,
  ])
  for (let attempt = 0; ; attempt++) {
    try {
      await psql(stage, 'postgres', 'SELECT 1')
      return stage
    } catch (error) {
      if (attempt > 120) throw error
      await sleep(500)
    }
  }
}

export async function closeStage({ network, postgres, redis }: Stage): Promise<void> {
  await run('docker', ['rm', '--force', '--volumes', postgres, redis])
  await run('docker', ['network', 'rm', network])
}

export async function psql({ postgres, password }: Stage, database: string, statement: string): Promise<string> {
  const options = ['--no-psqlrc', '--tuples-only', '--no-align', '--host=127.0.0.1', '--username=postgres', `--dbname=${database}`]
  return (await run('docker', ['exec', '--env', `PGPASSWORD=${password}`, postgres, 'psql', ...options, '--command', statement])).trim()
}

export async function redisCli({ redis, password }: Stage, ...command: string[]): Promise<string> {
  return (await run('docker', ['exec', '--env', `REDISCLI_AUTH=${password}`, redis, 'redis-cli', ...command])).trim()
}

/** A network that the stores have not joined yet: what runs there finds them by name once they have. */
export async function withNetwork<T>(
  stage: Stage,
  use: (apart: { network: string; join: (...containers: string[]) => Promise<void> }) => Promise<T>,
): Promise<T> {
  const network = `${stage.network}-${randomBytes(3).toString('hex')}`
  const joined: string[] = []
  await run('docker', ['network', 'create', network])
  try {
    return await use({
      network,
      join: async (...containers) => {
        for (const container of containers) {
          await run('docker', ['network', 'connect', network, container])
          joined.push(container)
        }
      },
    })
  } finally {
    for (const container of joined) await run('docker', ['network', 'disconnect', '--force', network, container])
    await run('docker', ['network', 'rm', network])
  }
}
