import { afterAll, describe, expect, inject, it } from 'vitest'
import { call } from '../support/http.ts'
import { compose } from '../support/project.ts'
import { recreateElsewhere } from '../support/recreate.ts'

const { project, ports } = inject('stack')
const status = async (service: string) => (await call({ port: ports.http, host: `${service}.local.nself.org`, path: '/health' })).status

describe('nginx, which nobody reloads,', () => {
  it('finds recreated containers at their new addresses within seconds', async () => {
    const { before, after } = await recreateElsewhere(project, 'users')
    expect(after.filter((address) => before.includes(address))).toEqual([])
    await expect.poll(() => status('users'), { timeout: 5_000, interval: 250 }).toBe(200)
    const answers = await Promise.all(Array.from({ length: 20 }, () => status('users')))
    expect(new Set(answers)).toEqual(new Set([200]))
  })
})

describe('a stopped service', () => {
  afterAll(() => compose(project, 'start', 'echo'))

  it('is a 502 or 504 of its own, soon; the others go on', async () => {
    await compose(project, 'stop', '--timeout', '2', 'echo')
    const asked = Date.now()
    expect(await status('echo')).toBeOneOf([502, 504])
    expect(Date.now() - asked).toBeLessThan(10_000)
    expect(await Promise.all(['api', 'users', 'hooks'].map(status))).toEqual([200, 200, 200])
  })

  it('is back once it is started again', async () => {
    await compose(project, 'start', 'echo')
    await expect.poll(() => status('echo'), { timeout: 15_000, interval: 500 }).toBe(200)
  })
})
