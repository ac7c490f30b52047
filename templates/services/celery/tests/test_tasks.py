from datetime import UTC, datetime

import pytest

from app import tasks
from app.errors import StoreUnavailable
from app.stores.postgres import Item


class FakePostgres:
    def __init__(self, failures: int = 0) -> None:
        self.failures = failures

    def create_item(self, name: str) -> Item:
        if self.failures:
            self.failures -= 1
            raise StoreUnavailable("postgres", "down")
        return Item(id=1, name=name, created_at=datetime(2026, 1, 1, tzinfo=UTC))


def test_creates_an_item(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tasks, "postgres", lambda: FakePostgres())
    result = tasks.create_item.apply(["first"])
    assert result.get() == {"id": 1, "name": "first", "createdAt": "2026-01-01T00:00:00Z"}


def test_tries_again_while_the_database_is_down(monkeypatch: pytest.MonkeyPatch) -> None:
    store = FakePostgres(failures=2)
    monkeypatch.setattr(tasks, "postgres", lambda: store)
    assert tasks.create_item.apply(["first"]).successful()


def test_gives_up_at_last(monkeypatch: pytest.MonkeyPatch) -> None:
    store = FakePostgres(failures=100)
    monkeypatch.setattr(tasks, "postgres", lambda: store)
    assert tasks.create_item.apply(["first"]).failed()
    assert store.failures == 100 - 6
