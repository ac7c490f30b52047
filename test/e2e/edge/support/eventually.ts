import { setTimeout as sleep } from 'node:timers/promises'

/** Tries until it does not throw; after `seconds` the last error is thrown. */
export async function eventually<T>(seconds: number, attempt: () => Promise<T>): Promise<T> {
  const end = Date.now() + seconds * 1000
  for (;;) {
    try {
      return await attempt()
    } catch (error) {
      if (Date.now() > end) throw error
      await sleep(500)
    }
  }
}
