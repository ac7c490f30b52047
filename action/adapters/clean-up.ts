const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const

/** Runs `use`, then `clean`: also when the process is asked to end meanwhile, as a cancelled job is. `clean` must be synchronous. */
export async function cleanUpAfter<T>(clean: () => void, use: () => Promise<T>): Promise<T> {
  const end = (signal: NodeJS.Signals) => {
    release()
    clean()
    process.kill(process.pid, signal)
  }
  const release = () => {
    for (const signal of signals) process.removeListener(signal, end)
  }
  for (const signal of signals) process.on(signal, end)
  try {
    return await use()
  } finally {
    release()
    clean()
  }
}
