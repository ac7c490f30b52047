"""A server that is frozen: it accepts connections, and says nothing."""

import asyncio
import time

import pytest
from pydantic import SecretStr

from app.errors import StoreUnavailable
from app.stores import postgres
from app.stores.postgres import PostgresStore, in_time


def test_frozen_server() -> None:
    async def run() -> None:
        server = await asyncio.start_server(lambda *_: None, "127.0.0.1")
        url = SecretStr(f"postgresql://app@127.0.0.1:{server.sockets[0].getsockname()[1]}/app")
        async with server, PostgresStore(url, "") as store:
            started = time.perf_counter()
            with pytest.raises(StoreUnavailable):
                await store.list_items()
            assert time.perf_counter() - started < 3
            assert await store.status() == "down"

    asyncio.run(run())


def test_nobody_waits_for_what_was_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(postgres, "OPERATION_SECONDS", 0.05)

    @in_time
    async def query() -> None:
        try:
            await asyncio.sleep(60)
        except asyncio.CancelledError:
            await asyncio.sleep(60)  # as psycopg does, to ask the server

    async def run() -> None:
        with pytest.raises(StoreUnavailable):
            await query()

    started = time.perf_counter()
    asyncio.run(run())
    assert time.perf_counter() - started < 3
