/** One job of a build matrix. */
export interface BuildJob {
  readonly name: string
  /** For the input `services`. */
  readonly services: string
  /** For the input `platforms`. */
  readonly platforms: string
  readonly runner: string
}

// GitHub's own bound of a matrix.
const mostJobs = 256

/**
 * Spreads the images that must be built over jobs: one per service and platform, several services per job when that would be more
 * than a matrix may have. `runners` says which runner a platform is built on; without an entry it is `ubuntu-latest`.
 */
export function buildMatrix(
  services: readonly string[],
  platforms: readonly string[],
  runners: Readonly<Record<string, string>>,
): { include: BuildJob[] } {
  const batchSize = Math.max(1, Math.ceil((services.length * platforms.length) / mostJobs))
  const batches = Array.from({ length: Math.ceil(services.length / batchSize) }, (_, index) =>
    services.slice(index * batchSize, (index + 1) * batchSize),
  )
  const include = batches.flatMap((batch) =>
    platforms.map((platform) => ({
      name: platforms.length === 1 ? batch.join(', ') : `${batch.join(', ')} (${platform})`,
      services: batch.join(','),
      platforms: platform,
      runner: runners[platform] ?? 'ubuntu-latest',
    })),
  )
  return { include }
}
