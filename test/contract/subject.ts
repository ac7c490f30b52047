import { randomBytes } from 'node:crypto'
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Template } from '../../action/config/template.ts'
import { baseImages } from '../../action/images/dockerfile.ts'
import { run } from '../e2e/support/run.ts'
import { tool } from '../support/project.ts'

/** The networks and stores that all subjects share. */
export interface Stage {
  readonly network: string
  readonly postgres: string
  readonly redis: string
  readonly password: string
}

/** A template, scaffolded under several names in one project. */
export interface Subject {
  readonly template: Template
  readonly root: string
  readonly stage: Stage
  /** Measurements for the table; cells add to it. */
  readonly measured: Record<string, string | number>
}

/** Ordinary, keyword-like, and as hard as the grammar allows: a digit first, both separators, 63 characters. */
export const names = { ordinary: 'sample', keyword: 'import', hard: `3d-new_class-test-${'x'.repeat(45)}` } as const

/** Generates the project; `own` is a folder with templates of the user's own. */
export async function createSubject(template: Template, stage: Stage, own: string): Promise<Subject> {
  const root = mkdtempSync(join(tmpdir(), `contract-${template.id}-`))
  const services = Object.values(names).map((name, index) => `CS_${index + 1}=${name}:${template.id}:${3001 + index}`)
  writeFileSync(
    join(root, '.env.dev'),
    ['PROJECT_NAME=contract', 'SERVICES_ENABLED=true', 'POSTGRES_PASSWORD=x', ...services, ''].join('\n'),
  )
  if (own !== '') cpSync(own, join(root, 'own'), { recursive: true })
  await run(process.execPath, [
    join(tool, 'dist/cli.js'),
    'generate',
    '--working-directory',
    root,
    ...(own === '' ? [] : ['--templates', 'own']),
  ])
  return { template, root, stage, measured: {} }
}

/** The images that the subject is built from, and those that its proof starts. */
export function imagesOf({ root, template }: Subject): string[] {
  const dockerfile = readFileSync(join(root, 'services', names.ordinary, 'Dockerfile'), 'utf8')
  const targets = [undefined, 'build', template.dev.target]
  const platform = 'linux/amd64'
  const how = { buildArgs: {}, platforms: [platform], builderPlatform: platform }
  const started = (template.proof ?? []).flatMap((step) => ('start' in step ? [step.start] : []))
  return [...new Set([...targets.flatMap((target) => baseImages(dockerfile, { ...how, target })), ...started])]
}

export function imageOf({ template }: Subject, name: string, target = 'runtime'): string {
  return `contract-${template.id}:${name === names.hard ? 'hard' : name}-${target}`
}

/** Builds one stage of a scaffold; the last one when no target is given. */
export async function buildImage(subject: Subject, name: string, target?: string): Promise<string> {
  const image = imageOf(subject, name, target)
  await run('docker', [
    'build',
    '--quiet',
    '--tag',
    image,
    ...(target === undefined ? [] : ['--target', target]),
    join(subject.root, 'services', name),
  ])
  return image
}

export interface Container {
  readonly name: string
  readonly url: string
  readonly host: string
  readonly port: number
}

/** Starts the image as the generated compose file would: confined, within the template's own limits. */
export async function startContainer(subject: Subject, environment: Record<string, string>, port: number): Promise<Container> {
  const { template, stage } = subject
  const name = `contract-${template.id}-${randomBytes(3).toString('hex')}`
  const confinement = ['--cap-drop', 'ALL', '--security-opt', 'no-new-privileges', '--pids-limit', `${template.pids}`, '--init']
  const limits = ['--memory', `${template.memory.bytes}`, '--cpus', `${template.cpu}`]
  const root = template.readOnly ? ['--read-only'] : []
  const tmpfs = template.tmpfs.flatMap((path) => ['--tmpfs', path])
  const variables = Object.entries({ SERVICE_NAME: names.ordinary, ...environment }).flatMap(([key, value]) => ['--env', `${key}=${value}`])
  await run('docker', [
    'run',
    '--detach',
    '--name',
    name,
    '--network',
    stage.network,
    ...confinement,
    ...limits,
    ...root,
    ...tmpfs,
    ...variables,
    imageOf(subject, names.ordinary),
  ])
  const host = (await run('docker', ['inspect', '--format', '{{range .NetworkSettings.Networks}}{{.IPAddress}}{{end}}', name])).trim()
  return { name, host, port, url: `http://${host}:${port}` }
}

/** Runs `use` with a container, and removes it afterwards; a failure tells what it logged. */
export async function withContainer<T>(
  subject: Subject,
  environment: Record<string, string>,
  port: number,
  use: (container: Container) => Promise<T>,
): Promise<T> {
  const container = await startContainer(subject, environment, port)
  try {
    return await use(container)
  } catch (error) {
    const logs = await run('docker', ['logs', '--tail', '15', container.name]).catch(String)
    throw new Error(`${(error as Error).message}\n${logs}`, { cause: error })
  } finally {
    await run('docker', ['rm', '--force', '--volumes', container.name])
  }
}

/** Removes what the subject made. */
export async function removeSubject({ root, template }: Subject): Promise<void> {
  rmSync(root, { recursive: true, force: true })
  const images = (await run('docker', ['image', 'ls', '--quiet', '--filter', `reference=contract-${template.id}`]))
    .split('\n')
    .filter(Boolean)
  if (images.length > 0) await run('docker', ['image', 'rm', '--force', ...new Set(images)])
}

export function sleep(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds))
}
