"""Postgres: connections are made when they are needed, so the service starts and survives without it."""

import asyncio
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from functools import wraps
from types import TracebackType
from typing import Any, Self

import psycopg
from psycopg import AsyncConnection, sql
from psycopg_pool import AsyncConnectionPool
from pydantic import BaseModel, ConfigDict, SecretStr
from pydantic.alias_generators import to_camel

from app.errors import StoreUnavailable
from app.stores import StoreStatus

CONNECT_SECONDS = 2  # libpq takes whole seconds, and no fewer
OPERATION_SECONDS = 2.5  # with all that it needs: a connection, its check, the query
PAGE_SIZE = 100

_running: set[asyncio.Task] = set()  # asyncio itself holds tasks by weak references


def in_time[**P, T](operation: Callable[P, Coroutine[Any, Any, T]]) -> Callable[P, Coroutine[Any, Any, T]]:
    """Makes an operation give up after OPERATION_SECONDS, even if the server is frozen.

    `asyncio.timeout` takes up to ten seconds more: psycopg ends a cancelled query by asking the server first. Here that
    goes on in the background, and nobody waits for it.
    """

    @wraps(operation)
    async def bounded(*args: P.args, **kwargs: P.kwargs) -> T:
        task = asyncio.create_task(operation(*args, **kwargs))
        _running.add(task)
        task.add_done_callback(_forget)
        try:
            await asyncio.wait({task}, timeout=OPERATION_SECONDS)
            if not task.done():
                raise StoreUnavailable("postgres", "timeout")
            return task.result()
        finally:
            task.cancel()

    return bounded


def _forget(task: asyncio.Task) -> None:
    _running.discard(task)
    if not task.cancelled():
        task.exception()  # else asyncio logs that nobody looked at it


class Item(BaseModel):
    model_config = ConfigDict(alias_generator=to_camel, validate_by_name=True)

    id: int
    name: str
    created_at: datetime


class PostgresStore:
    def __init__(self, url: SecretStr | None, table_prefix: str) -> None:
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

    async def status(self) -> StoreStatus:
        if not self._pool:
            return "off"
        try:
            await self._ping()
        except StoreUnavailable:
            return "down"
        return "up"

    @in_time
    async def list_items(self) -> list[Item]:
        """The newest items."""
        query = sql.SQL("SELECT id, name, created_at FROM {} ORDER BY id DESC LIMIT {}").format(
            sql.Identifier(self._table), PAGE_SIZE
        )
        async with self._connection() as connection:
            await self._ensure_table(connection)
            cursor = await connection.execute(query)
            return [_item(row) for row in await cursor.fetchall()]

    @in_time
    async def create_item(self, name: str) -> Item:
        query = sql.SQL("INSERT INTO {} (name) VALUES (%s) RETURNING id, name, created_at").format(
            sql.Identifier(self._table)
        )
        async with self._connection() as connection:
            await self._ensure_table(connection)
            cursor = await connection.execute(query, (name,))
            return _item(await cursor.fetchone())

    @in_time
    async def _ping(self) -> None:
        async with self._connection() as connection:
            await connection.execute("SELECT 1")

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
        name="postgres",
        kwargs={"connect_timeout": CONNECT_SECONDS},
        min_size=0,
        max_size=5,
        timeout=OPERATION_SECONDS,
        reconnect_timeout=CONNECT_SECONDS,  # give up soon: the next request tries again
        check=AsyncConnectionPool.check_connection,  # replaces those that a database restart cut
        open=False,
    )


def _item(row: tuple[int, str, datetime]) -> Item:
    item_id, name, created_at = row
    return Item(id=item_id, name=name, created_at=created_at.astimezone(UTC))
