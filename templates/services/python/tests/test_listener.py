import asyncio
import json
from datetime import datetime, timedelta

import pytest

from app.config import Settings
from app.listener import Listener
from app.stores import StoreStatus

UP: dict[str, StoreStatus] = {"postgres": "off", "redis": "up", "consumer": "up"}


def exchange(request: bytes, checks: dict[str, StoreStatus] = UP, healthcheck_path: str = "/healthz") -> tuple:
    """Sends a request; returns the status, the headers and the body of the answer."""

    async def run() -> bytes:
        async def answer() -> dict[str, StoreStatus]:
            return checks

        listener = Listener(Settings(service_name="test", port=1, healthcheck_path=healthcheck_path), answer)
        listener._port = 0  # any that is free
        async with await listener.start() as server:
            reader, writer = await asyncio.open_connection(*server.sockets[0].getsockname())
            writer.write(request)
            received = await reader.read()
            writer.close()
            return received

    head, _, content = asyncio.run(run()).decode().partition("\r\n\r\n")
    status_line, *lines = head.split("\r\n")
    headers = dict(line.split(": ", 1) for line in lines)
    return int(status_line.split()[1]), headers, json.loads(content) if content else None


def get(path: str, **options: object) -> tuple:
    return exchange(f"GET {path} HTTP/1.1\r\nHost: x\r\n\r\n".encode(), **options)


@pytest.mark.parametrize("path", ["/health", "/healthz", "/health?x=1"])
def test_health(path: str) -> None:
    status, _, body = get(path)
    assert status == 200
    assert (body["status"], body["service"]) == ("healthy", "test")
    assert datetime.fromisoformat(body["timestamp"]).utcoffset() == timedelta(0)


def test_health_path_does_not_replace_a_route() -> None:
    assert get("/ready", healthcheck_path="/ready")[2]["status"] == "ready"


def test_ready() -> None:
    status, _, body = get("/ready")
    assert status == 200
    assert body == {"status": "ready", "checks": UP}


def test_not_ready_while_the_consumer_is_down() -> None:
    status, _, body = get("/ready", checks={**UP, "consumer": "down"})
    assert status == 503
    assert body["status"] == "not ready"


def test_index() -> None:
    body = get("/")[2]
    assert body == {"service": "test", "endpoints": ["GET /", "GET /health", "GET /ready"]}


@pytest.mark.parametrize(
    ("request_line", "status", "code"),
    [
        ("GET /nothing-here HTTP/1.1", 404, "not_found"),
        ("POST /health HTTP/1.1", 405, "method_not_allowed"),
        ("GARBAGE", 400, "bad_request"),
        ("GET /" + "x" * 20_000 + " HTTP/1.1", 431, "request_header_fields_too_large"),
    ],
)
def test_errors(request_line: str, status: int, code: str) -> None:
    received, _, body = exchange(f"{request_line}\r\n\r\n".encode())
    assert received == status
    assert body["error"]["code"] == code


def test_head() -> None:
    status, headers, body = exchange(b"HEAD /health HTTP/1.1\r\n\r\n")
    assert status == 200
    assert int(headers["content-length"]) > 0
    assert body is None


@pytest.mark.parametrize(("sent", "kept"), [("abc-1.2_3", True), ("a b", False), ("x" * 129, False), ("", False)])
def test_request_id(sent: str, kept: bool) -> None:
    _, headers, _ = exchange(f"GET / HTTP/1.1\r\nX-Request-Id: {sent}\r\n\r\n".encode())
    assert (headers["x-request-id"] == sent) is kept
