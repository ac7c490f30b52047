<?php

namespace Tests\Support;

use App\Stores\Counter;

final class MemoryCounter implements Counter
{
    private int $hits = 0;

    public function increment(string $key): int
    {
        return ++$this->hits;
    }
}
