import { type FastifyPluginAsyncTypebox, Type } from '@fastify/type-provider-typebox';
import type { ItemStore } from '../stores/items.ts';

const NewItem = Type.Object({
  // Something that is not a space, and no NUL, which Postgres cannot store in text.
  name: Type.String({ maxLength: 200, pattern: '^[^\\0]*[^\\s\\0][^\\0]*$' }),
});

const Item = Type.Object({
  id: Type.Integer(),
  name: Type.String(),
  createdAt: Type.String(),
});

export const itemRoutes: FastifyPluginAsyncTypebox<{ items: ItemStore }> = async (
  app,
  { items },
) => {
  app.get(
    '/items',
    { schema: { response: { 200: Type.Object({ items: Type.Array(Item) }) } } },
    async () => ({ items: await items.list() }),
  );

  app.post(
    '/items',
    { schema: { body: NewItem, response: { 201: Item } } },
    async (request, reply) => reply.code(201).send(await items.create(request.body.name.trim())),
  );
};
