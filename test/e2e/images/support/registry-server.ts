import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { freePorts } from '../../support/ports.ts'

/** A registry of its own, gone with all that was pushed at the end. */
export interface RegistryServer extends AsyncDisposable {
  /** `127.0.0.1:45123` */
  readonly host: string
  /** Where it keeps what was pushed. */
  readonly data: string
}

/** Starts Debian's docker-registry on a free port, with a section `auth` of its configuration if one is given. */
export async function startRegistry(auth?: object): Promise<RegistryServer> {
  const folder = mkdtempSync(join(tmpdir(), 'nself-registry-'))
  const { port } = await freePorts('port')
  const host = `127.0.0.1:${port}`
  const data = join(folder, 'data')
  const config = {
    version: 0.1,
    log: { level: 'error', accesslog: { disabled: true } },
    storage: { filesystem: { rootdirectory: data } },
    http: { addr: host },
    ...(auth === undefined ? {} : { auth }),
  }
  // JSON is YAML.
  writeFileSync(join(folder, 'config.yml'), JSON.stringify(config))
  // Into a file: a pipe fills while a caller waits for a process.
  const log = join(folder, 'log')
  const server = spawn('docker-registry', ['serve', join(folder, 'config.yml')], { stdio: ['ignore', 'ignore', openSync(log, 'w')] })
  const stop = async () => {
    await end(server)
    rmSync(folder, { recursive: true, force: true })
  }
  if (!(await answers(host))) {
    const reason = readFileSync(log, 'utf8')
    await stop()
    throw new Error(`docker-registry does not answer: ${reason}`)
  }
  return { host, data, [Symbol.asyncDispose]: stop }
}

async function answers(host: string): Promise<boolean> {
  for (let attempt = 0; attempt < 100; attempt++) {
    if ((await fetch(`http://${host}/v2/`).catch(() => undefined)) !== undefined) return true
    await sleep(100)
  }
  return false
}

async function end(server: ChildProcess): Promise<void> {
  if (server.exitCode !== null || server.pid === undefined) return
  const ended = once(server, 'exit')
  server.kill()
  await ended
}
