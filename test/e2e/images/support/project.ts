import type { Context } from '../../../../action/commands/context.ts'
import { runCommand } from '../../../../action/commands/index.ts'
import type { BuildJob } from '../../../../action/images/matrix.ts'
import { type Inputs, readInputs } from '../../../../action/inputs.ts'
import { type TemporaryProject, temporaryProject, tool } from '../../../support/project.ts'
import { envFile } from '../../support/env.ts'

const defaults = readInputs(new Map(), (name) => name).inputs as Inputs

/** What `build` and `plan` say of the images, as far as the tests read it. */
export interface ImageData {
  readonly built: readonly string[]
  readonly reused: readonly string[]
  readonly failed: readonly string[]
  readonly reasons: Readonly<Record<string, string>>
  readonly images: Readonly<Record<string, string>>
  readonly keys: Readonly<Record<string, string>>
  /** Of `plan`. */
  readonly matrix: { readonly include: readonly BuildJob[] }
}

/** A project of services that are built from files of their own; `files` is asked for each one's files by path. */
export function imagesProject(services: readonly string[], files: (service: string) => Readonly<Record<string, string>>): TemporaryProject {
  const env = envFile({
    PROJECT_NAME: 'shop',
    POSTGRES_PASSWORD: 'development',
    HASURA_ENABLED: 'false',
    AUTH_ENABLED: 'false',
    SERVICES_ENABLED: 'true',
    ...Object.fromEntries(services.map((service, index) => [`CS_${index + 1}`, `${service}:custom:${3001 + index}`])),
  })
  const own = services.flatMap((service) => Object.entries(files(service)).map(([path, text]) => [`services/${service}/${path}`, text]))
  return temporaryProject({ '.env.dev': env, ...Object.fromEntries(own) })
}

/** Runs `build` or `plan` with the environment of this process, as the command does. */
export async function runImages(
  project: TemporaryProject,
  command: 'build' | 'plan',
  inputs: Partial<Inputs>,
  outer: Readonly<Record<string, string>> = {},
) {
  const result = await runCommand(command, contextOf(project, inputs, outer))
  return { ...result, data: result.data as unknown as ImageData }
}

/** What a command gets of its door. */
export function contextOf({ root }: TemporaryProject, inputs: Partial<Inputs>, outer: Readonly<Record<string, string>> = {}): Context {
  return { inputs: { ...defaults, ...inputs }, root, tool, outer: { ...process.env, ...outer }, progress: () => {}, handEdits: 'stop' }
}
