<?php

namespace App\Exceptions;

use RuntimeException;
use Throwable;

/** An error whose status, code and message the client may see. */
class ClientError extends RuntimeException
{
    public function __construct(
        public readonly int $status,
        public readonly string $errorCode,
        string $message,
        ?Throwable $cause = null,
    ) {
        parent::__construct($message, previous: $cause);
    }
}
