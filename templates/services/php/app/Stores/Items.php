<?php

namespace App\Stores;

interface Items
{
    /** @return list<array{id: int, name: string, createdAt: string}> the newest hundred */
    public function list(): array;

    /** @return array{id: int, name: string, createdAt: string} */
    public function create(string $name): array;
}
