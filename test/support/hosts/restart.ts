import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { run } from '../../e2e/support/run.ts'

/**
 * What a power cut does to a project: the run on the host ends with everything that it has started, and so do all containers; when the machine
 * is back, the Engine starts those that ran. Nothing else on this machine notices.
 */
export async function restartMachine({ root, project }: { readonly root: string; readonly project: string }): Promise<void> {
  const running = async (...filters: string[]) => {
    const all = ['ps', '-q', '--filter', `label=nself.project=${project}`, ...filters.flatMap((filter) => ['--filter', filter])]
    return (await run('docker', all)).split('\n').filter((id) => id !== '')
  }
  const before = await running()
  await killRun(join(root, 'state/lock.owner'))
  // What the killed run was just about to start comes up a moment later. What was run to its end is not started again.
  const services = await running('label=com.docker.compose.oneoff=False')
  const all = [...new Set([...before, ...services])]
  if (all.length > 0) await run('docker', ['kill', ...all]).catch(() => '')
  if (services.length > 0) await run('docker', ['start', ...services])
}

// `setsid` has made the run the leader of its session.
async function killRun(owner: string): Promise<void> {
  if (!existsSync(owner)) return
  const { pid } = JSON.parse(readFileSync(owner, 'utf8')) as { pid: number }
  const sessions = (await run('ps', ['-eo', 'pid=,sid='])).split('\n').map((line) => line.trim().split(/\s+/).map(Number))
  for (const [member = 0] of sessions.filter(([, session]) => session === pid)) {
    try {
      process.kill(member, 'SIGKILL')
    } catch {
      // It has ended by itself.
    }
  }
}
