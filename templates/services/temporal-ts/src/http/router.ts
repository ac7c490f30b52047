import { HttpError } from '../errors.ts';
import type { Reply } from './reply.ts';
import type { RequestContext } from './request-context.ts';

export interface RouteContext extends RequestContext {
  /** The `:names` in the route's path, as they were in the URL. */
  params: Record<string, string | undefined>;
}

export interface Route {
  method: string;
  path: string;
  handle: (context: RouteContext) => Reply | Promise<Reply>;
}

/** The first route that fits wins. HEAD is a GET without the body. */
export function createRouter(routes: Route[]) {
  const table = routes.map((route) => ({
    ...route,
    pattern: new URLPattern({ pathname: route.path }),
  }));

  return async (context: RequestContext): Promise<Reply> => {
    const { request, path } = context;
    const method = request.method === 'HEAD' ? 'GET' : request.method;
    const allowed = new Set<string>();
    for (const route of table) {
      const match = route.pattern.exec({ pathname: path });
      if (match === null) continue;
      if (route.method === method)
        return route.handle({ ...context, params: match.pathname.groups });
      allowed.add(route.method);
    }
    if (allowed.size === 0) throw new HttpError(404, 'not_found', 'No such endpoint');
    return {
      status: 405,
      headers: { allow: [...allowed].join(', ') },
      body: {
        error: { code: 'method_not_allowed', message: `${request.method} is not allowed here` },
      },
    };
  };
}
