type Handler = (request: Request) => Promise<Response>;

/**
 * The requests in flight that have a body. Deno 2.9 loses a body that is still on its way when
 * `shutdown()` is called (denoland/deno#36809); once that is fixed, this file can go.
 */
export class Uploads {
  readonly #inFlight = new Set<Promise<Response>>();

  watch(handler: Handler): Handler {
    return (request) => {
      const response = handler(request);
      if (request.body === null) return response;
      this.#inFlight.add(response);
      return response.finally(() => this.#inFlight.delete(response));
    };
  }

  /** Resolves when there is none. */
  async done(): Promise<void> {
    while (this.#inFlight.size > 0) await Promise.allSettled(this.#inFlight);
  }
}
