/** An error whose status, code and message the client may see. */
export class HttpError extends Error {
  readonly status: number;
  readonly code: string;

  constructor(status: number, code: string, message: string, options?: ErrorOptions) {
    super(message, options);
    this.status = status;
    this.code = code;
  }
}

/** A store is down or not configured. The cause is for the log only. */
export class StoreUnavailableError extends HttpError {
  constructor(store: string, cause?: unknown) {
    super(503, 'store_unavailable', `${store} is not available`, { cause });
  }
}
