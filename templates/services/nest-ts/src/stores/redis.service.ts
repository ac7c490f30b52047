import { AsyncLocalStorage } from 'node:async_hooks';
import { Inject, Injectable, Logger, type OnApplicationShutdown } from '@nestjs/common';
import { Redis } from 'ioredis';
import { CONFIG, type Config } from '../config/config.js';
import { type StoreStatus, StoreUnavailableException } from './store.js';

/** A client that connects on first use, reconnects by itself and fails fast in between. */
@Injectable()
export class RedisService implements OnApplicationShutdown {
  private readonly logger = new Logger(RedisService.name);
  private readonly client: Redis | undefined;

  constructor(@Inject(CONFIG) { redisUrl, redisPrefix }: Config) {
    if (redisUrl === undefined) return;
    this.client = new Redis(redisUrl, {
      keyPrefix: redisPrefix,
      lazyConnect: true,
      connectTimeout: 3_000,
      commandTimeout: 2_000,
      // A command is never sent twice: INCR would then count twice.
      maxRetriesPerRequest: 0,
      retryStrategy: (attempt) => Math.min(attempt * 100, 1_000),
    });
    this.logOutages(this.client);
  }

  async increment(key: string): Promise<number> {
    return this.run((client) => client.incr(key));
  }

  async status(): Promise<StoreStatus> {
    if (this.client === undefined) return 'off';
    return this.run((client) => client.ping()).then(
      () => 'up',
      () => 'down',
    );
  }

  onApplicationShutdown(): void {
    this.client?.disconnect();
  }

  private async run<T>(command: (client: Redis) => Promise<T>): Promise<T> {
    if (this.client === undefined) throw new StoreUnavailableException('Redis');
    try {
      return await command(this.client);
    } catch (error) {
      throw new StoreUnavailableException('Redis', error);
    }
  }

  /** One line when an outage begins and one when it ends, not one per attempt to reconnect. */
  private logOutages(client: Redis): void {
    let down = false;
    const lost = (err: Error) => {
      if (!down) this.logger.warn('Redis connection lost', { err });
      down = true;
    };
    const ready = () => {
      if (down) this.logger.log('Redis connection restored');
      down = false;
    };
    // Bound, or the lines would carry the id of the request that happened to open the connection.
    client.on('error', AsyncLocalStorage.bind(lost));
    client.on('ready', AsyncLocalStorage.bind(ready));
  }
}
