import type { Project, Service } from '../config/project.ts'
import type { Tree } from './changes.ts'

/**
 * A Dockerfile of the user's own need not have the template's development stage: where it is missing, the last stage is
 * built instead, as everywhere but in development.
 */
export function withExistingStages(project: Project, tree: Tree): Project {
  return { ...project, services: project.services.map((service) => withExistingStage(service, tree)) }
}

function withExistingStage(service: Service, tree: Tree): Service {
  const { build, template } = service
  if (build?.target === undefined || build.target !== template.dev.target) return service
  const dockerfile = tree.read(`${build.context}/${build.dockerfile}`)?.toString('utf8')
  if (dockerfile === undefined || hasStage(dockerfile, build.target)) return service
  return { ...service, build: { ...build, target: undefined } }
}

function hasStage(dockerfile: string, stage: string): boolean {
  return [...dockerfile.matchAll(/^\s*FROM\s.*\sAS\s+(\S+)\s*$/gim)].some(([, name]) => name?.toLowerCase() === stage)
}
