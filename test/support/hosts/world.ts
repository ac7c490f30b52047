import { randomBytes } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { type Activation, activate } from '../../../action/deploy/remote/activate.ts'
import { deliver } from '../../../action/deploy/remote/deliver.ts'
import type { JournalEvent } from '../../../action/deploy/remote/journal.ts'
import { type Probe, probe } from '../../../action/deploy/remote/probe.ts'
import type { RunResult } from '../../../action/deploy/remote/run.ts'
import type { Ssh } from '../../../action/deploy/remote/ssh.ts'
import { call } from '../../e2e/support/http.ts'
import { freePorts } from '../../e2e/support/ports.ts'
import { run } from '../../e2e/support/run.ts'
import type { LoadTarget } from '../load/load.ts'
import { localHost } from './local-host.ts'
import { type BuiltRelease, buildRelease, type TestRelease } from './release.ts'

export const agentFile = join(import.meta.dirname, '../../../action/deploy/agent/agent.sh')
export const agent = readFileSync(agentFile, 'utf8')

/** One project on one host, with what it takes to deploy there and to see what became of it. */
export interface World extends AsyncDisposable {
  readonly root: string
  readonly project: string
  readonly edgePort: number
  release(definition: Omit<TestRelease, 'project' | 'edgePort'>): BuiltRelease
  /** Brings a release to the host and runs it to its end. */
  deploy(release: BuiltRelease, how?: Deploying): Promise<RunResult>
  start(release: BuiltRelease, how?: Deploying): Promise<RunResult>
  probe(ssh?: Ssh): Promise<Probe>
  target(service: string): LoadTarget
  /** The version that answers, or the status. */
  answer(service: string): Promise<string>
  /** Names of the project's containers with their states, sorted. */
  containers(): Promise<string[]>
}

export interface Deploying extends Partial<Pick<Activation, 'action' | 'options' | 'dockerConfig' | 'lockWaitSeconds' | 'waitSeconds'>> {
  readonly ssh?: Ssh
  readonly onEvent?: (event: JournalEvent) => void
}

/** Makes a project with a name of its own. `root` may be a folder of the caller's, such as a small disk. */
export async function createWorld(label: string, root = mkdtempSync(join(tmpdir(), 'nself-root-'))): Promise<World> {
  const project = `deploy-${label}-${randomBytes(2).toString('hex')}`
  const { port: edgePort } = await freePorts('port')
  const facts = (ssh: Ssh = localHost()) => probe(ssh, agent, root, project)
  const start = (release: BuiltRelease, how: Deploying = {}) =>
    activate(
      how.ssh ?? localHost(),
      {
        action: 'activate',
        owner: { who: 'test' },
        options: {},
        dockerConfig: '',
        lockWaitSeconds: 0,
        waitSeconds: 300,
        ...how,
        agent,
        root,
        release: release.id,
      },
      { sleep, now: () => performance.now(), onEvent: how.onEvent ?? (() => {}), progress: () => {} },
    )
  return {
    root,
    project,
    edgePort,
    release: (definition) => buildRelease({ ...definition, project, edgePort }),
    start,
    deploy: async (release, how = {}) => {
      const ssh = how.ssh ?? localHost()
      await deliver(ssh, { agent, root, release, secrets: release.secrets }, await facts(ssh))
      return start(release, how)
    },
    probe: facts,
    target: (service) => ({ address: '127.0.0.1', port: edgePort, host: `${service}.test` }),
    answer: (service) => answerOf({ address: '127.0.0.1', port: edgePort, host: `${service}.test` }),
    containers: async () => {
      const format = ['--format', '{{.Names}} {{.State}}']
      const text = await run('docker', ['ps', '-a', '--filter', `label=nself.project=${project}`, ...format])
      return text
        .split('\n')
        .filter(Boolean)
        .map((line) => line.replace(`${project}-`, ''))
        .sort()
    },
    [Symbol.asyncDispose]: () => removeWorld(project, root),
  }
}

async function answerOf({ address, port, host }: LoadTarget): Promise<string> {
  try {
    const { status, text } = await call({ address, port, host })
    return status === 200 ? (JSON.parse(text) as { version: string }).version : `status ${status}`
  } catch (error) {
    return (error as Error).message
  }
}

async function removeWorld(project: string, root: string): Promise<void> {
  const lines = async (...args: string[]) => (await run('docker', args)).split('\n').filter(Boolean)
  const containers = await lines('ps', '-aq', '--filter', `label=nself.project=${project}`)
  if (containers.length > 0) await run('docker', ['rm', '-f', '-v', ...containers])
  const networks = await lines('network', 'ls', '-q', '--filter', `label=nself.project=${project}`)
  if (networks.length > 0) await run('docker', ['network', 'rm', ...networks])
  const images = await lines('image', 'ls', '--format', '{{.Repository}}:{{.Tag}}', '--filter', `reference=nself.keep/${project}/*`)
  if (images.length > 0) await run('docker', ['image', 'rm', ...images])
  rmSync(root, { recursive: true, force: true })
}
