/**
 * @typedef {object} Counter
 * @property {(key: string) => Promise<number>} increment
 */

/** @param {Counter} counter */
export function hitRoutes(counter) {
  return [
    {
      method: 'POST',
      path: '/hits',
      handle: async () => ({ body: { hits: await counter.increment('hits') } }),
    },
  ];
}
