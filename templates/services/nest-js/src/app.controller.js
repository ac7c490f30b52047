import { Controller, Dependencies, Get } from '@nestjs/common';
import { CONFIG } from './config/config.js';

/** @import { Config } from './config/config.js' */

const ENDPOINTS = ['GET /health', 'GET /ready', 'GET /items', 'POST /items', 'POST /hits'];

@Controller()
@Dependencies(CONFIG)
export class AppController {
  #config;

  /** @param {Config} config */
  constructor(config) {
    this.#config = config;
  }

  @Get()
  describe() {
    return { service: this.#config.serviceName, endpoints: ENDPOINTS };
  }
}
