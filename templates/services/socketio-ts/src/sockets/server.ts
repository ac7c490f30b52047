import type { Server as HttpServer } from 'node:http';
import { Server, type ServerOptions } from 'socket.io';
import { acceptId } from '../http/request-context.ts';
import type { Logger } from '../logger.ts';
import type { ItemStore } from '../stores/items.ts';
import type { SocketServer } from './events.ts';
import { announceItems, handleItems } from './items.ts';

const MAX_BYTES = 2 ** 20;

export type Adapter = NonNullable<ServerOptions['adapter']>;

interface Options {
  logger: Logger;
  items: ItemStore;
  /** Reaches the clients of other replicas. Without one, there are only our own. */
  adapter: Adapter | undefined;
}

/** Serves Socket.IO next to what the HTTP server does already. */
export function serveSockets(http: HttpServer, { logger, items, adapter }: Options) {
  const io: SocketServer = new Server(http, {
    // Long polling would need each request of a client to reach the same replica.
    transports: ['websocket'],
    maxHttpBufferSize: MAX_BYTES,
    serveClient: false,
    ...(adapter && { adapter }),
  });
  const announcedItems = announceItems(items, io);

  io.on('connection', (socket) => {
    const start = performance.now();
    const requestId = acceptId(socket.handshake.headers['x-request-id']);
    const log = logger.child({ requestId, socketId: socket.id });
    log.info('Socket connected');
    socket.on('disconnect', (reason) => {
      const durationMs = Math.round(performance.now() - start);
      log.info({ reason, durationMs }, 'Socket disconnected');
    });
    handleItems(socket, announcedItems, log);
  });
  return { io, items: announcedItems };
}
