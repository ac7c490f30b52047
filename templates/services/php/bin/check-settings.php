<?php

// Ends with one line and code 1 when the environment is wrong, before the server starts.

require __DIR__.'/../app/Settings.php';

try {
    App\Settings::load(getenv());
} catch (InvalidArgumentException $e) {
    echo json_encode([
        'time' => gmdate('Y-m-d\TH:i:s\Z'),
        'level' => 'error',
        'service' => getenv('SERVICE_NAME') ?: 'service',
        'message' => $e->getMessage(),
    ]), "\n";
    exit(1);
}
