import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { expect, it } from 'vitest'
import { pushApps } from '../../support/hosts/images.ts'
import { leftovers } from '../../support/hosts/leftovers.ts'
import { createWorld } from '../../support/hosts/world.ts'
import { run } from '../support/run.ts'

// Kills the Docker Engine of test/support/engine, and with it everybody's containers on this machine: only when that is asked for.
const home = process.env.NSELF_ENGINE_HOME ?? '/var/lib/nself-engine'
const start = join(import.meta.dirname, '../../support/engine/start.sh')

it.runIf(process.env.NSELF_DEPLOY_KILL_ENGINE === '1').each(['start', 'healthy', 'flipped'])(
  'the Engine is killed at %s and comes back',
  async (event) => {
    const images = await pushApps('agent-e2e/engine', ['v1', 'v2'])
    await using world = await createWorld('engine')
    const release = (version: 'v1' | 'v2') =>
      world.release({ services: [{ name: 'api', class: 'roll', image: images[version], port: 3001, environment: { VERSION: version } }] })
    expect(await world.deploy(release('v1'))).toMatchObject({ status: 'ok' })
    let isKilled = false
    const result = await world.deploy(release('v2'), {
      onEvent: (entry) => {
        if (entry.event !== event || isKilled) return
        isKilled = true
        process.kill(Number(readFileSync(join(home, 'docker.pid'), 'utf8')), 'SIGKILL')
        void sleep(2000).then(() => run(start, []))
      },
    })
    expect(isKilled).toBe(true)
    expect(['ok', 'failed']).toContain(result.status)
    await run(start, [])
    expect(await world.deploy(release('v2'))).toMatchObject({ status: 'ok' })
    expect(await world.answer('api')).toBe('v2')
    expect(await world.containers()).toHaveLength(2)
    expect(leftovers(world)).toEqual([])
  },
)
