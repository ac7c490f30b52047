import { Controller, HttpCode, HttpStatus, Post } from '@nestjs/common';
import { RedisService } from '../stores/redis.service.js';

@Controller('hits')
export class HitsController {
  constructor(private readonly redis: RedisService) {}

  @Post()
  @HttpCode(HttpStatus.OK)
  async hit() {
    return { hits: await this.redis.increment('hits') };
  }
}
