/** One service's image in the digests file. */
export interface ImageRecord {
  readonly slot: number
  /** `ghcr.io/acme/shop-api@sha256:…` */
  readonly image: string
  readonly key: string
  readonly platforms: readonly string[]
  readonly bases: Readonly<Record<string, string>>
}

/** The digests file: what `deploy` runs. Sorted, without times: equal images give equal bytes. */
export function formatDigestsFile(project: string, services: ReadonlyMap<string, ImageRecord>): string {
  return `${JSON.stringify({ version: 1, project, services: sorted(services) }, null, 2)}\n`
}

/** The same as `CS_N_IMAGE` lines, for an nself CLI that runs the stack on a server. */
export function formatImageLines(services: ReadonlyMap<string, ImageRecord>): string {
  return [...services.values()]
    .sort((a, b) => a.slot - b.slot)
    .map(({ slot, image }) => `CS_${slot}_IMAGE=${image}\n`)
    .join('')
}

function sorted(services: ReadonlyMap<string, ImageRecord>): Record<string, ImageRecord> {
  return Object.fromEntries([...services].sort(([a], [b]) => (a < b ? -1 : 1)))
}
