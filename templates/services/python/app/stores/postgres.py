"""Postgres: connections are made when they are needed, so the service starts and survives without it."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from types import TracebackType
from typing import Self

import psycopg
from psycopg import AsyncConnection, sql
from psycopg.types.json import Jsonb
from psycopg_pool import AsyncConnectionPool
from pydantic import SecretStr

from app.errors import StoreUnavailable
from app.events import Event
from app.stores import StoreStatus

CONNECT_SECONDS = 3
OPERATION_SECONDS = 5


class PostgresStore:
    def __init__(self, url: SecretStr | None, table_prefix: str) -> None:
        self._table = f"{table_prefix}events"
        self._table_exists = False
        self._pool = _create_pool(url.get_secret_value()) if url else None

    async def __aenter__(self) -> Self:
        if self._pool:
            await self._pool.open()
        return self

    async def __aexit__(
        self, exc_type: type[BaseException] | None, exc: BaseException | None, traceback: TracebackType | None
    ) -> None:
        if self._pool:
            await self._pool.close()

    @property
    def configured(self) -> bool:
        return self._pool is not None

    async def status(self) -> StoreStatus:
        if not self._pool:
            return "off"
        try:
            async with self._connection() as connection:
                await connection.execute("SELECT 1")
        except StoreUnavailable:
            return "down"
        return "up"

    async def save_event(self, event: Event) -> bool:
        """Returns False if the event has been saved before."""
        query = sql.SQL("INSERT INTO {} (stream, id, fields) VALUES (%s, %s, %s) ON CONFLICT DO NOTHING").format(
            sql.Identifier(self._table)
        )
        async with self._connection() as connection:
            await self._ensure_table(connection)
            cursor = await connection.execute(query, (event.stream, event.id, Jsonb(event.fields)))
            return cursor.rowcount == 1

    @asynccontextmanager
    async def _connection(self) -> AsyncIterator[AsyncConnection]:
        """A connection in a transaction, which ends with the block."""
        if not self._pool:
            raise StoreUnavailable("postgres", "DATABASE_URL is not set")
        try:
            async with asyncio.timeout(OPERATION_SECONDS), self._pool.connection() as connection:
                yield connection
        except (psycopg.OperationalError, psycopg.errors.UndefinedTable, TimeoutError) as error:
            self._table_exists = False  # the database that comes back may be a new one
            raise StoreUnavailable("postgres", str(error) or "timeout") from error

    async def _ensure_table(self, connection: AsyncConnection) -> None:
        if self._table_exists:
            return
        # CREATE TABLE IF NOT EXISTS alone may fail when two replicas run it at the same time.
        await connection.execute("SELECT pg_advisory_xact_lock(hashtext(%s))", (self._table,))
        await connection.execute(
            sql.SQL(
                """
                CREATE TABLE IF NOT EXISTS {} (
                    stream text NOT NULL,
                    id text NOT NULL,
                    fields jsonb NOT NULL,
                    created_at timestamptz NOT NULL DEFAULT now(),
                    PRIMARY KEY (stream, id)
                )
                """
            ).format(sql.Identifier(self._table))
        )
        await connection.commit()
        self._table_exists = True


def _create_pool(url: str) -> AsyncConnectionPool:
    return AsyncConnectionPool(
        url,
        name="postgres",
        kwargs={"connect_timeout": CONNECT_SECONDS},
        min_size=0,
        max_size=5,
        timeout=CONNECT_SECONDS,
        reconnect_timeout=CONNECT_SECONDS,  # give up soon: the next request tries again
        check=AsyncConnectionPool.check_connection,  # replaces those that a database restart cut
        open=False,
    )
