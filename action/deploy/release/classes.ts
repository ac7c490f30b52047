import type { Service } from '../../config/project.ts'

/**
 * How a deploy treats a service.
 * `roll`: old and new side by side behind nginx, then traffic moves. `overlap`: new first, then the old ones stop; no traffic to move.
 * `recreate`: stop, then start. `static`: created when missing, never replaced by a code deploy. `once`: run to its end.
 */
export type ServiceClass = 'roll' | 'overlap' | 'recreate' | 'static' | 'once'

/** The class of a custom service. Whatever writes to a volume must never run twice at a time. */
export function classOf({ volumes, template, overlap, public: isPublic }: Service): ServiceClass {
  if (volumes.some(isWritable)) return 'static'
  if (!overlap) return 'recreate'
  return template.kind === 'worker' && !isPublic ? 'overlap' : 'roll'
}

function isWritable(volume: string): boolean {
  return !volume.endsWith(':ro')
}
