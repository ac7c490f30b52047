import { Controller, Dependencies, Get } from '@nestjs/common';
import { CONFIG } from '../config/config.js';

/** @import { Config } from '../config/config.js' */

/**
 * Liveness: must not depend on a store, or an outage there would restart every service.
 * @param {string[]} paths
 */
export function livenessController(paths) {
  @Controller()
  @Dependencies(CONFIG)
  class LivenessController {
    #service;

    /** @param {Config} config */
    constructor({ serviceName }) {
      this.#service = serviceName;
    }

    @Get(paths)
    check() {
      return { status: 'healthy', service: this.#service, timestamp: new Date().toISOString() };
    }
  }
  return LivenessController;
}
