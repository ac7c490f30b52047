import { publicProcedure, router } from './trpc.ts';

export const hitRouter = router({
  increment: publicProcedure.mutation(({ ctx }) => ctx.counter.increment('hits')),
});
