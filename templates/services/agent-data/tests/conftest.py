from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from app.config import Settings
from app.data import Data
from app.dependencies import get_data, get_postgres, get_redis
from app.main import create_app
from app.stores.postgres import Item


class FakePostgres:
    is_configured = True

    def __init__(self) -> None:
        self.items: list[Item] = []

    async def status(self) -> str:
        return "up"

    async def list_items(self) -> list[Item]:
        return self.items

    async def create_item(self, name: str) -> Item:
        item = Item(id=len(self.items) + 1, name=name, created_at=datetime.now(UTC))
        self.items.insert(0, item)
        return item

    async def tables(self) -> dict[str, dict[str, str]]:
        columns = {"id": "bigint", "name": "text", "created_at": "timestamp with time zone", "ok": "boolean"}
        return {"Own_items": columns, "sales": {"id": "bigint"}, 'x"y': {"id": "bigint"}}

    async def copy(self, table: str) -> bytes:
        assert table == "Own_items"
        return b'id,name,created_at,ok\n1,"a, ""b""",2026-01-02 03:04:05.6+00,t\n2,"",,\n3,,,f\n'


class FakeRedis:
    def __init__(self) -> None:
        self.hits = 0

    async def status(self) -> str:
        return "up"

    async def count_hit(self) -> int:
        self.hits += 1
        return self.hits


@pytest.fixture(autouse=True)
def clean_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """Tests see no setting of the machine that runs them."""
    names = ["PORT", "SERVICE_PORT", *(name.upper() for name in Settings.model_fields)]
    for name in names:
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def app() -> FastAPI:
    return create_app(Settings(service_name="test", healthcheck_path="/healthz"))


@pytest.fixture
def client(app: FastAPI) -> Iterator[TestClient]:
    """The service without stores."""
    with TestClient(app) as client:
        yield client


@pytest.fixture
def client_with_stores(app: FastAPI, client: TestClient) -> TestClient:
    postgres, redis = FakePostgres(), FakeRedis()
    data = Data(app.state.settings.data_dir, postgres)
    app.dependency_overrides = {get_postgres: lambda: postgres, get_redis: lambda: redis, get_data: lambda: data}
    return client
