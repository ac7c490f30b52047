import { HttpError } from '../errors.ts';
import type { Logger } from '../logger.ts';
import { errorResponse } from './errors.ts';

export interface Context {
  request: Request;
  /** Of the URL, without the query. */
  path: string;
  /** Adds the request's id to each line. */
  log: Logger;
  /** The `:names` in the route's path, as they were in the URL. */
  params: Record<string, string | undefined>;
}

export interface Route {
  method: string;
  path: string;
  handle: (context: Context) => Response | Promise<Response>;
}

/** The first route that fits wins. HEAD is a GET: Deno leaves the body out. */
export function createRouter(routes: Route[]) {
  const table = routes.map((route) => ({
    ...route,
    pattern: new URLPattern({ pathname: route.path }),
  }));

  return (context: Omit<Context, 'params'>): Response | Promise<Response> => {
    const { request, path } = context;
    const method = request.method === 'HEAD' ? 'GET' : request.method;
    const allowed = new Set<string>();
    for (const route of table) {
      const match = route.pattern.exec({ pathname: path });
      if (match === null) continue;
      if (route.method === method) {
        return route.handle({ ...context, params: match.pathname.groups });
      }
      allowed.add(route.method);
    }
    if (allowed.size === 0) throw new HttpError(404, 'not_found', 'No such endpoint');
    const message = `${request.method} is not allowed here`;
    const response = errorResponse(405, 'method_not_allowed', message);
    response.headers.set('allow', [...allowed].join(', '));
    return response;
  };
}
