<?php

namespace App;

use InvalidArgumentException;

/** The environment, validated. Messages name the variable, never its value, which may be a secret. */
final readonly class Settings
{
    private function __construct(
        public int $port,
        public string $serviceName,
        public string $logLevel,
        public string $healthcheckPath,
        public ?string $databaseUrl,
        public string $tablePrefix,
        public ?string $redisUrl,
        public string $redisPrefix,
    ) {}

    /**
     * An empty variable counts as unset: that is how Compose passes one that has no value.
     *
     * @param  array<string, string>  $environment
     */
    public static function load(array $environment): self
    {
        $read = fn (string $name, string $pattern, string $expected): ?string => self::match($environment, $name, $pattern, $expected);

        return new self(
            port: self::port($environment, 'PORT') ?? self::port($environment, 'SERVICE_PORT') ?? 8000,
            serviceName: $read('SERVICE_NAME', '/^.*$/Ds', 'a text') ?? 'service',
            logLevel: self::logLevel($environment),
            healthcheckPath: $read('HEALTHCHECK_PATH', '#^/[\w.~/-]*$#D', 'a plain path such as /health') ?? '/health',
            databaseUrl: $read('DATABASE_URL', '#^postgres(ql)?://.#', 'a postgresql:// URL'),
            tablePrefix: $read('TABLE_PREFIX', '/^[a-z_]\w*$/Di', 'a letter or _, then letters, digits, _') ?? '',
            redisUrl: $read('REDIS_URL', '#^rediss?://.#', 'a redis:// URL'),
            redisPrefix: $read('REDIS_PREFIX', '/^.*$/Ds', 'a text') ?? '',
        );
    }

    /** @param  array<string, string>  $environment */
    private static function match(array $environment, string $name, string $pattern, string $expected): ?string
    {
        $value = $environment[$name] ?? '';
        if ($value === '') {
            return null;
        }
        if (preg_match($pattern, $value) !== 1) {
            throw new InvalidArgumentException("$name must be $expected");
        }

        return $value;
    }

    /** @param  array<string, string>  $environment */
    private static function port(array $environment, string $name): ?int
    {
        $expected = 'a port number from 1 to 65535';
        $value = self::match($environment, $name, '/^\d{1,5}$/D', $expected);
        if ($value === null) {
            return null;
        }
        if ((int) $value < 1 || (int) $value > 65535) {
            throw new InvalidArgumentException("$name must be $expected");
        }

        return (int) $value;
    }

    /** @param  array<string, string>  $environment */
    private static function logLevel(array $environment): string
    {
        $level = self::match($environment, 'LOG_LEVEL', '/^(debug|info|warn|warning|error)$/Di', 'debug, info, warn or error');
        $level = strtolower($level ?? 'info');

        return $level === 'warn' ? 'warning' : $level;
    }
}
