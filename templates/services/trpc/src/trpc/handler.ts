import type { ServerResponse } from 'node:http';
import { nodeHTTPRequestHandler } from '@trpc/server/adapters/node-http';
import { HttpError } from '../errors.ts';
import { MAX_BYTES } from '../http/json.ts';
import type { RequestContext } from '../http/request-context.ts';
import { appRouter } from './router.ts';
import type { Context } from './trpc.ts';

export const TRPC_PREFIX = '/trpc/';

/** Answers the requests under `/trpc/`. */
export function trpcHandler(context: Context) {
  return ({ request, path, log }: RequestContext, response: ServerResponse): Promise<void> => {
    response.setHeader('x-content-type-options', 'nosniff');
    return nodeHTTPRequestHandler({
      router: appRouter,
      req: request,
      res: response,
      path: path.slice(TRPC_PREFIX.length),
      createContext: () => context,
      maxBodySize: MAX_BYTES,
      onError: ({ error, path: procedure }) => {
        const { cause } = error;
        if (error.code === 'INTERNAL_SERVER_ERROR' || cause instanceof HttpError) {
          log.error({ err: cause?.cause ?? cause ?? error, procedure }, error.message);
        }
      },
    });
  };
}
