<?php

namespace App\Providers;

use App\Settings;
use App\Stores\Counter;
use App\Stores\Items;
use App\Stores\PostgresItems;
use App\Stores\RedisCounter;
use Illuminate\Support\ServiceProvider;

final class AppServiceProvider extends ServiceProvider
{
    /** @var array<class-string, class-string> */
    public array $singletons = [
        Items::class => PostgresItems::class,
        Counter::class => RedisCounter::class,
    ];

    public function register(): void
    {
        $this->app->instance(Settings::class, config('app.settings'));
    }
}
