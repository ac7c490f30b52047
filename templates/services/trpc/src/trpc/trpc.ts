import { initTRPC, TRPCError } from '@trpc/server';
import { z } from 'zod';
import { HttpError } from '../errors.ts';
import type { ItemStore } from '../stores/items.ts';

/** What procedures work with. */
export interface Context {
  items: ItemStore;
  counter: Counter;
}

export interface Counter {
  increment(key: string): Promise<number>;
}

const t = initTRPC.context<Context>().create({
  isDev: false, // or a stack trace goes to the client
  errorFormatter: ({ shape, error }) => ({
    ...shape,
    message: error.code === 'INTERNAL_SERVER_ERROR' ? 'Internal server error' : shape.message,
    data: {
      ...shape.data,
      /** What is wrong with the input, by field. */
      input: error.cause instanceof z.ZodError ? z.flattenError(error.cause) : null,
    },
  }),
});

export const { router, createCallerFactory } = t;

/** What the client may see of an error in plain HTTP, it may see in tRPC. */
export const publicProcedure = t.procedure.use(async ({ next }) => {
  const result = await next();
  if (!result.ok && result.error.cause instanceof HttpError) {
    const { cause } = result.error;
    const code = cause.status === 503 ? 'SERVICE_UNAVAILABLE' : 'BAD_REQUEST';
    throw new TRPCError({ code, message: cause.message, cause });
  }
  return result;
});
