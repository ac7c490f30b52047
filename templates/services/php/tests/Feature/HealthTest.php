<?php

namespace Tests\Feature;

use App\Stores\Postgres;
use Tests\TestCase;

final class HealthTest extends TestCase
{
    public function test_is_healthy(): void
    {
        $this->get('/health')->assertOk()->assertJson(['status' => 'healthy', 'service' => config('app.name')]);
    }

    public function test_is_ready_without_stores(): void
    {
        $this->get('/ready')->assertOk()
            ->assertExactJson(['status' => 'ready', 'checks' => ['postgres' => 'off', 'redis' => 'off']]);
    }

    public function test_is_not_ready_while_a_store_is_down(): void
    {
        $this->app->instance(Postgres::class, new class extends Postgres
        {
            public function __construct() {}

            public function status(): string
            {
                return 'down';
            }
        });
        $this->get('/ready')->assertStatus(503)
            ->assertExactJson(['status' => 'not ready', 'checks' => ['postgres' => 'down', 'redis' => 'off']]);
    }

    public function test_describes_itself(): void
    {
        $endpoints = $this->get('/')->assertOk()->json('endpoints');
        $this->assertContains('POST /items', $endpoints);
    }
}
