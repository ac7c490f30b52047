import { Module } from '@nestjs/common';
import { StoresModule } from '../stores/stores.module.js';
import { ItemsController } from './items.controller.js';
import { ItemsRepository } from './items.repository.js';

@Module({
  imports: [StoresModule],
  controllers: [ItemsController],
  providers: [ItemsRepository],
})
export class ItemsModule {}
