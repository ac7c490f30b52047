import type { ServerResponse } from 'node:http';

/** What a handler answers: JSON, 200 unless it says otherwise. */
export interface Reply {
  status?: number;
  headers?: Record<string, string>;
  body: unknown;
}

export function send(response: ServerResponse, { status = 200, headers = {}, body }: Reply): void {
  const payload = JSON.stringify(body);
  response.writeHead(status, {
    'content-type': 'application/json; charset=utf-8',
    'content-length': Buffer.byteLength(payload),
    'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
    'x-content-type-options': 'nosniff',
    ...headers,
  });
  response.end(payload); // Node leaves the body out when the request was HEAD
}
