<?php

namespace App\Stores;

use Illuminate\Database\Connection;
use Illuminate\Database\QueryException;

final class PostgresItems implements Items
{
    private const COLUMNS = <<<'SQL'
        id, name, to_char(created_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') AS "createdAt"
        SQL;

    private const UNDEFINED_TABLE = '42P01';

    public function __construct(private readonly Postgres $postgres) {}

    public function list(): array
    {
        return $this->query(fn (string $table) => 'SELECT '.self::COLUMNS." FROM $table ORDER BY id DESC LIMIT 100");
    }

    public function create(string $name): array
    {
        return $this->query(fn (string $table) => "INSERT INTO $table (name) VALUES (?) RETURNING ".self::COLUMNS, [$name])[0];
    }

    /**
     * Creates the table when it is missing: on first use, and after the database was replaced.
     *
     * @param  callable(string): string  $sql
     * @param  list<string>  $bindings
     * @return list<array{id: int, name: string, createdAt: string}>
     */
    private function query(callable $sql, array $bindings = []): array
    {
        return $this->postgres->use(function (Connection $connection) use ($sql, $bindings): array {
            $table = $connection->getQueryGrammar()->wrapTable('items'); // with the prefix, in quotes
            $run = fn (): array => array_map(
                fn (object $row): array => (array) $row,
                $connection->select($sql($table), $bindings),
            );
            try {
                return $run();
            } catch (QueryException $e) {
                if (Postgres::sqlState($e) !== self::UNDEFINED_TABLE) {
                    throw $e;
                }
                $this->createTable($connection, $table);

                return $run();
            }
        });
    }

    /** The lock makes replicas that start together take turns, which IF NOT EXISTS alone does not. */
    private function createTable(Connection $connection, string $table): void
    {
        $connection->transaction(function (Connection $connection) use ($table): void {
            $connection->select('SELECT pg_advisory_xact_lock(hashtext(?))', [$table]);
            $connection->statement(<<<SQL
                CREATE TABLE IF NOT EXISTS $table (
                    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
                    name text NOT NULL,
                    created_at timestamptz NOT NULL DEFAULT now()
                )
                SQL);
        });
    }
}
