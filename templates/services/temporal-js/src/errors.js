/** An error whose status, code and message the client may see. */
export class HttpError extends Error {
  /**
   * @param {number} status
   * @param {string} code
   * @param {string} message
   * @param {ErrorOptions} [options]
   */
  constructor(status, code, message, options) {
    super(message, options);
    this.status = status;
    this.code = code;
  }
}

/** A store is down or not configured. The cause is for the log only. */
export class StoreUnavailableError extends HttpError {
  /**
   * @param {string} store
   * @param {unknown} [cause]
   */
  constructor(store, cause) {
    super(503, 'store_unavailable', `${store} is not available`, { cause });
  }
}
