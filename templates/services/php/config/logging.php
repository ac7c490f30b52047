<?php

use App\Logging\JsonLines;
use App\Settings;
use Monolog\Handler\StreamHandler;

$settings = Settings::load(getenv());

return [
    'default' => 'stdout',
    'deprecations' => ['channel' => 'null', 'trace' => false],
    'channels' => [
        'stdout' => [
            'driver' => 'monolog',
            'level' => $settings->logLevel,
            'handler' => StreamHandler::class,
            'with' => ['stream' => 'php://stdout'],
            'formatter' => JsonLines::class,
            'formatter_with' => ['service' => $settings->serviceName],
        ],
        'null' => ['driver' => 'monolog', 'handler' => Monolog\Handler\NullHandler::class],
    ],
];
