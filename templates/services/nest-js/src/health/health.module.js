import { Module } from '@nestjs/common';
import { StoresModule } from '../stores/stores.module.js';
import { livenessController } from './liveness.controller.js';
import { ReadinessController } from './readiness.controller.js';

/** @import { Config } from '../config/config.js' */

@Module({})
export class HealthModule {
  /** @param {Config} config */
  static forRoot({ healthcheckPath }) {
    return {
      module: HealthModule,
      imports: [StoresModule],
      controllers: [ReadinessController, livenessController(['health', healthcheckPath])],
    };
  }
}
