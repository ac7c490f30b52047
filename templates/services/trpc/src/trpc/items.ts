import { z } from 'zod';
import { publicProcedure, router } from './trpc.ts';

const NewItem = z.object({
  // Postgres cannot store NUL in text.
  name: z
    .string()
    .trim()
    .min(1)
    .max(200)
    .regex(/^[^\0]*$/),
});

export const itemRouter = router({
  list: publicProcedure.query(({ ctx }) => ctx.items.list()),
  create: publicProcedure.input(NewItem).mutation(({ ctx, input }) => ctx.items.create(input.name)),
});
