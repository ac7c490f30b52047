import type { BunRequest } from 'bun';
import type { Logger } from '../logger.ts';
import { responseTo } from './errors.ts';
import type { Handler } from './route.ts';

const SAFE_ID = /^[\w.-]{1,128}$/;
const HEADERS = {
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
  'x-content-type-options': 'nosniff',
};

/**
 * Makes a handler into what Bun.serve calls: gives each request an id and a logger, turns errors into
 * responses, and logs the request once, when it is answered. The paths in `quiet` are probes: debug only.
 */
export function responder(logger: Logger, quiet: ReadonlySet<string>) {
  return (handler: Handler) =>
    async (request: BunRequest): Promise<Response> => {
      const start = performance.now();
      const { method } = request;
      const path = pathOf(request);
      const requestId = acceptId(request.headers.get('x-request-id'));
      const log = logger.with({ requestId });

      const response = await answer(handler, request, log);
      const headers = { ...HEADERS, 'x-request-id': requestId };
      for (const [name, value] of Object.entries(headers)) response.headers.set(name, value);

      const { status } = response;
      const level = quiet.has(path) ? 'debug' : status >= 500 ? 'error' : 'info';
      const durationMs = Math.round(performance.now() - start);
      log.log(level, 'Request completed', { method, path, status, durationMs });
      return response;
    };
}

async function answer(handler: Handler, request: BunRequest, log: Logger): Promise<Response> {
  try {
    return await handler({ request, log });
  } catch (error) {
    return responseTo(error, log);
  }
}

/** `URL` cannot be asked: where a request names no host, such as the health check's, `url` is a path. */
function pathOf({ url }: Request): string {
  return url.replace(/^https?:\/\/[^/?#]*/, '').replace(/[?#].*/s, '');
}

function acceptId(id: string | null): string {
  return id !== null && SAFE_ID.test(id) ? id : crypto.randomUUID();
}
