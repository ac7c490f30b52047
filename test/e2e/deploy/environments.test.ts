import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { call } from '../support/http.ts'
import { createStage, type Stage } from './support/stage.ts'

vi.setConfig({ testTimeout: 600_000 })

let production: Stage
let staging: Stage

beforeAll(async () => {
  production = await createStage()
  const [name] = production.project.split('-')
  staging = await createStage({ environment: 'staging', host: production.host, name: name as string })
  for (const [stage, version] of [
    [production, 'p'],
    [staging, 's'],
  ] as const)
    stage.set({ CS_1: 'api:express-ts:3001:api', CS_1_IMAGE: stage.images.one, CS_1_ENV: `VERSION=${version}` })
})
afterAll(async () => {
  await staging?.[Symbol.asyncDispose]()
  await production?.[Symbol.asyncDispose]()
})

const version = async (stage: Stage, environment: string) =>
  JSON.parse((await call({ port: stage.port, host: `api.${environment}.example.test` })).text).version

it('two environments of a project share a machine, and neither touches the other', async () => {
  expect((await production.run('deploy')).exitCode).toBe(0)
  const before = await production.containers()
  expect((await staging.run('deploy')).exitCode).toBe(0)
  expect(await production.containers()).toEqual(before)
  expect([await version(production, 'production'), await version(staging, 'staging')]).toEqual(['p', 's'])
  // Names of the other environment are unknown here: nginx closes the connection.
  await expect(call({ port: staging.port, host: 'api.production.example.test' })).rejects.toThrow()
  const { data } = await production.run('deploy', ['--dry-run'])
  expect(data.machines[0]).toMatchObject({ isUnchanged: true, unknown: [] })
})
