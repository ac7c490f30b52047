<?php

namespace App\Http\Controllers;

use App\Settings;
use App\Stores\Postgres;
use App\Stores\RedisCounter;
use Illuminate\Http\JsonResponse;
use Illuminate\Routing\Router;

final class HealthController
{
    public function __construct(private readonly Settings $settings) {}

    public function index(Router $router): JsonResponse
    {
        $endpoints = [];
        foreach ($router->getRoutes() as $route) {
            foreach (array_diff($route->methods(), ['HEAD']) as $method) {
                $endpoints[] = "$method /".ltrim($route->uri(), '/');
            }
        }
        sort($endpoints);

        return new JsonResponse(['service' => $this->settings->serviceName, 'endpoints' => $endpoints]);
    }

    /** Liveness: must not depend on a store, or an outage there would restart every service. */
    public function health(): JsonResponse
    {
        return new JsonResponse([
            'status' => 'healthy',
            'service' => $this->settings->serviceName,
            'timestamp' => gmdate('Y-m-d\TH:i:s\Z'),
        ]);
    }

    public function ready(Postgres $postgres, RedisCounter $redis): JsonResponse
    {
        $checks = ['postgres' => $postgres->status(), 'redis' => $redis->status()];
        $ready = ! in_array('down', $checks, true);

        return new JsonResponse(['status' => $ready ? 'ready' : 'not ready', 'checks' => $checks], $ready ? 200 : 503);
    }
}
