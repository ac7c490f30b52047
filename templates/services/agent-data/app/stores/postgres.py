"""Postgres: connections are made when they are needed, so the service starts and survives without it."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from types import TracebackType
from typing import Self

import psycopg
from psycopg import AsyncConnection, sql
from psycopg_pool import AsyncConnectionPool
from pydantic import BaseModel, ConfigDict, SecretStr
from pydantic.alias_generators import to_camel

from app.errors import QueryError, StoreUnavailable
from app.stores import StoreStatus
from app.stores.connection import LimitedConnection

CONNECT_SECONDS = 3
PAGE_SIZE = 100
MAX_COPY_BYTES = 32 * 1024 * 1024


class Item(BaseModel):
    model_config = ConfigDict(alias_generator=to_camel, validate_by_name=True)

    id: int
    name: str
    created_at: datetime


class PostgresStore:
    def __init__(self, url: SecretStr | None, table_prefix: str) -> None:
        self._prefix = table_prefix
        self._table = f"{table_prefix}items"
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
    def is_configured(self) -> bool:
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

    async def list_items(self) -> list[Item]:
        """The newest items."""
        query = sql.SQL("SELECT id, name, created_at FROM {} ORDER BY id DESC LIMIT {}").format(
            sql.Identifier(self._table), PAGE_SIZE
        )
        async with self._connection() as connection:
            await self._ensure_table(connection)
            cursor = await connection.execute(query)
            return [_item(row) for row in await cursor.fetchall()]

    async def create_item(self, name: str) -> Item:
        query = sql.SQL("INSERT INTO {} (name) VALUES (%s) RETURNING id, name, created_at").format(
            sql.Identifier(self._table)
        )
        async with self._connection() as connection:
            await self._ensure_table(connection)
            cursor = await connection.execute(query, (name,))
            return _item(await cursor.fetchone())

    async def tables(self) -> dict[str, dict[str, str]]:
        """The types of the columns of each table whose name starts with the prefix."""
        query = """
            SELECT table_name, column_name, data_type FROM information_schema.columns
            WHERE table_schema = current_schema() AND starts_with(table_name, %s)
            ORDER BY table_name, ordinal_position
        """
        tables: dict[str, dict[str, str]] = {}
        async with self._connection() as connection:
            cursor = await connection.execute(query, (self._prefix,))
            async for table, column, data_type in cursor:
                tables.setdefault(table, {})[column] = data_type
        return tables

    async def copy(self, table: str) -> bytes:
        """A table as CSV. The agent's own SQL never gets here: it runs on this copy."""
        statement = sql.SQL("COPY (SELECT * FROM {}) TO STDOUT (FORMAT csv, HEADER)").format(sql.Identifier(table))
        content = bytearray()
        async with self._connection() as connection, connection.cursor().copy(statement) as copy:
            async for chunk in copy:
                content += chunk
                if len(content) > MAX_COPY_BYTES:
                    raise QueryError(f"table {table} is too large to be copied")
        return bytes(content)

    @asynccontextmanager
    async def _connection(self) -> AsyncIterator[AsyncConnection]:
        """A connection in a transaction, which ends with the block."""
        if not self._pool:
            raise StoreUnavailable("postgres", "DATABASE_URL is not set")
        try:
            async with self._pool.connection() as connection:
                yield connection
        except (psycopg.OperationalError, psycopg.errors.UndefinedTable) as error:
            self._table_exists = False  # the database that comes back may be a new one
            raise StoreUnavailable("postgres", str(error)) from error

    async def _ensure_table(self, connection: AsyncConnection) -> None:
        if self._table_exists:
            return
        # CREATE TABLE IF NOT EXISTS alone may fail when two replicas run it at the same time.
        await connection.execute("SELECT pg_advisory_xact_lock(hashtext(%s))", (self._table,))
        await connection.execute(
            sql.SQL(
                """
                CREATE TABLE IF NOT EXISTS {} (
                    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
                    name text NOT NULL,
                    created_at timestamptz NOT NULL DEFAULT now()
                )
                """
            ).format(sql.Identifier(self._table))
        )
        await connection.commit()
        self._table_exists = True


def _create_pool(url: str) -> AsyncConnectionPool:
    return AsyncConnectionPool(
        url,
        connection_class=LimitedConnection,
        name="postgres",
        kwargs={"connect_timeout": CONNECT_SECONDS},
        min_size=0,
        max_size=5,
        timeout=CONNECT_SECONDS,
        reconnect_timeout=CONNECT_SECONDS,  # give up soon: the next request tries again
        check=AsyncConnectionPool.check_connection,  # replaces those that a database restart cut
        open=False,
    )


def _item(row: tuple[int, str, datetime]) -> Item:
    item_id, name, created_at = row
    return Item(id=item_id, name=name, created_at=created_at.astimezone(UTC))
