<?php

namespace App\Http\Controllers;

use App\Stores\Counter;
use Illuminate\Http\JsonResponse;

/** Example: a counter in Redis. */
final class HitController
{
    public function store(Counter $counter): JsonResponse
    {
        return new JsonResponse(['hits' => $counter->increment('hits')]);
    }
}
