/** @import { ServerResponse } from 'node:http' */

/**
 * What a handler answers: JSON, 200 unless it says otherwise.
 * @typedef {object} Reply
 * @property {number} [status]
 * @property {Record<string, string>} [headers]
 * @property {unknown} body
 */

/**
 * @param {ServerResponse} response
 * @param {Reply} options
 */
export function send(response, { status = 200, headers = {}, body }) {
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
