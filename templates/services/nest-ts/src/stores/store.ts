import { ServiceUnavailableException } from '@nestjs/common';

/** `off` means: not configured. */
export type StoreStatus = 'up' | 'down' | 'off';

/** A store is down or not configured. The cause is for the log only. */
export class StoreUnavailableException extends ServiceUnavailableException {
  constructor(store: string, cause?: unknown) {
    super(`${store} is not available`, { cause, errorCode: 'store_unavailable' });
  }
}
