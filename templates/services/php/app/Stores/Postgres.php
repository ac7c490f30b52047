<?php

namespace App\Stores;

use App\Exceptions\StoreUnavailable;
use App\Settings;
use Closure;
use Illuminate\Database\Connection;
use Illuminate\Database\DatabaseManager;
use PDOException;

/** Connects on first use, and tells a database that is not there from a query that is wrong. */
class Postgres
{
    /** SQLSTATE classes that mean "not now": connection, login, no such database, out of resources, shutdown. */
    private const OUTAGE = '/^(08|28|3D|53|57)/';

    public function __construct(private readonly DatabaseManager $database, private readonly Settings $settings) {}

    /**
     * @template T
     *
     * @param  Closure(Connection): T  $operation
     * @return T
     */
    public function use(Closure $operation): mixed
    {
        if ($this->settings->databaseUrl === null) {
            throw new StoreUnavailable('Postgres');
        }
        try {
            return $operation($this->database->connection());
        } catch (PDOException $e) { // QueryException is one, too
            if (preg_match(self::OUTAGE, self::sqlState($e)) !== 1) {
                throw $e;
            }
            throw new StoreUnavailable('Postgres', $e);
        }
    }

    public function status(): string
    {
        if ($this->settings->databaseUrl === null) {
            return 'off';
        }
        try {
            $this->use(fn (Connection $connection) => $connection->select('SELECT 1'));

            return 'up';
        } catch (StoreUnavailable) {
            return 'down';
        }
    }

    public static function sqlState(PDOException $error): string
    {
        return (string) ($error->errorInfo[0] ?? $error->getCode());
    }
}
