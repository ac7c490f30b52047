import { spawn } from 'node:child_process'
import type { RunOptions, Ssh, SshResult } from '../../../action/deploy/remote/ssh.ts'

/** A "connection" to this machine: the same commands, run by a shell here. `shell` is what the host's `sh` is: dash, or busybox's. */
export function localHost(environment: Readonly<Record<string, string>> = {}): Ssh {
  return { host: 'local', run: (command, options) => runShell(command, options, environment) }
}

async function runShell(command: string, options: RunOptions, environment: Readonly<Record<string, string>>): Promise<SshResult> {
  const child = spawn('sh', ['-c', command], { env: { ...process.env, ...environment } })
  const stdout: Buffer[] = []
  const stderr: Buffer[] = []
  child.stdout.on('data', (chunk: Buffer) => {
    stdout.push(chunk)
    options.onOutput?.(chunk)
  })
  child.stderr.on('data', (chunk: Buffer) => stderr.push(chunk))
  child.stdin.on('error', () => {})
  const { stdin = new Uint8Array() } = options
  if (stdin instanceof Uint8Array) child.stdin.end(stdin)
  else {
    for await (const chunk of stdin) child.stdin.write(chunk)
    child.stdin.end()
  }
  const exitCode = await new Promise<number>((resolve) => child.on('close', (code) => resolve(code ?? 255)))
  return { exitCode, stdout: Buffer.concat(stdout).toString(), stderr: Buffer.concat(stderr).toString() }
}
