import { Bind, Body, Controller, Dependencies, Get, Post } from '@nestjs/common';
import { CreateItemSchema } from './create-item.dto.js';
import { ItemsRepository } from './items.repository.js';

/** @import { CreateItemDto } from './create-item.dto.js' */

@Controller('items')
@Dependencies(ItemsRepository)
export class ItemsController {
  #items;

  /** @param {ItemsRepository} items */
  constructor(items) {
    this.#items = items;
  }

  @Get()
  async list() {
    return { items: await this.#items.list() };
  }

  /** @param {CreateItemDto} item */
  @Post()
  @Bind(Body({ schema: CreateItemSchema }))
  create({ name }) {
    return this.#items.create(name);
  }
}
