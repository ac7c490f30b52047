import { AsyncLocalStorage } from 'node:async_hooks';

/** What every log line carries that is written while a request is served. */
export const requestContext = new AsyncLocalStorage<{ requestId: string }>();
