<?php

namespace Tests;

use App\Stores\Counter;
use App\Stores\Items;
use Illuminate\Foundation\Testing\TestCase as BaseTestCase;
use Illuminate\Testing\TestResponse;
use Tests\Support\MemoryCounter;
use Tests\Support\MemoryItems;

/** The application with memory in place of Postgres and Redis. */
abstract class TestCase extends BaseTestCase
{
    protected function setUp(): void
    {
        parent::setUp();
        $this->app->instance(Items::class, new MemoryItems);
        $this->app->instance(Counter::class, new MemoryCounter);
    }

    protected function postText(string $path, string $body): TestResponse
    {
        $headers = ['CONTENT_TYPE' => 'application/json', 'CONTENT_LENGTH' => (string) strlen($body)];

        return $this->call('POST', $path, server: $headers, content: $body);
    }
}
