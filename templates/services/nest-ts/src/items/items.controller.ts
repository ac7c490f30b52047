import { Body, Controller, Get, Post } from '@nestjs/common';
import { type CreateItemDto, CreateItemSchema } from './create-item.dto.js';
import { ItemsRepository } from './items.repository.js';

@Controller('items')
export class ItemsController {
  constructor(private readonly items: ItemsRepository) {}

  @Get()
  async list() {
    return { items: await this.items.list() };
  }

  @Post()
  create(@Body({ schema: CreateItemSchema }) { name }: CreateItemDto) {
    return this.items.create(name);
  }
}
