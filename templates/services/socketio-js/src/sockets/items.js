import { parseNewItem } from '../routes/items.js';
import { answer } from './answer.js';

/**
 * @import { Logger } from 'pino'
 * @import { Server, Socket } from 'socket.io'
 * @import { ItemStore } from '../stores/items.js'
 */

/**
 * `items:list` is acknowledged with `{ items }`, `items:create` of `{ name }` with `{ item }`, either with
 * `{ error }` when that fails.
 * @param {Socket} socket
 * @param {ItemStore} items
 * @param {Logger} log
 */
export function handleItems(socket, items, log) {
  socket.on('items:list', (acknowledge) =>
    answer(acknowledge, log, async () => ({ items: await items.list() })),
  );
  socket.on('items:create', (body, acknowledge) =>
    answer(acknowledge, log, async () => ({ item: await items.create(parseNewItem(body)) })),
  );
}

/**
 * Sends every client `items:created` with each new item, whoever made it.
 * @param {ItemStore} items
 * @param {Server} io
 */
export function announceItems(items, io) {
  return {
    list: () => items.list(),
    create: async (name) => {
      const item = await items.create(name);
      io.emit('items:created', item);
      return item;
    },
  };
}
