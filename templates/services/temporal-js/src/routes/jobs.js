import { HttpError } from '../errors.js';
import { readJson } from '../http/json.js';

/** @import { Jobs } from '../jobs.js' */

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const MAX_LENGTH = 10_000;

/** @param {Jobs} jobs */
export function jobRoutes(jobs) {
  return [
    {
      method: 'POST',
      path: '/jobs',
      handle: async ({ request, requestId }) => {
        const text = parseText(await readJson(request));
        const id = await jobs.start({ text, requestId });
        return { status: 202, headers: { location: `/jobs/${id}` }, body: { id } };
      },
    },
    {
      method: 'GET',
      path: '/jobs/:id',
      handle: async ({ params: { id = '' } }) => {
        // Nothing else may become part of a workflow's id.
        const job = UUID.test(id) ? await jobs.find(id) : undefined;
        if (job === undefined) throw new HttpError(404, 'not_found', 'No such job');
        return { body: job };
      },
    },
  ];
}

/** @param {unknown} body */
function parseText(body) {
  if (typeof body === 'object' && body !== null && 'text' in body) {
    const { text } = body;
    if (typeof text === 'string' && text.length >= 1 && text.length <= MAX_LENGTH) return text;
  }
  throw new HttpError(400, 'invalid_body', `Send {"text": "…"} with 1 to ${MAX_LENGTH} characters`);
}
