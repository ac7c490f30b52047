import type { Logger } from '../logger.ts';

/** One line when an outage begins and one when it ends, not one per attempt to reconnect. */
export class OutageLog {
  readonly #store: string;
  readonly #logger: Logger;
  #isDown = false;
  #isOver = false;

  constructor(store: string, logger: Logger) {
    this.#store = store;
    this.#logger = logger;
  }

  connected(): void {
    if (this.#isDown) this.#logger.info(`${this.#store} connection restored`);
    this.#isDown = false;
  }

  lost(err: Error | null): void {
    if (this.#isOver) return;
    if (!this.#isDown) this.#logger.warn(`${this.#store} connection lost`, { err });
    this.#isDown = true;
  }

  /** What is closed from now on is closed on purpose. */
  end(): void {
    this.#isOver = true;
  }
}
