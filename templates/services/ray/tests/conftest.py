import time
from collections.abc import Iterator
from datetime import UTC, datetime
from functools import cache
from types import SimpleNamespace

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from ray import serve
from ray.serve.handle import DeploymentHandle

from app.config import Settings
from app.dependencies import get_postgres, get_redis
from app.deployment import build_application
from app.inference import Inference
from app.main import create_app
from app.stores.postgres import Item


class FakePostgres:
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


class FakeRedis:
    def __init__(self) -> None:
        self.hits = 0

    async def status(self) -> str:
        return "up"

    async def count_hit(self) -> int:
        self.hits += 1
        return self.hits


@pytest.fixture(autouse=True)
def replica_context(monkeypatch: pytest.MonkeyPatch) -> None:
    """What @serve.batch asks for, and Serve's local testing mode does not have."""
    context = SimpleNamespace(_deployment_config=SimpleNamespace(max_ongoing_requests=64))
    monkeypatch.setattr(serve, "get_replica_context", lambda: context)


@pytest.fixture(autouse=True)
def clean_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """Tests see no setting of the machine that runs them."""
    names = ["PORT", "SERVICE_PORT", *(name.upper() for name in Settings.model_fields)]
    for name in names:
        monkeypatch.delenv(name, raising=False)


@cache
def local_model() -> DeploymentHandle:
    """The deployment in Serve's local testing mode: in this process, without a cluster. It starts once at most."""
    return serve.run(build_application(), _local_testing_mode=True)


def create_local_app(settings: Settings) -> FastAPI:
    return create_app(settings, Inference(lambda _: local_model(), lambda: None))


def wait_for_model(client: TestClient) -> None:
    deadline = time.monotonic() + 30
    while client.get("/ready").json()["checks"]["model"] != "up":
        assert time.monotonic() < deadline
        time.sleep(0.01)


@pytest.fixture
def app() -> FastAPI:
    return create_local_app(Settings(service_name="test", healthcheck_path="/healthz"))


@pytest.fixture
def client(app: FastAPI) -> Iterator[TestClient]:
    """The service without stores."""
    with TestClient(app) as client:
        wait_for_model(client)
        yield client


@pytest.fixture
def client_with_stores(app: FastAPI, client: TestClient) -> TestClient:
    postgres, redis = FakePostgres(), FakeRedis()
    app.dependency_overrides = {get_postgres: lambda: postgres, get_redis: lambda: redis}
    return client
