import { HttpError } from '../errors.js';

/** @import { Reply } from './reply.js' */

/**
 * @typedef {object} RouteContext
 * @property {Record<string, string | undefined>} params - The `:names` in the route's path, as they were in the URL.
 */

/**
 * @typedef {object} Route
 * @property {string} method
 * @property {string} path
 * @property {(context: RouteContext) => Reply | Promise<Reply>} handle
 */

/**
 * The first route that fits wins. HEAD is a GET without the body.
 * @param {Route[]} routes
 */
export function createRouter(routes) {
  const table = routes.map((route) => ({
    ...route,
    pattern: new URLPattern({ pathname: route.path }),
  }));

  return async (context) => {
    const { request, path } = context;
    const method = request.method === 'HEAD' ? 'GET' : request.method;
    const allowed = new Set();
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
