import { HttpError } from '../errors.ts';
import { readJson } from '../http/json.ts';
import type { Route } from '../http/router.ts';
import type { Jobs } from '../jobs.ts';

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const MAX_LENGTH = 10_000;

export function jobRoutes(jobs: Jobs): Route[] {
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

function parseText(body: unknown): string {
  if (typeof body === 'object' && body !== null && 'text' in body) {
    const { text } = body;
    if (typeof text === 'string' && text.length >= 1 && text.length <= MAX_LENGTH) return text;
  }
  throw new HttpError(400, 'invalid_body', `Send {"text": "…"} with 1 to ${MAX_LENGTH} characters`);
}
