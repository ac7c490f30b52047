import { HttpError } from '../errors.ts';

const MAX_BYTES = 2 ** 20;
const JSON_TYPE = /^application\/json\s*(;\s*charset="?utf-8"?\s*)?$/i;

/** The request's body. Whatever is wrong with it is the client's fault. */
export async function readJson({ headers, body }: Request): Promise<unknown> {
  const isPlain = (headers.get('content-encoding') ?? 'identity') === 'identity';
  if (!isPlain || !JSON_TYPE.test(headers.get('content-type') ?? '')) {
    throw new HttpError(415, 'unsupported_media_type', 'Send application/json, uncompressed');
  }
  const text = await readText(body);
  try {
    return JSON.parse(text);
  } catch {
    throw new HttpError(400, 'invalid_json', 'The body is not valid JSON');
  }
}

/** Counts while it reads: a chunked body does not say how long it will be. */
async function readText(body: Request['body']): Promise<string> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  try {
    for await (const chunk of body ?? []) {
      size += chunk.length;
      if (size > MAX_BYTES) break;
      chunks.push(chunk);
    }
  } catch (cause) {
    throw new HttpError(400, 'invalid_body', 'The body did not arrive', { cause });
  }
  if (size > MAX_BYTES) {
    throw new HttpError(413, 'payload_too_large', 'The body is larger than 1 MB');
  }
  return new TextDecoder().decode(Buffer.concat(chunks));
}
