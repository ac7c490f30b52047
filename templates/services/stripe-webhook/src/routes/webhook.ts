import type { FastifyPluginAsync } from 'fastify';
import { HttpError } from '../errors.ts';
import type { EventStore } from '../stores/events.ts';
import { verifiedEvent } from '../stripe/events.ts';
import { type Handlers, handle } from '../stripe/handlers.ts';

interface Options {
  secret: string | undefined;
  events: EventStore;
  handlers: Handlers;
}

export const webhookRoutes: FastifyPluginAsync<Options> = async (app, options) => {
  const { secret, events, handlers } = options;

  // The signature is one of the bytes as they came. In this plugin only, nothing parses them.
  app.addContentTypeParser('application/json', { parseAs: 'buffer' }, (_request, body, done) => {
    done(null, body);
  });

  app.post('/webhook', async (request) => {
    if (secret === undefined) {
      throw new HttpError(503, 'not_configured', 'STRIPE_WEBHOOK_SECRET is not set');
    }
    const event = verifiedEvent(request.body, request.headers['stripe-signature'], secret);
    const isNew = await events.once(event, (transaction) => handle(handlers, event, transaction));
    const { id: eventId, type: eventType } = event;
    request.log.info({ eventId, eventType }, isNew ? 'Event handled' : 'Event known already');
    return { received: true };
  });
};
