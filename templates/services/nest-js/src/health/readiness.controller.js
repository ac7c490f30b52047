import { Bind, Controller, Dependencies, Get, HttpStatus, Res } from '@nestjs/common';
import { PostgresService } from '../stores/postgres.service.js';
import { RedisService } from '../stores/redis.service.js';

/** @import { Response } from 'express' */

@Controller('ready')
@Dependencies(PostgresService, RedisService)
export class ReadinessController {
  #postgres;
  #redis;

  /**
   * @param {PostgresService} postgres
   * @param {RedisService} redis
   */
  constructor(postgres, redis) {
    this.#postgres = postgres;
    this.#redis = redis;
  }

  /** @param {Response} response */
  @Get()
  @Bind(Res({ passthrough: true }))
  async check(response) {
    const [postgres, redis] = await Promise.all([this.#postgres.status(), this.#redis.status()]);
    const ready = postgres !== 'down' && redis !== 'down';
    response.status(ready ? HttpStatus.OK : HttpStatus.SERVICE_UNAVAILABLE);
    return { status: ready ? 'ready' : 'not ready', checks: { postgres, redis } };
  }
}
