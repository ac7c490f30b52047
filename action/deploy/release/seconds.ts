const units: Readonly<Record<string, number>> = { h: 3600, m: 60, s: 1, ms: 0.001 }

/** Seconds of a Compose duration (`15s`, `1m30s`), rounded up. */
export function secondsOf(duration: string): number {
  let seconds = 0
  for (const [, count, unit] of duration.matchAll(/(\d+(?:\.\d+)?)(ms|h|m|s)/g))
    seconds += Number(count) * (units[unit as string] as number)
  return Math.ceil(seconds)
}
