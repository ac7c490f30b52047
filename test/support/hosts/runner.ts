// A runner for the tests to kill: connects, starts a run, and says each event that it hears of.
import { setTimeout as sleep } from 'node:timers/promises'
import { connectSsh, type SshTarget } from '../../../action/adapters/ssh.ts'
import { activate } from '../../../action/deploy/remote/activate.ts'
import { agent } from './world.ts'

const { target, root, release } = JSON.parse(process.argv[2] ?? '') as { target: SshTarget; root: string; release: string }
await using ssh = await connectSsh(target)
await activate(
  ssh,
  {
    agent,
    root,
    release,
    action: 'activate',
    owner: { who: 'runner' },
    options: {},
    dockerConfig: '',
    lockWaitSeconds: 0,
    waitSeconds: 300,
  },
  { sleep, now: () => performance.now(), onEvent: ({ event, service }) => process.send?.(`${event}:${service}`), progress: () => {} },
)
