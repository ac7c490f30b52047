from datetime import datetime, timedelta

import pytest
from fastapi.testclient import TestClient

from app.config import Settings
from app.main import create_app


@pytest.mark.parametrize("path", ["/health", "/healthz"])
def test_health(client: TestClient, path: str) -> None:
    response = client.get(path)
    assert response.status_code == 200
    body = response.json()
    assert body["status"] == "healthy"
    assert body["service"] == "test"
    assert datetime.fromisoformat(body["timestamp"]).utcoffset() == timedelta(0)


def test_health_path_does_not_replace_a_route() -> None:
    with TestClient(create_app(Settings(healthcheck_path="/ready"))) as client:
        assert client.get("/ready").json()["status"] == "ready"


def test_ready_without_stores(client: TestClient) -> None:
    response = client.get("/ready")
    assert response.status_code == 200
    assert response.json() == {"status": "ready", "checks": {"postgres": "off", "redis": "off"}}


def test_not_ready_while_a_store_is_down() -> None:
    settings = Settings(redis_url="redis://127.0.0.1:1/0")
    with TestClient(create_app(settings)) as client:
        response = client.get("/ready")
    assert response.status_code == 503
    assert response.json() == {"status": "not ready", "checks": {"postgres": "off", "redis": "down"}}


def test_index(client: TestClient) -> None:
    body = client.get("/").json()
    assert body["service"] == "test"
    assert "POST /items" in body["endpoints"]
