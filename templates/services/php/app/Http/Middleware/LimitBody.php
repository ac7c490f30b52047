<?php

namespace App\Http\Middleware;

use App\Exceptions\ClientError;
use Closure;
use Illuminate\Http\Request;
use Symfony\Component\HttpFoundation\Response;

final class LimitBody
{
    private const MAX_BYTES = 1024 * 1024;

    public function handle(Request $request, Closure $next): Response
    {
        // A body without a length is counted; PHP keeps it on disk.
        $length = $request->headers->has('content-length')
            ? (int) $request->headers->get('content-length')
            : strlen((string) stream_get_contents($request->getContent(true), self::MAX_BYTES + 1));
        if ($length > self::MAX_BYTES) {
            throw new ClientError(413, 'payload_too_large', 'Payload too large');
        }

        return $next($request);
    }
}
