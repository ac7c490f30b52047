<?php

namespace App\Stores;

interface Counter
{
    public function increment(string $key): int;
}
