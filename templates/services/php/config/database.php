<?php

use App\Settings;

$settings = Settings::load(getenv());

return [
    'default' => 'pgsql',
    'connections' => [
        'pgsql' => [
            'driver' => 'pgsql',
            'url' => $settings->databaseUrl,
            'prefix' => $settings->tablePrefix,
            'charset' => 'utf8',
            'options' => [PDO::ATTR_TIMEOUT => 3],
        ],
    ],
    'redis' => [
        'client' => 'phpredis',
        'options' => ['prefix' => $settings->redisPrefix],
        'default' => [
            'url' => $settings->redisUrl,
            'timeout' => 3,
            'read_timeout' => 2,
            'max_retries' => 0, // a command whose answer got lost must not count twice
        ],
    ],
];
