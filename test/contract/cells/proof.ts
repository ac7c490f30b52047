import { randomBytes } from 'node:crypto'
import type { ProofStep } from '../../../action/config/template.ts'
import { run } from '../../e2e/support/run.ts'
import { ask } from '../http.ts'
import { psql, redisCli } from '../stage.ts'
import { type Container, type Subject, sleep } from '../subject.ts'
import { assert } from './cell.ts'
import type { Own } from './store-environment.ts'

/** Starts what the template's proof says must be there besides Postgres and Redis; `use` gets the variables that it sets. */
export async function withCompanions<T>({ template, stage }: Subject, use: (variables: Record<string, string>) => Promise<T>): Promise<T> {
  const variables: Record<string, string> = {}
  const started: string[] = []
  try {
    for (const step of template.proof ?? []) {
      if ('environment' in step) Object.assign(variables, step.environment)
      if (!('start' in step)) continue
      const name = `contract-companion-${randomBytes(3).toString('hex')}`
      started.push(name)
      await run('docker', ['run', '--detach', '--name', name, '--network', stage.network, step.start, ...step.command])
      variables[step.variable] = `${name}:${step.port}`
    }
    return await use(variables)
  } finally {
    if (started.length > 0) await run('docker', ['rm', '--force', '--volumes', ...started])
  }
}

/** Carries out a template's proof on a running container. */
export async function carryOut(subject: Subject, container: Container, own: Own): Promise<void> {
  for (const step of subject.template.proof ?? []) await carryOutStep(step, subject, container, own)
}

async function carryOutStep(step: ProofStep, { stage }: Subject, container: Container, own: Own): Promise<void> {
  if ('exec' in step) await run('docker', ['exec', container.name, ...step.exec])
  if ('request' in step) {
    const [method = 'GET', path = '/'] = step.request.split(' ')
    const { status, text } = await ask(container, method, path, {
      ...(step.json === undefined ? {} : { json: step.json }),
      headers: { ...step.headers },
    })
    assert(status === step.status, `${step.request} is ${status} ${text.slice(0, 200)}`)
  }
  if ('row' in step)
    await eventually(`a row in "${own.tablePrefix}${step.row}"`, async () => {
      const rows = await psql(stage, own.database, `SELECT count(*) FROM "${own.tablePrefix}${step.row}"`).catch(() => '0')
      return Number(rows) > 0
    })
  if ('key' in step)
    await eventually(`a key ${own.redisPrefix}${step.key} in database ${own.redisDatabase}`, async () => {
      const keys = await redisCli(stage, '-n', own.redisDatabase, '--scan', '--pattern', `${own.redisPrefix}${step.key}`)
      return keys !== ''
    })
}

async function eventually(what: string, holds: () => Promise<boolean>): Promise<void> {
  for (const start = Date.now(); Date.now() - start < 30_000; await sleep(500)) if (await holds()) return
  throw new Error(`no ${what} within 30 s`)
}
