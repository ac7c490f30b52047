<?php

namespace App\Logging;

use DateTimeZone;
use Monolog\Formatter\NormalizerFormatter;
use Monolog\LogRecord;

/** One JSON object per line: time, level, service, message, and what else the caller adds. */
final class JsonLines extends NormalizerFormatter
{
    public function __construct(private readonly string $service)
    {
        parent::__construct();
    }

    public function format(LogRecord $record): string
    {
        return $this->toJson([
            'time' => $record->datetime->setTimezone(new DateTimeZone('UTC'))->format('Y-m-d\TH:i:s.v\Z'),
            'level' => strtolower($record->level->getName()),
            'service' => $this->service,
            'message' => $record->message,
            ...$this->normalize($record->extra),
            ...$this->normalize($record->context),
        ], true)."\n";
    }
}
