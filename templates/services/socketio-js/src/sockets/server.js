import { Server } from 'socket.io';
import { acceptId } from '../http/request-context.js';
import { announceItems, handleItems } from './items.js';

/**
 * @import { Server as HttpServer } from 'node:http'
 * @import { ServerOptions } from 'socket.io'
 * @import { Logger } from 'pino'
 * @import { ItemStore } from '../stores/items.js'
 */

const MAX_BYTES = 2 ** 20;

/** @typedef {NonNullable<ServerOptions['adapter']>} Adapter */

/**
 * @typedef {object} Options
 * @property {Logger} logger
 * @property {ItemStore} items
 * @property {Adapter | undefined} adapter - Reaches the clients of other replicas. Without one, there are only our own.
 */

/**
 * Serves Socket.IO next to what the HTTP server does already.
 * @param {HttpServer} http
 * @param {Options} options
 */
export function serveSockets(http, { logger, items, adapter }) {
  const io = new Server(http, {
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
