import { HttpError } from '../errors.js';

/** @import { IncomingMessage } from 'node:http' */

const MAX_BYTES = 2 ** 20;
const JSON_TYPE = /^application\/json\s*(;\s*charset="?utf-8"?\s*)?$/i;

/**
 * The request's body. Whatever is wrong with it is the client's fault.
 * @param {IncomingMessage} request
 */
export async function readJson(request) {
  const { 'content-type': type = '', 'content-encoding': encoding = 'identity' } = request.headers;
  if (!JSON_TYPE.test(type) || encoding !== 'identity') {
    throw new HttpError(415, 'unsupported_media_type', 'Send application/json, uncompressed');
  }
  const text = (await readBody(request)).toString('utf8');
  try {
    return JSON.parse(text);
  } catch {
    throw new HttpError(400, 'invalid_json', 'The body is not valid JSON');
  }
}

/** @param {IncomingMessage} request */
async function readBody(request) {
  const chunks = [];
  let size = 0;
  try {
    // Destroying the request would close the connection, and the client would never see the answer.
    for await (const chunk of request.iterator({ destroyOnReturn: false })) {
      size += chunk.length;
      if (size > MAX_BYTES) break;
      chunks.push(chunk);
    }
  } catch (cause) {
    throw new HttpError(400, 'invalid_body', 'The body did not arrive', { cause });
  }
  if (size > MAX_BYTES) {
    request.resume(); // discards the rest
    throw new HttpError(413, 'payload_too_large', 'The body is larger than 1 MB');
  }
  return Buffer.concat(chunks);
}
