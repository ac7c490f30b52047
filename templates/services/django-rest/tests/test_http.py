"""What holds for every request, whatever its view."""

import io
import json

import pytest
from django.conf import settings
from django.core.handlers.wsgi import WSGIRequest
from django.test import Client, RequestFactory

from app.config import load_settings
from app.logging import configure_logging
from app.wsgi import with_length


def test_unknown_route(client: Client) -> None:
    for path in ("/nothing-here", "/items/", "/%ff"):
        response = client.get(path)
        assert response.status_code == 404
        assert response.json() == {"error": {"code": "not_found", "message": "Not Found"}}


def test_wrong_method(client: Client) -> None:
    for method in ("DELETE", "OPTIONS"):
        response = client.generic(method, "/items")
        assert response.status_code == 405
        assert response.json()["error"]["code"] == "method_not_allowed"
        assert "POST" in response.headers["allow"]


def test_head(client: Client) -> None:
    response = client.head("/health")
    assert response.status_code == 200
    assert int(response.headers["content-length"]) > 0
    assert response.content == b""


def test_wrong_type(client: Client) -> None:
    response = client.post("/items", "name=x", content_type="application/x-www-form-urlencoded")
    assert response.status_code == 415
    assert response.json()["error"]["code"] == "unsupported_media_type"


def test_too_large(client: Client) -> None:
    for path in ("/items", "/hits"):
        response = client.post(path, b"x" * (settings.MAX_BODY_BYTES + 1), content_type="application/json")
        assert response.status_code == 413
        assert response.json()["error"]["code"] == "payload_too_large"


@pytest.mark.parametrize("size", [0, 5, settings.MAX_BODY_BYTES, settings.MAX_BODY_BYTES + 1])
def test_bodies_without_a_length(size: int) -> None:
    environ = RequestFactory().generic("POST", "/items").environ
    environ.pop("CONTENT_LENGTH", None)
    environ |= {"wsgi.input": io.BytesIO(b"x" * size), "wsgi.input_terminated": True}
    seen = with_length(lambda environ, _: [environ])(environ, None)[0]
    assert seen["CONTENT_LENGTH"] == str(size)
    assert len(WSGIRequest(seen).read()) == size


def test_request_id_is_kept(client: Client) -> None:
    assert client.get("/", headers={"x-request-id": "abc-1.2_3"}).headers["x-request-id"] == "abc-1.2_3"


@pytest.mark.parametrize("sent", ["", "a b", "x" * 129, "ü"])
def test_request_id_is_replaced(client: Client, sent: str) -> None:
    received = client.get("/nothing-here", headers={"x-request-id": sent}).headers["x-request-id"]
    assert len(received) == 36


def test_unexpected_errors_stay_inside(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken() -> int:
        raise RuntimeError("password=hunter2")

    monkeypatch.setattr("app.redis.count_hit", broken)
    response = client.post("/hits", headers={"x-request-id": "abc"})
    assert response.status_code == 500
    assert response.json() == {"error": {"code": "internal_error", "message": "Internal Server Error"}}
    assert response.headers["x-request-id"] == "abc"


def test_unexpected_errors_outside_of_views(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken() -> None:
        raise RuntimeError("password=hunter2")

    monkeypatch.setattr("app.middleware.payload_too_large", broken)
    client.raise_request_exception = False
    response = client.post("/hits", b"x" * (settings.MAX_BODY_BYTES + 1), content_type="application/json")
    assert response.status_code == 500
    assert response.json() == {"error": {"code": "internal_error", "message": "Internal Server Error"}}


def test_request_log(client: Client, capsys: pytest.CaptureFixture[str]) -> None:
    configure_logging(load_settings())
    client.get("/health")
    client.get("/?token=secret", headers={"x-request-id": "abc"})
    [entry] = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    for key, value in {"service": "test", "requestId": "abc", "method": "GET", "path": "/", "status": 200}.items():
        assert entry[key] == value
    assert entry["message"] == "request"
    assert entry["durationMs"] >= 0
