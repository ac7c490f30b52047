<?php

namespace App\Stores;

use App\Exceptions\StoreUnavailable;
use App\Settings;
use Illuminate\Contracts\Redis\Factory;
use RedisException;

/** Connects on first use. */
class RedisCounter implements Counter
{
    public function __construct(private readonly Factory $redis, private readonly Settings $settings) {}

    public function increment(string $key): int
    {
        return (int) $this->command('incr', [$key]);
    }

    public function status(): string
    {
        if ($this->settings->redisUrl === null) {
            return 'off';
        }
        try {
            $this->command('ping');

            return 'up';
        } catch (StoreUnavailable) {
            return 'down';
        }
    }

    /** @param  list<string>  $arguments */
    private function command(string $name, array $arguments = []): mixed
    {
        if ($this->settings->redisUrl === null) {
            throw new StoreUnavailable('Redis');
        }
        try {
            return $this->redis->connection()->command($name, $arguments);
        } catch (RedisException $e) {
            throw new StoreUnavailable('Redis', $e);
        }
    }
}
