"""Postgres: connections are made when they are needed, so the service starts and survives without it."""

import os
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime

import psycopg
from psycopg import Connection, sql
from psycopg_pool import ConnectionPool
from pydantic import BaseModel, ConfigDict, SecretStr
from pydantic.alias_generators import to_camel

from app.errors import StoreUnavailable
from app.stores import StoreStatus

CONNECT_SECONDS = 3
OPERATION_SECONDS = 3
PAGE_SIZE = 100


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

    def close(self) -> None:
        if self._pool:
            self._pool.close()

    def status(self) -> StoreStatus:
        if not self._pool:
            return "off"
        try:
            with self._connection() as connection:
                connection.execute("SELECT 1")
        except StoreUnavailable:
            return "down"
        return "up"

    def list_items(self) -> list[Item]:
        """The newest items."""
        query = sql.SQL("SELECT id, name, created_at FROM {} ORDER BY id DESC LIMIT {}").format(
            sql.Identifier(self._table), PAGE_SIZE
        )
        with self._connection() as connection:
            self._ensure_table(connection)
            cursor = connection.execute(query)
            return [_item(row) for row in cursor.fetchall()]

    def create_item(self, name: str) -> Item:
        query = sql.SQL("INSERT INTO {} (name) VALUES (%s) RETURNING id, name, created_at").format(
            sql.Identifier(self._table)
        )
        with self._connection() as connection:
            self._ensure_table(connection)
            cursor = connection.execute(query, (name,))
            return _item(cursor.fetchone())

    @contextmanager
    def _connection(self) -> Iterator[Connection]:
        """A connection in a transaction, which ends with the block."""
        if not self._pool:
            raise StoreUnavailable("postgres", "DATABASE_URL is not set")
        try:
            with self._pool.connection() as connection, _deadline(connection):
                yield connection
        except (psycopg.OperationalError, psycopg.errors.UndefinedTable) as error:
            self._table_exists = False  # the database that comes back may be a new one
            raise StoreUnavailable("postgres", str(error)) from error

    def _ensure_table(self, connection: Connection) -> None:
        if self._table_exists:
            return
        # CREATE TABLE IF NOT EXISTS alone may fail when two replicas run it at the same time.
        connection.execute("SELECT pg_advisory_xact_lock(hashtext(%s))", (self._table,))
        connection.execute(
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
        connection.commit()
        self._table_exists = True


def _create_pool(url: str) -> ConnectionPool:
    return ConnectionPool(
        url,
        name="postgres",
        kwargs={"connect_timeout": CONNECT_SECONDS},
        min_size=0,
        max_size=5,
        timeout=CONNECT_SECONDS,
        reconnect_timeout=CONNECT_SECONDS,  # give up soon: the next request tries again
        check=_check,  # replaces those that a database restart cut
        open=True,
    )


def _check(connection: Connection) -> None:
    with _deadline(connection):
        ConnectionPool.check_connection(connection)


@contextmanager
def _deadline(connection: Connection) -> Iterator[None]:
    """Cuts the connection if the server is too slow: the driver alone would wait for ever."""
    timer = threading.Timer(OPERATION_SECONDS, _cut, [connection])
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()


def _cut(connection: Connection) -> None:
    with suppress(OSError, psycopg.OperationalError), socket.socket(fileno=os.dup(connection.fileno())) as server:
        server.shutdown(socket.SHUT_RDWR)


def _item(row: tuple[int, str, datetime]) -> Item:
    item_id, name, created_at = row
    return Item(id=item_id, name=name, created_at=created_at.astimezone(UTC))
