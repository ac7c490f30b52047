"""Answers health probes. Three GET routes need no web framework."""

import asyncio
import json
import re
import time
import uuid
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from http import HTTPStatus

import structlog

from app.config import Settings
from app.stores import StoreStatus

HEAD_BYTES = 16 * 1024
REQUEST_SECONDS = 10
REQUEST_ID = re.compile(r"[\w.-]{1,128}", re.ASCII)

log = structlog.get_logger(__name__)

Checks = Callable[[], Awaitable[dict[str, StoreStatus]]]
Answer = tuple[int, dict]


class Listener:
    def __init__(self, settings: Settings, checks: Checks) -> None:
        self._service = settings.service_name
        self._port = settings.port
        self._checks = checks
        self._routes = {"/": self._index, "/health": self._health, "/ready": self._ready}
        self._endpoints = [f"GET {path}" for path in self._routes]
        self._quiet_paths = {"/health", "/ready", settings.healthcheck_path}
        self._routes.setdefault(settings.healthcheck_path, self._health)

    async def start(self) -> asyncio.Server:
        return await asyncio.start_server(self._serve, "0.0.0.0", self._port, limit=HEAD_BYTES)

    async def _index(self) -> Answer:
        return 200, {"service": self._service, "endpoints": self._endpoints}

    async def _health(self) -> Answer:
        """Liveness. Must not touch a store: restarting this service would not repair a database."""
        timestamp = datetime.now(UTC).isoformat().replace("+00:00", "Z")
        return 200, {"status": "healthy", "service": self._service, "timestamp": timestamp}

    async def _ready(self) -> Answer:
        checks = await self._checks()
        if "down" in checks.values():
            return 503, {"status": "not ready", "checks": checks}
        return 200, {"status": "ready", "checks": checks}

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            async with asyncio.timeout(REQUEST_SECONDS):
                try:
                    head = await reader.readuntil(b"\r\n\r\n")
                except asyncio.LimitOverrunError:
                    writer.write(_response(*_error(431)))
                else:
                    writer.write(await self._answer(head.decode("latin-1")))
                await writer.drain()
        except (asyncio.IncompleteReadError, ConnectionError, TimeoutError):
            pass  # the client left
        finally:
            writer.close()

    async def _answer(self, head: str) -> bytes:
        started = time.perf_counter()
        request_line, *header_lines = head.rstrip("\r\n").split("\r\n")
        parts = request_line.split(" ")
        if len(parts) != 3 or not parts[2].startswith("HTTP/1."):
            return _response(*_error(400))
        method, path = parts[0], parts[1].partition("?")[0]
        request_id = _request_id(header_lines)

        if not (route := self._routes.get(path)):
            status, body = _error(404)
        elif method not in ("GET", "HEAD"):
            status, body = _error(405)
        else:
            try:
                status, body = await route()
            except Exception:
                log.exception("unhandled error", requestId=request_id)
                status, body = 500, {"error": {"code": "internal_error", "message": "Internal Server Error"}}

        write = log.debug if path in self._quiet_paths else log.info
        duration = round((time.perf_counter() - started) * 1000, 1)
        write("request", requestId=request_id, method=method, path=path, status=status, durationMs=duration)
        return _response(status, body, request_id, with_body=method != "HEAD")


def _request_id(header_lines: list[str]) -> str:
    for line in header_lines:
        name, _, value = line.partition(":")
        if name.lower() == "x-request-id" and REQUEST_ID.fullmatch(value.strip()):
            return value.strip()
    return str(uuid.uuid4())


def _error(status: int) -> Answer:
    phrase = HTTPStatus(status).phrase
    return status, {"error": {"code": phrase.lower().replace(" ", "_"), "message": phrase}}


def _response(status: int, body: dict, request_id: str | None = None, *, with_body: bool = True) -> bytes:
    content = json.dumps(body).encode()
    lines = [
        f"HTTP/1.1 {status} {HTTPStatus(status).phrase}",
        "content-type: application/json",
        f"content-length: {len(content)}",
        f"x-request-id: {request_id or uuid.uuid4()}",
        "connection: close",
    ]
    return "\r\n".join([*lines, "", ""]).encode() + (content if with_body else b"")
