import { randomBytes } from 'node:crypto'
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { bundle } from './bundle.ts'
import { run } from './run.ts'

/** A generated project in a temporary folder. Plain data, so that a global set-up can hand it to the tests. */
export interface Project {
  readonly root: string
  readonly name: string
  /** The printed command of the stack, without its arguments. */
  readonly wrapper: string
}

/** What a project is made of: its files by path, and how it is generated. */
export interface Definition {
  readonly files: Readonly<Record<string, string>>
  readonly flags?: readonly string[]
}

/** A project name that no other run has. */
export function uniqueName(label: string): string {
  return `e2e-${label}-${randomBytes(3).toString('hex')}`
}

/** Writes the files into a new folder and generates there. The folder is gone again when that fails. */
export async function createProject(name: string, { files, flags = [] }: Definition): Promise<Project> {
  const root = mkdtempSync(join(tmpdir(), `${name}-`))
  try {
    for (const [path, text] of Object.entries(files)) writeProjectFile(root, path, text)
    return { root, name, wrapper: await generate(root, flags) }
  } catch (error) {
    rmSync(root, { recursive: true })
    throw error
  }
}

/** Writes one file below a project's root, with its folders. */
export function writeProjectFile(root: string, path: string, text: string): void {
  mkdirSync(join(root, dirname(path)), { recursive: true })
  writeFileSync(join(root, path), text)
}

/** Puts a user's own code, from `support/services`, in the place of a service's scaffold. */
export function replaceScaffold({ root }: Project, service: string, own: string): void {
  cpSync(join(import.meta.dirname, 'services', own), join(root, 'services', service), { recursive: true })
}

/** Generates and returns the wrapper of the start command that the tool names. */
export async function generate(root: string, flags: readonly string[] = []): Promise<string> {
  const { start } = JSON.parse(await run(process.execPath, [bundle, 'generate', '--json', '--working-directory', root, ...flags])) as {
    start: string
  }
  return start.replace(' up --build --wait', '')
}

/** `docker compose` of the project, through its wrapper. */
export function compose({ root, wrapper }: Project, ...args: string[]): Promise<string> {
  return run(join(root, wrapper), args, root)
}

/** Starts the stack as the tool says. When that fails, the error tells what the containers logged. */
export async function start(project: Project): Promise<void> {
  try {
    await compose(project, 'up', '--build', '--wait')
  } catch (error) {
    const logs = await compose(project, 'logs', '--tail', '30').catch(String)
    throw new Error(`${(error as Error).message}\n${logs}`, { cause: error })
  }
}

/** Removes containers, networks, volumes, images and the folder. */
export async function remove(project: Project): Promise<void> {
  try {
    await compose(project, 'down', '--volumes', '--remove-orphans', '--timeout', '2')
    const images = (await run('docker', ['image', 'ls', '--quiet', '--filter', `reference=${project.name}-*`])).split('\n').filter(Boolean)
    if (images.length > 0) await run('docker', ['image', 'rm', '--force', ...new Set(images)])
  } finally {
    rmSync(project.root, { recursive: true })
  }
}
