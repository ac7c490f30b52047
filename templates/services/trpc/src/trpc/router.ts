import { hitRouter } from './hits.ts';
import { itemRouter } from './items.ts';
import { createCallerFactory, router } from './trpc.ts';

export const appRouter = router({
  items: itemRouter,
  hits: hitRouter,
});

/** All that a client needs: `import type { AppRouter } from '…/src/trpc/router.ts'`. */
export type AppRouter = typeof appRouter;

/** Calls procedures without HTTP. */
export const createCaller = createCallerFactory(appRouter);
