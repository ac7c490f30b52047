import type { Server, Socket } from 'socket.io';
import type { Item } from '../stores/items.ts';

/** What a client is told in answer to an event: what it asked for, or why not. */
export type Answer<T> = T | { error: { code: string; message: string } };
export type Acknowledge<T> = (answer: Answer<T>) => void;

/** `import type { ClientToServerEvents, ServerToClientEvents }` gives the client the same types. */
export interface ClientToServerEvents {
  'items:list': (acknowledge: Acknowledge<{ items: Item[] }>) => void;
  'items:create': (body: { name: string }, acknowledge: Acknowledge<{ item: Item }>) => void;
}

export interface ServerToClientEvents {
  'items:created': (item: Item) => void;
}

export type SocketServer = Server<ClientToServerEvents, ServerToClientEvents>;
export type ServerSocket = Socket<ClientToServerEvents, ServerToClientEvents>;
