from datetime import datetime, timedelta

import pytest
from django.test import Client


@pytest.mark.parametrize("path", ["/health", "/healthz"])
def test_health(client: Client, path: str) -> None:
    response = client.get(path)
    assert response.status_code == 200
    body = response.json()
    assert body["status"] == "healthy"
    assert body["service"] == "test"
    assert datetime.fromisoformat(body["timestamp"]).utcoffset() == timedelta(0)


def test_ready_without_stores(client: Client) -> None:
    response = client.get("/ready")
    assert response.status_code == 200
    assert response.json() == {"status": "ready", "checks": {"postgres": "off", "redis": "off"}}


@pytest.mark.usefixtures("forget_settings")
def test_not_ready_while_a_store_is_down(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("REDIS_URL", "redis://127.0.0.1:1/0")
    response = client.get("/ready")
    assert response.status_code == 503
    assert response.json() == {"status": "not ready", "checks": {"postgres": "off", "redis": "down"}}


def test_index(client: Client) -> None:
    assert client.get("/").json() == {
        "service": "test",
        "endpoints": ["GET /", "GET /health", "GET /ready", "GET /items", "POST /items", "POST /hits"],
    }
