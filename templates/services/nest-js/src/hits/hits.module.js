import { Module } from '@nestjs/common';
import { StoresModule } from '../stores/stores.module.js';
import { HitsController } from './hits.controller.js';

@Module({
  imports: [StoresModule],
  controllers: [HitsController],
})
export class HitsModule {}
