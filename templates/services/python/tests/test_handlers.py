import asyncio

import pytest

from app.config import Settings
from app.errors import StoreUnavailable
from app.events import Event
from app.handlers import create_handler
from app.stores.postgres import PostgresStore

EVENT = Event("order.created", "1-0", {"order": "1"})


class FakePostgres:
    configured = True

    def __init__(self) -> None:
        self.events: set[tuple[str, str]] = set()

    async def save_event(self, event: Event) -> bool:
        known = (event.stream, event.id) in self.events
        self.events.add((event.stream, event.id))
        return not known


def test_an_event_that_comes_twice_is_saved_once() -> None:
    postgres = FakePostgres()
    handle = create_handler(postgres)
    asyncio.run(handle(EVENT))
    asyncio.run(handle(EVENT))
    assert postgres.events == {("order.created", "1-0")}


def test_without_a_database_events_are_only_logged() -> None:
    asyncio.run(create_handler(PostgresStore(None, ""))(EVENT))


def test_while_the_database_is_down_events_fail() -> None:
    async def scenario() -> None:
        settings = Settings(database_url="postgres://app@127.0.0.1:1/app")
        async with PostgresStore(settings.database_url, "") as postgres:
            with pytest.raises(StoreUnavailable):
                await create_handler(postgres)(EVENT)

    asyncio.run(scenario())
