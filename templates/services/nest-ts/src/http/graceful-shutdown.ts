import type { Server } from 'node:http';
import { type BeforeApplicationShutdown, Injectable, Logger } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import { drain } from './drain.js';

/** Shorter than the container's stop grace period. */
const DRAIN_MS = 10_000;

/** Ends the HTTP side first: the stores close in the hook after this one. */
@Injectable()
export class GracefulShutdown implements BeforeApplicationShutdown {
  private readonly logger = new Logger(GracefulShutdown.name);

  constructor(private readonly host: HttpAdapterHost) {}

  async beforeApplicationShutdown(signal?: string): Promise<void> {
    this.logger.log('Shutting down', { signal });
    const server: Server = this.host.httpAdapter.getHttpServer();
    await drain(server, DRAIN_MS);
  }
}
