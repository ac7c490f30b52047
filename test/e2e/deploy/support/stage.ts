import { execFile } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import type { CommandName } from '../../../../action/inputs.ts'
import { pushApps } from '../../../support/hosts/images.ts'
import { type Host, startHost } from '../../../support/hosts/sshd.ts'
import { bundle } from '../../support/bundle.ts'
import { envFile } from '../../support/env.ts'
import { freePorts } from '../../support/ports.ts'
import { run } from '../../support/run.ts'

/** What a run of the command gave. */
export interface Outcome {
  readonly exitCode: number
  // biome-ignore lint/suspicious/noExplicitAny: the JSON as its reader sees it
  readonly data: any
  readonly stderr: string
}

/** A project, a machine with nothing but sshd and the Engine, and the command between them. */
export interface Stage extends AsyncDisposable {
  readonly project: string
  readonly port: number
  readonly images: Readonly<Record<'one' | 'two' | 'three', string>>
  readonly folder: string
  readonly host: Host
  /** The project's folder on the machine. */
  readonly root: string
  /** Sets lines of `.env` (`undefined` removes one) and of the command's environment. */
  set(lines: Readonly<Record<string, string | number | undefined>>): void
  run(command: CommandName, flags?: readonly string[], environment?: Readonly<Record<string, string>>): Promise<Outcome>
  /** Ids of the containers by service; nginx's own is `edge`. */
  containers(): Promise<Record<string, string[]>>
  /** The address of nginx on the services' network. */
  edgeAddress(): Promise<string>
}

export interface StageOptions {
  readonly environment?: string
  /** A machine that is there already. */
  readonly host?: Host
  readonly name?: string
}

/** Sets everything up; on disposal nothing is left. */
export async function createStage({ environment = 'production', host: shared, name }: StageOptions = {}): Promise<Stage> {
  const project = name ?? `dply${randomBytes(3).toString('hex')}`
  const folder = mkdtempSync(join(tmpdir(), `${project}-`))
  const own = shared === undefined ? await startHost() : undefined
  const host = (shared ?? own) as Host
  const { port } = await freePorts('port')
  const images = await pushApps('dply/app', ['one', 'two', 'three'])
  const stack = `${project}-${environment}`
  const root = join(folder, 'machine', stack)
  const lines = new Map<string, string | number>(
    Object.entries({
      PROJECT_NAME: project,
      BASE_DOMAIN: `${environment}.example.test`,
      SSL_MODE: 'none',
      POSTGRES_ENABLED: 'false',
      SERVICES_ENABLED: 'true',
      NGINX_HTTP_PORT: port,
      NGINX_BIND_IP: '127.0.0.1',
    }),
  )
  const write = (path: string, text: string) => {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), text)
  }
  write('known_hosts', `${host.target.knownHosts}\n`)
  const flags = ['--host', `${host.target.username}@127.0.0.1:${host.port}`, '--key', join(host.folder, 'client_key')]
  const stage: Stage = {
    project: stack,
    port,
    images,
    folder,
    host,
    root,
    set: (changes) => {
      for (const [name, value] of Object.entries(changes)) {
        if (value === undefined) lines.delete(name)
        else lines.set(name, value)
      }
      write('.env', envFile(Object.fromEntries(lines)))
    },
    run: (command, more = [], variables = {}) => {
      const args = [bundle, command, '--json', '--working-directory', folder, '--environment', environment, '--deploy-path', root]
      return execute([...args, ...flags, '--known-hosts', join(folder, 'known_hosts'), ...more], variables)
    },
    containers: async () => {
      const filter = ['--filter', `label=nself.project=${stack}`, '--filter', 'label=com.docker.compose.oneoff=False']
      const text = await run('docker', ['ps', '--all', ...filter, '--format', '{{.Label "nself.service"}} {{.ID}}'])
      const found: Record<string, string[]> = {}
      for (const line of text.trim().split('\n').filter(Boolean).sort()) {
        const [service = '', id = ''] = line.split(' ')
        found[service] = [...(found[service] ?? []), id]
      }
      return found
    },
    edgeAddress: async () => {
      const format = '{{range .NetworkSettings.Networks}}{{.IPAddress}}{{end}}'
      return (await run('docker', ['inspect', '--format', format, `${stack}-edge-nginx-1`])).trim()
    },
    [Symbol.asyncDispose]: async () => {
      await removeStack(stack)
      await own?.[Symbol.asyncDispose]()
      rmSync(folder, { recursive: true, force: true })
    },
  }
  stage.set({})
  return stage
}

function execute(args: readonly string[], variables: Readonly<Record<string, string>>): Promise<Outcome> {
  return new Promise((resolve) => {
    execFile(process.execPath, [...args], { env: { ...process.env, ...variables }, maxBuffer: 2 ** 26 }, (error, stdout, stderr) => {
      const exitCode = error === null ? 0 : Number(error.code ?? 1)
      resolve({ exitCode, data: stdout === '' ? undefined : JSON.parse(stdout), stderr })
    })
  })
}

async function removeStack(stack: string): Promise<void> {
  const list = async (...args: string[]) => (await run('docker', [...args])).split('\n').filter(Boolean)
  const containers = await list('ps', '--all', '--quiet', '--filter', `label=nself.project=${stack}`)
  if (containers.length > 0) await run('docker', ['rm', '--force', ...containers])
  const volumes = await list('volume', 'ls', '--quiet', '--filter', `name=^${stack}_`)
  if (volumes.length > 0) await run('docker', ['volume', 'rm', ...volumes])
  const networks = await list('network', 'ls', '--quiet', '--filter', `name=^${stack}_network$`)
  if (networks.length > 0) await run('docker', ['network', 'rm', ...networks])
  const images = await list('image', 'ls', '--format', '{{.Repository}}:{{.Tag}}', `nself.keep/${stack}/*`)
  if (images.length > 0) await run('docker', ['image', 'rm', ...images])
}
