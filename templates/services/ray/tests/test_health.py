from datetime import datetime, timedelta

import pytest
from fastapi.testclient import TestClient

from app.config import Settings
from tests.conftest import create_local_app, wait_for_model


@pytest.mark.parametrize("path", ["/health", "/healthz"])
def test_health(client: TestClient, path: str) -> None:
    response = client.get(path)
    assert response.status_code == 200
    body = response.json()
    assert body["status"] == "healthy"
    assert body["service"] == "test"
    assert datetime.fromisoformat(body["timestamp"]).utcoffset() == timedelta(0)


def test_health_path_does_not_replace_a_route() -> None:
    with TestClient(create_local_app(Settings(healthcheck_path="/ready"))) as client:
        wait_for_model(client)
        assert client.get("/ready").json()["status"] == "ready"


def test_ready_without_stores(client: TestClient) -> None:
    response = client.get("/ready")
    assert response.status_code == 200
    assert response.json() == {"status": "ready", "checks": {"postgres": "off", "redis": "off", "model": "up"}}


def test_not_ready_while_a_store_is_down() -> None:
    settings = Settings(redis_url="redis://127.0.0.1:1/0")
    with TestClient(create_local_app(settings)) as client:
        wait_for_model(client)
        response = client.get("/ready")
    assert response.status_code == 503
    assert response.json() == {"status": "not ready", "checks": {"postgres": "off", "redis": "down", "model": "up"}}


def test_index(client: TestClient) -> None:
    body = client.get("/").json()
    assert body["service"] == "test"
    assert "POST /embeddings" in body["endpoints"]
