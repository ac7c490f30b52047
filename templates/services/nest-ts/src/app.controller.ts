import { Controller, Get, Inject } from '@nestjs/common';
import { CONFIG, type Config } from './config/config.js';

const ENDPOINTS = ['GET /health', 'GET /ready', 'GET /items', 'POST /items', 'POST /hits'];

@Controller()
export class AppController {
  constructor(@Inject(CONFIG) private readonly config: Config) {}

  @Get()
  describe() {
    return { service: this.config.serviceName, endpoints: ENDPOINTS };
  }
}
