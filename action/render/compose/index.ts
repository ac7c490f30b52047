import type { Project } from '../../config/project.ts'
import type { RenderedFile } from '../file.ts'
import { withHeader } from '../header.ts'
import { toYaml } from '../yaml.ts'
import { coreServices, coreVolumes, postgresInit } from './core-services.ts'
import { customService } from './custom-service.ts'
import { type Layout, layoutOf } from './layout.ts'

/** Renders `docker-compose.yml`, or `docker-compose.custom.yml` beside an nself CLI that runs the core itself. */
export function renderCompose(project: Project, nginxFiles: readonly RenderedFile[]): RenderedFile {
  const layout = layoutOf(project.environment)
  const external = project.core === 'external'
  const path = `${layout.directory}${external ? 'docker-compose.custom.yml' : 'docker-compose.yml'}`
  const custom = Object.fromEntries(project.services.map((service) => [service.host, customService(project, service, layout)]))
  const services = { ...(external ? postgresInit(project) : coreServices(project, nginxFiles)), ...custom }
  const compose = {
    name: external ? `${project.name}-custom` : project.name,
    services,
    networks: networks(project, external),
    ...volumes(project, external),
  }
  return { path, content: withHeader(toYaml(compose), '#', extendHint(layout)), executable: false }
}

function extendHint({ directory }: Layout): string {
  return `change the CS_N lines, or add ${directory}docker-compose.override.yml, which is yours.`
}

function networks(project: Project, external: boolean): Record<string, unknown> {
  const joined = new Set(project.services.flatMap(({ networks }) => networks))
  return {
    default: { name: `${project.name}_network`, ...(external ? { external: true } : {}) },
    ...Object.fromEntries([...joined].sort().map((name) => [name, { name, external: true }])),
  }
}

function volumes(project: Project, external: boolean): Record<string, unknown> {
  const own = project.services.flatMap(({ volumes }) =>
    volumes.filter((volume) => !volume.startsWith('./')).map((volume) => volume.slice(0, volume.indexOf(':'))),
  )
  const names = [...new Set([...(external ? [] : coreVolumes(project)), ...own])].sort()
  return names.length === 0 ? {} : { volumes: Object.fromEntries(names.map((name) => [name, null])) }
}
