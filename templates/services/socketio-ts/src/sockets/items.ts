import type { Logger } from '../logger.ts';
import { parseNewItem } from '../routes/items.ts';
import type { ItemStore } from '../stores/items.ts';
import { answer } from './answer.ts';
import type { ServerSocket, SocketServer } from './events.ts';

export function handleItems(socket: ServerSocket, items: ItemStore, log: Logger): void {
  socket.on('items:list', (acknowledge) =>
    answer(acknowledge, log, async () => ({ items: await items.list() })),
  );
  socket.on('items:create', (body, acknowledge) =>
    answer(acknowledge, log, async () => ({ item: await items.create(parseNewItem(body)) })),
  );
}

/** Tells every client about each new item, whoever made it. */
export function announceItems(items: ItemStore, io: SocketServer): ItemStore {
  return {
    list: () => items.list(),
    create: async (name) => {
      const item = await items.create(name);
      io.emit('items:created', item);
      return item;
    },
  };
}
