/**
 * @import { FastifyPluginAsync } from 'fastify'
 * @import { ItemStore } from '../stores/items.js'
 */

const newItem = {
  type: 'object',
  required: ['name'],
  properties: {
    // Something that is not a space, and no NUL, which Postgres cannot store in text.
    name: { type: 'string', maxLength: 200, pattern: '^[^\\0]*[^\\s\\0][^\\0]*$' },
  },
};

const item = {
  type: 'object',
  properties: {
    id: { type: 'integer' },
    name: { type: 'string' },
    createdAt: { type: 'string' },
  },
};

const itemList = {
  type: 'object',
  properties: { items: { type: 'array', items: item } },
};

/** @type {FastifyPluginAsync<{ items: ItemStore }>} */
export const itemRoutes = async (app, { items }) => {
  app.get('/items', { schema: { response: { 200: itemList } } }, async () => ({
    items: await items.list(),
  }));

  app.post(
    '/items',
    { schema: { body: newItem, response: { 201: item } } },
    async (request, reply) => reply.code(201).send(await items.create(request.body.name.trim())),
  );
};
