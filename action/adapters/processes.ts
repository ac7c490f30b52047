import { spawn } from 'node:child_process'
import type { RunOptions, SshResult } from '../deploy/remote/ssh.ts'

/** How a process ended: `exitCode` is undefined when it was killed, by us after its time or by others. */
export interface Ended extends Omit<SshResult, 'exitCode'> {
  readonly exitCode: number | undefined
  readonly isLate: boolean
}

/** Runs a program with arguments that hold no secret. Rejects when it cannot be started at all. */
export function runProcess(
  program: string,
  args: readonly string[],
  environment: Readonly<Record<string, string>>,
  { stdin = new Uint8Array(), timeoutSeconds, onOutput }: RunOptions,
): Promise<Ended> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, [...args], { env: { ...environment } })
    const stdout: Buffer[] = []
    const stderr: Buffer[] = []
    let isLate = false
    const alarm = setTimeout(() => {
      isLate = true
      child.kill('SIGKILL')
      // ssh's master holds the other ends as long as the command on the host runs.
      for (const pipe of [child.stdin, child.stdout, child.stderr]) pipe.destroy()
    }, timeoutSeconds * 1000)
    child.stdout.on('data', (chunk: Buffer) => {
      stdout.push(chunk)
      onOutput?.(chunk)
    })
    child.stderr.on('data', (chunk: Buffer) => stderr.push(chunk))
    // A program may end before it has read everything; its exit code says what that means.
    child.stdin.on('error', () => {})
    child.on('error', (error) => {
      clearTimeout(alarm)
      reject(error)
    })
    child.on('close', (code) => {
      clearTimeout(alarm)
      resolve({ exitCode: code ?? undefined, stdout: text(stdout), stderr: text(stderr), isLate })
    })
    if (stdin instanceof Uint8Array) child.stdin.end(stdin)
    else feed(child.stdin, stdin).catch(() => child.kill())
  })
}

async function feed(pipe: NodeJS.WritableStream, chunks: AsyncIterable<Uint8Array>): Promise<void> {
  for await (const chunk of chunks)
    if (!pipe.write(chunk)) await new Promise((resolve) => pipe.once('drain', resolve).once('close', resolve))
  pipe.end()
}

function text(chunks: readonly Buffer[]): string {
  return Buffer.concat(chunks).toString()
}
