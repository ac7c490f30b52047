import type { BunRequest } from 'bun';
import type { Logger } from '../logger.ts';
import { errorResponse } from './errors.ts';

export interface Context {
  /** `request.params` holds the `:names` in the route's path. */
  request: BunRequest;
  /** Adds the request's id to each line. */
  log: Logger;
}

export type Handler = (context: Context) => Response | Promise<Response>;

/** The handlers of a path, by method. */
export type Route = Partial<Record<'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE', Handler>>;

export type Routes = Record<string, Route>;

/** One handler for a path. HEAD is a GET: Bun leaves the body out. */
export function byMethod(route: Route): Handler {
  const handlers = new Map(Object.entries(route));
  const allow = [...handlers.keys()].join(', ');
  return (context) => {
    const { method } = context.request;
    const handler = handlers.get(method === 'HEAD' ? 'GET' : method);
    if (handler !== undefined) return handler(context);
    const response = errorResponse(405, 'method_not_allowed', `${method} is not allowed here`);
    response.headers.set('allow', allow);
    return response;
  };
}
