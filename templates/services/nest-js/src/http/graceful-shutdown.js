import { Dependencies, Logger } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import { drain } from './drain.js';

/** Shorter than the container's stop grace period. */
const DRAIN_MS = 10_000;

/** Ends the HTTP side first: the stores close in the hook after this one. */
@Dependencies(HttpAdapterHost)
export class GracefulShutdown {
  #logger = new Logger(GracefulShutdown.name);
  #host;

  /** @param {HttpAdapterHost} host */
  constructor(host) {
    this.#host = host;
  }

  /** @param {string} [signal] */
  async beforeApplicationShutdown(signal) {
    this.#logger.log('Shutting down', { signal });
    await drain(this.#host.httpAdapter.getHttpServer(), DRAIN_MS);
  }
}
