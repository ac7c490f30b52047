from datetime import UTC, datetime

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.config import Settings
from app.main import create_app
from app.stores.postgres import Item


class FakePostgres:
    def __init__(self) -> None:
        self.items: list[Item] = []

    def status(self) -> str:
        return "up"

    def list_items(self) -> list[Item]:
        return self.items

    def create_item(self, name: str) -> Item:
        item = Item(id=len(self.items) + 1, name=name, created_at=datetime.now(UTC))
        self.items.insert(0, item)
        return item


class FakeRedis:
    def __init__(self) -> None:
        self.hits = 0

    def status(self) -> str:
        return "up"

    def count_hit(self) -> int:
        self.hits += 1
        return self.hits


@pytest.fixture(autouse=True)
def clean_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """Tests see no setting of the machine that runs them."""
    names = ["PORT", "SERVICE_PORT", *(name.upper() for name in Settings.model_fields)]
    for name in names:
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def app() -> Flask:
    return create_app(Settings(service_name="test", healthcheck_path="/healthz"))


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """The service without stores."""
    return app.test_client()


@pytest.fixture
def client_with_stores(app: Flask) -> FlaskClient:
    app.extensions |= {"postgres": FakePostgres(), "redis": FakeRedis()}
    return app.test_client()
