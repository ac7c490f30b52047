import { Controller, Get, HttpStatus, Res } from '@nestjs/common';
import type { Response } from 'express';
import { PostgresService } from '../stores/postgres.service.js';
import { RedisService } from '../stores/redis.service.js';

@Controller('ready')
export class ReadinessController {
  constructor(
    private readonly postgres: PostgresService,
    private readonly redis: RedisService,
  ) {}

  @Get()
  async check(@Res({ passthrough: true }) response: Response) {
    const [postgres, redis] = await Promise.all([this.postgres.status(), this.redis.status()]);
    const ready = postgres !== 'down' && redis !== 'down';
    response.status(ready ? HttpStatus.OK : HttpStatus.SERVICE_UNAVAILABLE);
    return { status: ready ? 'ready' : 'not ready', checks: { postgres, redis } };
  }
}
