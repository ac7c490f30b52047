// The load of another service of the project: runs in a container on its network. Arguments: host, port, connections, rate.
import { startLoad } from './load.ts'

const [host = '', port = '', connections = '', rate = ''] = process.argv.slice(2)
const load = startLoad({ address: host, port: Number(port), host }, { connections: Number(connections), rate: Number(rate), slow: 1 })
process.once('SIGTERM', async () => {
  console.log(JSON.stringify(await load.stop()))
  process.exit(0)
})
