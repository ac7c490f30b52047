<?php

namespace App\Exceptions;

use Illuminate\Http\JsonResponse;
use Illuminate\Support\Facades\Log;
use Symfony\Component\HttpKernel\Exception\HttpExceptionInterface;
use Throwable;

/** The one place where errors become responses. */
final class ErrorResponse
{
    public static function render(Throwable $error): JsonResponse
    {
        [$status, $code, $message, $headers] = match (true) {
            $error instanceof ClientError => [$error->status, $error->errorCode, $error->getMessage(), []],
            $error instanceof HttpExceptionInterface && $error->getStatusCode() < 500 => self::describe($error),
            default => [500, 'internal_error', 'Internal server error', []],
        };

        return new JsonResponse(['error' => ['code' => $code, 'message' => $message]], $status, $headers);
    }

    public static function report(Throwable $error): void
    {
        if ($error instanceof ClientError && $error->status < 500) {
            return;
        }
        $level = $error instanceof ClientError ? 'warning' : 'error';
        $cause = $error instanceof ClientError ? ($error->getPrevious() ?? $error) : $error;
        Log::log($level, $error instanceof ClientError ? $error->getMessage() : 'Internal server error', [
            'error' => $cause::class,
            'reason' => $cause->getMessage(),
            'at' => $cause->getFile().':'.$cause->getLine(),
        ]);
    }

    /** @return array{int, string, string, array<string, string>} */
    private static function describe(HttpExceptionInterface $error): array
    {
        $status = $error->getStatusCode();
        [$code, $message] = match ($status) {
            404 => ['not_found', 'No such endpoint'],
            405 => ['method_not_allowed', 'Method not allowed'],
            413 => ['payload_too_large', 'Payload too large'],
            default => ['bad_request', 'Bad request'],
        };

        return [$status, $code, $message, $error->getHeaders()];
    }
}
