/** Settles like `work`, or rejects after `ms`, having called `onTimeout`. Bun's clients wait forever. */
export async function withDeadline<T>(
  ms: number,
  work: Promise<T>,
  onTimeout: () => void,
): Promise<T> {
  const { promise: expired, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => {
    reject(new Error(`No answer within ${ms} ms`));
    onTimeout();
  }, ms);
  try {
    return await Promise.race([work, expired]);
  } finally {
    clearTimeout(timer);
  }
}
