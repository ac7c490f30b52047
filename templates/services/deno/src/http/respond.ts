import type { Logger } from '../logger.ts';
import { responseTo } from './errors.ts';
import type { Context } from './router.ts';

type Route = (context: Omit<Context, 'params'>) => Response | Promise<Response>;

const SAFE_ID = /^[\w.-]{1,128}$/;
const HEADERS = {
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
  'x-content-type-options': 'nosniff',
};

/**
 * What Deno.serve calls: gives each request an id and a logger, turns errors into responses, and logs
 * the request once, when it is answered. The paths in `quiet` are probes: debug only.
 */
export function responder(route: Route, logger: Logger, quiet: ReadonlySet<string>) {
  return async (request: Request): Promise<Response> => {
    const start = performance.now();
    const { method } = request;
    const path = pathOf(request);
    const requestId = acceptId(request.headers.get('x-request-id'));
    const log = logger.with({ requestId });

    const response = await answer(route, { request, path, log });
    const headers = { ...HEADERS, 'x-request-id': requestId };
    for (const [name, value] of Object.entries(headers)) response.headers.set(name, value);

    const { status } = response;
    const level = quiet.has(path) ? 'debug' : status >= 500 ? 'error' : 'info';
    const durationMs = Math.round(performance.now() - start);
    log.log(level, 'Request completed', { method, path, status, durationMs });
    return response;
  };
}

async function answer(route: Route, context: Parameters<Route>[0]): Promise<Response> {
  try {
    return await route(context);
  } catch (error) {
    return responseTo(error, context.log);
  }
}

/** `URL` cannot be asked: with an illegal Host header, `url` is not one that it accepts. */
function pathOf({ url }: Request): string {
  return url.replace(/^https?:\/\/[^/?#]*/, '').replace(/[?#].*/s, '');
}

function acceptId(id: string | null): string {
  return id !== null && SAFE_ID.test(id) ? id : crypto.randomUUID();
}
