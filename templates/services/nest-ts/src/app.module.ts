import { type DynamicModule, Module } from '@nestjs/common';
import { APP_FILTER, APP_PIPE } from '@nestjs/core';
import { AppController } from './app.controller.js';
import type { Config } from './config/config.js';
import { ConfigModule } from './config/config.module.js';
import { HealthModule } from './health/health.module.js';
import { HitsModule } from './hits/hits.module.js';
import { ApiExceptionFilter } from './http/api-exception.filter.js';
import { GracefulShutdown } from './http/graceful-shutdown.js';
import { SchemaValidationPipe } from './http/schema-validation.pipe.js';
import { ItemsModule } from './items/items.module.js';

@Module({
  controllers: [AppController],
  providers: [
    GracefulShutdown,
    { provide: APP_FILTER, useClass: ApiExceptionFilter },
    { provide: APP_PIPE, useClass: SchemaValidationPipe },
  ],
})
export class AppModule {
  static forRoot(config: Config): DynamicModule {
    return {
      module: AppModule,
      imports: [
        ConfigModule.forRoot(config),
        ItemsModule,
        HitsModule,
        // The last, so that a health check path of your own never hides an endpoint above.
        HealthModule.forRoot(config),
      ],
    };
  }
}
