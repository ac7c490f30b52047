<?php

namespace App\Exceptions;

use Throwable;

/** A store is down or not configured. The cause is for the log only. */
final class StoreUnavailable extends ClientError
{
    public function __construct(string $store, ?Throwable $cause = null)
    {
        parent::__construct(503, 'store_unavailable', "$store is not available", $cause);
    }
}
