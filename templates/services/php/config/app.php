<?php

use App\Settings;

return [
    'name' => env('SERVICE_NAME', 'service'),
    'env' => env('ENV', 'production'),
    'debug' => false, // details are for the log
    'timezone' => 'UTC',
    'key' => env('APP_KEY'), // needed as soon as something is signed or encrypted

    'settings' => Settings::load(getenv()),
];
