import type { Manifest, ReleaseService } from './types.ts'

const field = /^[A-Za-z0-9._:/@-]+$/

/** One line of fields for the agent, which splits at tabs and trusts nothing. */
function line(fields: readonly string[]): string {
  const bad = fields.find((each) => !field.test(each))
  if (bad !== undefined) throw new Error(`${JSON.stringify(bad)} cannot be a field of a release table`)
  return `${fields.join('\t')}\n`
}

/** `services.tsv`, sorted by name. */
export function serviceTable(services: readonly ReleaseService[]): string {
  return services
    .map((service) =>
      line([
        service.name,
        service.class,
        service.hash,
        String(service.replicas),
        String(service.startSeconds),
        String(service.drainSeconds),
        String(service.graceSeconds),
        service.image,
        String(service.port),
        service.probe,
        service.migrate ? 'yes' : 'no',
      ]),
    )
    .join('')
}

/** `release.tsv`: what the agent must know of the release as a whole. */
export function releaseTable({ release, target, envHash, edgeHash, edge }: Manifest, project: string, network: string): string {
  const rows = { project, network, release, envHash, edgeHash, edge: edge.hash, ...(target === undefined ? {} : { target }) }
  return Object.entries(rows).map(line).join('')
}

export function formatManifest(manifest: Manifest): string {
  return `${JSON.stringify(manifest, null, 2)}\n`
}
