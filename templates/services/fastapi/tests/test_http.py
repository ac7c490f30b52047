"""What holds for every request, whatever its route."""

import json
from collections.abc import Iterator

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from app.config import Settings
from app.dependencies import get_redis
from app.main import MAX_BODY_BYTES, create_app


def test_unknown_route(client: TestClient) -> None:
    response = client.get("/nothing-here")
    assert response.status_code == 404
    assert response.json()["error"]["code"] == "not_found"


def test_wrong_method(client: TestClient) -> None:
    response = client.delete("/items")
    assert response.status_code == 405
    assert response.json()["error"]["code"] == "method_not_allowed"


def test_too_large(client_with_stores: TestClient) -> None:
    for path in ("/items", "/hits"):
        response = client_with_stores.post(path, content=b"x" * (MAX_BODY_BYTES + 1))
        assert response.status_code == 413
        assert response.json()["error"]["code"] == "payload_too_large"
    assert client_with_stores.post("/hits").json() == {"hits": 1}


def test_too_large_without_a_length(client_with_stores: TestClient) -> None:
    def chunks() -> Iterator[bytes]:
        yield from (b"x" * MAX_BODY_BYTES, b"x")

    response = client_with_stores.post("/items", content=chunks())
    assert response.status_code == 413
    assert response.json()["error"]["code"] == "payload_too_large"


def test_request_id_is_kept(client: TestClient) -> None:
    assert client.get("/", headers={"x-request-id": "abc-1.2_3"}).headers["x-request-id"] == "abc-1.2_3"


@pytest.mark.parametrize("sent", ["", "a b", "x" * 129, "ü".encode()])
def test_request_id_is_replaced(client: TestClient, sent: str | bytes) -> None:
    received = client.get("/nothing-here", headers={"x-request-id": sent}).headers["x-request-id"]
    assert len(received) == 36


def test_unexpected_errors_stay_inside(app: FastAPI, client: TestClient) -> None:
    def broken() -> None:
        raise RuntimeError("password=hunter2")

    app.dependency_overrides = {get_redis: broken}
    response = client.post("/hits", headers={"x-request-id": "abc"})
    assert response.status_code == 500
    assert response.json() == {"error": {"code": "internal_error", "message": "Internal Server Error"}}
    assert response.headers["x-request-id"] == "abc"


def test_request_log(capsys: pytest.CaptureFixture[str]) -> None:
    with TestClient(create_app(Settings(service_name="test"))) as client:
        client.get("/health")
        client.get("/?token=secret", headers={"x-request-id": "abc"})
    entries = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    [entry] = [entry for entry in entries if entry["message"] == "request"]
    assert entry.keys() == {
        "time",
        "level",
        "service",
        "message",
        "requestId",
        "method",
        "path",
        "status",
        "durationMs",
    }
    assert entry["service"] == "test"
    assert entry["requestId"] == "abc"
    assert entry["path"] == "/"


@pytest.mark.parametrize(("env", "status"), [("development", 200), ("production", 404)])
def test_docs_are_for_development(env: str, status: int) -> None:
    with TestClient(create_app(Settings(env=env))) as client:
        assert client.get("/docs").status_code == status
