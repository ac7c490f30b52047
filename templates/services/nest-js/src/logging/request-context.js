import { AsyncLocalStorage } from 'node:async_hooks';

/**
 * What every log line carries that is written while a request is served.
 * @type {AsyncLocalStorage<{ requestId: string }>}
 */
export const requestContext = new AsyncLocalStorage();
