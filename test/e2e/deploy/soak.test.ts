import { expect, it } from 'vitest'
import { pushApps } from '../../support/hosts/images.ts'
import { createWorld } from '../../support/hosts/world.ts'
import { startEastWest } from '../../support/load/east-west.ts'
import { startGrpc } from '../../support/load/grpc.ts'
import { startLoad } from '../../support/load/load.ts'
import { startWebSockets } from '../../support/load/websockets.ts'

// Rolls, as many as NSELF_DEPLOY_SOAK says (30 takes a quarter of an hour on two free cores), under every kind of load.
const rolls = Number(process.env.NSELF_DEPLOY_SOAK ?? 0)

it.runIf(rolls > 0)(`${rolls} rolls lose nothing`, { timeout: rolls * 180_000 }, async () => {
  const images = await pushApps('agent-e2e/soak', ['v1', 'v2'])
  await using world = await createWorld('soak')
  const release = (version: 'v1' | 'v2') =>
    world.release({
      services: [
        { name: 'api', class: 'roll', image: images[version], replicas: 2, port: 3001, environment: { VERSION: version } },
        { name: 'echo', class: 'roll', image: images[version], port: 3002, command: ['node', 'grpc.mjs'], grpc: true },
      ],
    })
  const deploy = async (version: 'v1' | 'v2') => {
    const { status, events } = await world.deploy(release(version))
    expect(status).toBe('ok')
    return events.filter(({ event }) => event === 'flipped').length
  }
  await deploy('v1')
  const began = performance.now()
  const load = startLoad(world.target('api'), { connections: 24, rate: 130, slow: 4 })
  const eastWest = await startEastWest(world.project, 'api', 3001, 50)
  const grpc = startGrpc(world.target('echo'))
  const sockets = startWebSockets(world.target('api'), 4)
  let done = 0
  for (let turn = 0; done < rolls; turn++) done += await deploy(turn % 2 === 0 ? 'v2' : 'v1')
  const reports = {
    rolls: done,
    seconds: Math.round((performance.now() - began) / 1000),
    public: await load.stop(),
    eastWest: await eastWest.stop(),
    grpc: await grpc.stop(),
    webSockets: await sockets.stop(),
  }
  console.log(JSON.stringify(reports, null, 1))
  expect(reports.public).toMatchObject({ failed: 0, problems: {} })
  expect(reports.eastWest).toMatchObject({ failed: 0, problems: {} })
  expect(reports.grpc).toMatchObject({ failed: 0, problems: {} })
  expect(reports.webSockets.refused).toBe(0)
  expect(reports.webSockets.closedAfter.every((milliseconds) => milliseconds >= 9000)).toBe(true)
})
