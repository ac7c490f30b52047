import { ServiceUnavailableException } from '@nestjs/common';

/**
 * `off` means: not configured.
 * @typedef {'up' | 'down' | 'off'} StoreStatus
 */

/** A store is down or not configured. The cause is for the log only. */
export class StoreUnavailableException extends ServiceUnavailableException {
  /**
   * @param {string} store
   * @param {unknown} [cause]
   */
  constructor(store, cause) {
    super(`${store} is not available`, { cause, errorCode: 'store_unavailable' });
  }
}
