import { createHash } from 'node:crypto'
import type { Project } from '../../config/project.ts'

/** The Compose project of the services on a host. */
export function stackName({ name, environment }: Project): string {
  return `${name}-${environment.name}`
}

/** The network that services and nginx share; the agent makes it. */
export function networkName(project: Project): string {
  return `${stackName(project)}_network`
}

/** The first hexadecimal digits of the SHA-256 of a text. */
export function shortHash(text: string, digits: number): string {
  return createHash('sha256').update(text).digest('hex').slice(0, digits)
}

/** The hash of nginx's files. */
export function treeHash(tree: ReadonlyMap<string, string>): string {
  return shortHash(JSON.stringify([...tree]), 16)
}
