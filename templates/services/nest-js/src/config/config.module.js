import { Module } from '@nestjs/common';
import { CONFIG } from './config.js';

/** @import { Config } from './config.js' */

/** Makes the configuration injectable everywhere. */
@Module({})
export class ConfigModule {
  /** @param {Config} config */
  static forRoot(config) {
    return {
      module: ConfigModule,
      global: true,
      providers: [{ provide: CONFIG, useValue: config }],
      exports: [CONFIG],
    };
  }
}
