import type { Project } from '../config/project.ts'
import { isNginxSince } from './nginx-version.ts'

/**
 * True where nginx also speaks HTTP/3: the image has it, and certificates are such that browsers use it, which excludes
 * development and its own authority.
 */
export function hasHttp3({ nginx, tls, core, environment }: Project): boolean {
  if (nginx === undefined || tls === 'none' || core === 'external' || environment.kind === 'development') return false
  return nginx.http3 && isNginxSince(nginx, 1, 25, 1)
}
