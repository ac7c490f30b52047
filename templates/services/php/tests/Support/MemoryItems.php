<?php

namespace Tests\Support;

use App\Stores\Items;

final class MemoryItems implements Items
{
    private array $items = [];

    public function list(): array
    {
        return $this->items;
    }

    public function create(string $name): array
    {
        $item = ['id' => count($this->items) + 1, 'name' => $name, 'createdAt' => '2026-01-01T00:00:00.000Z'];
        array_unshift($this->items, $item);

        return $item;
    }
}
