import { type DynamicModule, Module } from '@nestjs/common';
import type { Config } from '../config/config.js';
import { StoresModule } from '../stores/stores.module.js';
import { livenessController } from './liveness.controller.js';
import { ReadinessController } from './readiness.controller.js';

@Module({})
export class HealthModule {
  static forRoot({ healthcheckPath }: Config): DynamicModule {
    return {
      module: HealthModule,
      imports: [StoresModule],
      controllers: [ReadinessController, livenessController(['health', healthcheckPath])],
    };
  }
}
