import { Controller, Get, Inject, type Type } from '@nestjs/common';
import { CONFIG, type Config } from '../config/config.js';

/** Liveness: must not depend on a store, or an outage there would restart every service. */
export function livenessController(paths: string[]): Type {
  @Controller()
  class LivenessController {
    constructor(@Inject(CONFIG) readonly config: Config) {}

    @Get(paths)
    check() {
      const { serviceName: service } = this.config;
      return { status: 'healthy', service, timestamp: new Date().toISOString() };
    }
  }
  return LivenessController;
}
