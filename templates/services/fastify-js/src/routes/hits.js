/** @import { FastifyPluginAsync } from 'fastify' */

/**
 * @typedef {object} Counter
 * @property {(key: string) => Promise<number>} increment
 */

const answer = {
  type: 'object',
  properties: { hits: { type: 'integer' } },
};

/** @type {FastifyPluginAsync<{ counter: Counter }>} */
export const hitRoutes = async (app, { counter }) => {
  app.post('/hits', { schema: { response: { 200: answer } } }, async () => ({
    hits: await counter.increment('hits'),
  }));
};
