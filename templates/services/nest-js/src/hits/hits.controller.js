import { Controller, Dependencies, HttpCode, HttpStatus, Post } from '@nestjs/common';
import { RedisService } from '../stores/redis.service.js';

@Controller('hits')
@Dependencies(RedisService)
export class HitsController {
  #redis;

  /** @param {RedisService} redis */
  constructor(redis) {
    this.#redis = redis;
  }

  @Post()
  @HttpCode(HttpStatus.OK)
  async hit() {
    return { hits: await this.#redis.increment('hits') };
  }
}
