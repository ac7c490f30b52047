import type { Nginx } from '../config/project.ts'

/** True when nginx is of this version or a later one. */
export function isNginxSince({ version }: Pick<Nginx, 'version'>, ...wanted: [number, number, number]): boolean {
  for (let index = 0; index < 3; index++) {
    const difference = (version[index] as number) - (wanted[index] as number)
    if (difference !== 0) return difference > 0
  }
  return true
}
