<?php

namespace Tests\Unit;

use App\Settings;
use InvalidArgumentException;
use PHPUnit\Framework\Attributes\DataProvider;
use PHPUnit\Framework\TestCase;

final class SettingsTest extends TestCase
{
    public function test_there_is_a_default_for_everything(): void
    {
        $settings = Settings::load(['PORT' => '', 'DATABASE_URL' => '', 'LOG_LEVEL' => '']);
        $this->assertSame(8000, $settings->port);
        $this->assertSame('/health', $settings->healthcheckPath);
        $this->assertNull($settings->databaseUrl);
    }

    public function test_port_goes_before_service_port(): void
    {
        $this->assertSame(3001, Settings::load(['SERVICE_PORT' => '3001'])->port);
        $this->assertSame(3002, Settings::load(['SERVICE_PORT' => '3001', 'PORT' => '3002'])->port);
    }

    #[DataProvider('wrong')]
    public function test_wrong_values_are_refused_without_being_shown(string $name, string $value): void
    {
        try {
            Settings::load([$name => $value]);
            $this->fail('was accepted');
        } catch (InvalidArgumentException $e) {
            $this->assertStringStartsWith("$name must be", $e->getMessage());
            $this->assertStringNotContainsString('hunter2', $e->getMessage());
        }
    }

    /** @return iterable<array{string, string}> */
    public static function wrong(): iterable
    {
        $values = [
            'PORT' => ['0', '65536', 'abc', '80.5', '-1', "80\n"],
            'LOG_LEVEL' => ['loud'],
            'HEALTHCHECK_PATH' => ['health', '/health check', '/{id}'],
            'TABLE_PREFIX' => ['1st_', 'a-b', 'x"; DROP TABLE items; --'],
            'DATABASE_URL' => ['postgres', 'mysql://hunter2'],
            'REDIS_URL' => ['redis:6379', 'http://hunter2'],
        ];
        foreach ($values as $name => $wrong) {
            foreach ($wrong as $value) {
                yield [$name, $value];
            }
        }
    }
}
