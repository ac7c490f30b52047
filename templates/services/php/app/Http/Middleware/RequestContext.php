<?php

namespace App\Http\Middleware;

use App\Settings;
use Closure;
use Illuminate\Http\Request;
use Illuminate\Support\Facades\Log;
use Illuminate\Support\Str;
use Symfony\Component\HttpFoundation\Response;

/** Gives each request an id, and logs it once it is answered. Probes are logged at debug level. */
final readonly class RequestContext
{
    public function __construct(private Settings $settings) {}

    public function handle(Request $request, Closure $next): Response
    {
        $started = hrtime(true);
        $id = (string) $request->headers->get('x-request-id');
        if (preg_match('/^[\w.-]{1,128}$/D', $id) !== 1) {
            $id = (string) Str::uuid();
        }
        Log::withContext(['requestId' => $id]);

        $response = $next($request);

        $response->headers->set('x-request-id', $id);
        $path = $request->getPathInfo();
        $isProbe = in_array($path, ['/health', '/ready', $this->settings->healthcheckPath], true);
        Log::log($isProbe ? 'debug' : 'info', 'request', [
            'method' => $request->getMethod(),
            'path' => $path,
            'status' => $response->getStatusCode(),
            'durationMs' => round((hrtime(true) - $started) / 1e6, 2),
        ]);

        return $response;
    }
}
