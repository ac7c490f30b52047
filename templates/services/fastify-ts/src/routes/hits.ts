import { type FastifyPluginAsyncTypebox, Type } from '@fastify/type-provider-typebox';

export interface Counter {
  increment(key: string): Promise<number>;
}

export const hitRoutes: FastifyPluginAsyncTypebox<{ counter: Counter }> = async (
  app,
  { counter },
) => {
  app.post(
    '/hits',
    { schema: { response: { 200: Type.Object({ hits: Type.Integer() }) } } },
    async () => ({ hits: await counter.increment('hits') }),
  );
};
