import type { Project, Service } from '../config/project.ts'
import type { RenderedFile } from './file.ts'
import { withHeader } from './header.ts'

/** The bake file that a project commits, so that `docker buildx bake --file docker-bake.json` builds what this tool builds. */
export const bakeFile = 'docker-bake.json'

/** A target of a bake file (docs.docker.com/build/bake/reference). */
export interface BakeTarget {
  readonly context: string
  readonly dockerfile: string
  readonly target?: string
  readonly tags: readonly string[]
  readonly [option: string]: unknown
}

/** A service that is built, not one that runs a ready image. */
export type BuiltService = Service & { readonly build: NonNullable<Service['build']> }

export function builtServices(project: Project): BuiltService[] {
  return project.services.filter((service): service is BuiltService => service.build !== undefined)
}

/** What bake must know of a service, the same in every environment: images are built once and deployed everywhere. */
export function bakeTarget({ build, image }: BuiltService): BakeTarget {
  return {
    context: build.context,
    dockerfile: build.dockerfile,
    ...(build.releaseTarget === undefined ? {} : { target: build.releaseTarget }),
    tags: [image],
  }
}

/** Renders docker-bake.json, in development: it is the same for every environment. Nothing when no service is built. */
export function renderBake(project: Project): RenderedFile[] {
  const services = builtServices(project)
  if (services.length === 0 || project.environment.kind !== 'development') return []
  const content = {
    '//': [],
    group: { default: { targets: services.map(({ host }) => host) } },
    target: Object.fromEntries(services.map((service) => [service.host, bakeTarget(service)])),
  }
  const body = `${JSON.stringify(content, null, 2).replace('"//": []', '"//": [\n  ]')}\n`
  return [{ path: bakeFile, content: withHeader(body, 'json', 'change the env files.'), executable: false }]
}
