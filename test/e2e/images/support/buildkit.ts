import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { run } from '../../support/run.ts'
import { listTree } from './tree.ts'

/** What BuildKit is sent of each folder. One build for all: a named context has ignore rules of its own. */
export async function sentByBuildKit(folders: readonly string[]): Promise<string[][]> {
  const work = mkdtempSync(join(tmpdir(), 'nself-sent-'))
  try {
    const [context, out] = [join(work, 'context'), join(work, 'out')]
    mkdirSync(context)
    const copies = folders.map((_, index) => `COPY --from=c${index} . /c${index}\n`)
    writeFileSync(join(context, 'Dockerfile'), `FROM scratch\n${copies.join('')}`)
    const contexts = folders.map((folder, index) => `--build-context=c${index}=${folder}`)
    await run('docker', ['buildx', 'build', '--quiet', ...contexts, '--output', `type=local,dest=${out}`, context])
    return folders.map((_, index) => listTree(join(out, `c${index}`)))
  } finally {
    rmSync(work, { recursive: true, force: true })
  }
}

/** What BuildKit is sent of a folder with a Dockerfile of its own. Rejects when BuildKit refuses it. */
export async function sentAlone(folder: string, dockerfile = 'Dockerfile'): Promise<string[]> {
  const out = mkdtempSync(join(tmpdir(), 'nself-sent-'))
  try {
    await run('docker', ['buildx', 'build', '--quiet', '--file', join(folder, dockerfile), '--output', `type=local,dest=${out}`, folder])
    return listTree(out)
  } finally {
    rmSync(out, { recursive: true, force: true })
  }
}
