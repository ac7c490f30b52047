"""What holds for every request, whatever its route."""

import io
import json

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import create_environ, run_wsgi_app

from app.config import Settings
from app.main import MAX_BODY_BYTES, create_app


def test_unknown_route(client: FlaskClient) -> None:
    for path in ("/nothing-here", "/items/"):
        response = client.get(path)
        assert response.status_code == 404
        assert response.json["error"]["code"] == "not_found"


def test_wrong_method(client: FlaskClient) -> None:
    response = client.delete("/items")
    assert response.status_code == 405
    assert response.json["error"]["code"] == "method_not_allowed"
    assert "POST" in response.headers["allow"]


def test_too_large(client_with_stores: FlaskClient) -> None:
    for path in ("/items", "/hits"):
        response = client_with_stores.post(path, data=b"x" * (MAX_BODY_BYTES + 1))
        assert response.status_code == 413
        assert response.json["error"]["code"] == "payload_too_large"
    assert client_with_stores.post("/hits").json == {"hits": 1}


def test_too_large_without_a_length(app: Flask) -> None:
    environ = create_environ("/items", method="POST", input_stream=io.BytesIO(b"x" * (MAX_BODY_BYTES + 1)))
    environ.pop("CONTENT_LENGTH", None)
    environ["wsgi.input_terminated"] = True
    _, status, _ = run_wsgi_app(app, environ)
    assert status.startswith("413")


def test_request_id_is_kept(client: FlaskClient) -> None:
    assert client.get("/", headers={"x-request-id": "abc-1.2_3"}).headers["x-request-id"] == "abc-1.2_3"


@pytest.mark.parametrize("sent", ["", "a b", "x" * 129, "ü"])
def test_request_id_is_replaced(client: FlaskClient, sent: str) -> None:
    received = client.get("/nothing-here", headers={"x-request-id": sent}).headers["x-request-id"]
    assert len(received) == 36


def test_unexpected_errors_stay_inside(app: Flask, capsys: pytest.CaptureFixture[str]) -> None:
    class BrokenRedis:
        def count_hit(self) -> int:
            raise RuntimeError("password=hunter2")

    app.extensions["redis"] = BrokenRedis()
    response = app.test_client().post("/hits", headers={"x-request-id": "abc"})
    assert response.status_code == 500
    assert response.json == {"error": {"code": "internal_error", "message": "Internal Server Error"}}
    assert response.headers["x-request-id"] == "abc"


def test_request_log(capsys: pytest.CaptureFixture[str]) -> None:
    client = create_app(Settings(service_name="test")).test_client()
    client.get("/health")
    client.get("/?token=secret", headers={"x-request-id": "abc"})
    entries = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    [entry] = [entry for entry in entries if entry["message"] == "request"]
    for key, value in {"service": "test", "requestId": "abc", "method": "GET", "path": "/", "status": 200}.items():
        assert entry[key] == value
    assert entry["durationMs"] >= 0
