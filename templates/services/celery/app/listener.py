"""Answers health probes, takes jobs and shows their results. A handful of routes needs no web framework."""

import json
import re
import threading
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Protocol

import structlog
from pydantic import ValidationError

from app.config import Settings
from app.errors import StoreUnavailable
from app.jobs import NewJob
from app.stores import StoreStatus

MAX_BODY_BYTES = 1024 * 1024
REQUEST_ID = re.compile(r"[\w.-]{1,128}", re.ASCII)
JOB_PATH = re.compile(r"/jobs/([0-9a-f-]{36})", re.ASCII)
ENDPOINTS = ["GET /", "GET /health", "GET /ready", "POST /jobs", "GET /jobs/{id}"]

log = structlog.get_logger(__name__)

Checks = Callable[[], dict[str, StoreStatus]]
Answer = tuple[int, dict]


class JobsLike(Protocol):
    def start(self, job: NewJob) -> dict: ...
    def find(self, job_id: str) -> dict: ...


class HttpError(Exception):
    def __init__(self, status: int, code: str, message: str) -> None:
        super().__init__(message)
        self.answer: Answer = (status, {"error": {"code": code, "message": message}})


class Listener(ThreadingHTTPServer):
    daemon_threads = True  # a connection that is idle must not hold up the end

    def __init__(self, settings: Settings, checks: Checks, jobs: JobsLike, port: int | None = None) -> None:
        self.service = settings.service_name
        self.healthcheck_path = settings.healthcheck_path
        self.checks = checks
        self.jobs = jobs
        self._requests = 0
        self._changed = threading.Condition()
        super().__init__(("0.0.0.0", settings.port if port is None else port), Handler)

    @contextmanager
    def request(self) -> Iterator[None]:
        with self._changed:
            self._requests += 1
        try:
            yield
        finally:
            with self._changed:
                self._requests -= 1
                self._changed.notify_all()

    @property
    def busy(self) -> bool:
        return self._requests > 0

    def stop(self, seconds: float = 10) -> None:
        """Takes no more connections, and waits for the requests that are under way."""
        self.shutdown()
        self.server_close()
        with self._changed:
            self._changed.wait_for(lambda: not self.busy, seconds)


class Handler(BaseHTTPRequestHandler):
    server: Listener
    protocol_version = "HTTP/1.1"
    timeout = 75  # of idle connections: longer than the proxy's, so that it never reuses a closed one

    def do_GET(self) -> None:
        self._answer(self._get)

    def do_HEAD(self) -> None:
        self._answer(self._get)

    def do_POST(self) -> None:
        self._answer(self._post)

    def do_PUT(self) -> None:
        self._answer(self._other)

    do_PATCH = do_DELETE = do_OPTIONS = do_PUT

    def _get(self, path: str) -> Answer:
        if path == "/":
            return 200, {"service": self.server.service, "endpoints": ENDPOINTS}
        if path == "/ready":
            return self._ready()
        if path in ("/health", self.server.healthcheck_path):
            timestamp = datetime.now(UTC).isoformat().replace("+00:00", "Z")
            return 200, {"status": "healthy", "service": self.server.service, "timestamp": timestamp}
        if match := JOB_PATH.fullmatch(path):
            return 200, self.server.jobs.find(match[1])
        raise self._no_route(path)

    def _post(self, path: str) -> Answer:
        body = self._body()
        if path != "/jobs":
            raise self._no_route(path)
        try:
            job = NewJob.model_validate(json.loads(body))
        except ValidationError as error:
            first = error.errors(include_input=False)[0]
            where = ".".join(["body", *(str(part) for part in first["loc"])])
            raise HttpError(400, "invalid_body", f"{where}: {first['msg']}") from None
        except (ValueError, RecursionError):
            raise HttpError(400, "invalid_json", "The body is not valid JSON") from None
        return 202, self.server.jobs.start(job)

    def _other(self, path: str) -> Answer:
        self.close_connection = True  # its body is not read
        raise self._no_route(path)

    def _ready(self) -> Answer:
        checks = self.server.checks()
        if "down" in checks.values():
            return 503, {"status": "not ready", "checks": checks}
        return 200, {"status": "ready", "checks": checks}

    def _no_route(self, path: str) -> HttpError:
        known = {"/", "/health", "/ready", "/jobs", self.server.healthcheck_path}
        if path in known or JOB_PATH.fullmatch(path):
            return HttpError(405, "method_not_allowed", "Method Not Allowed")
        return HttpError(404, "not_found", "Not Found")

    def _body(self) -> bytes:
        length = self.headers.get("content-length", "")
        if not length.isdecimal():
            self.close_connection = True
            raise HttpError(411, "length_required", "Length Required")
        if int(length) > MAX_BODY_BYTES:
            # Most clients send everything before they read: without this, many would see a reset, not the answer.
            self.rfile.read(min(int(length), 8 * MAX_BODY_BYTES))
            self.close_connection = True
            raise HttpError(413, "payload_too_large", "Payload Too Large")
        return self.rfile.read(int(length))

    def _answer(self, route: Callable[[str], Answer]) -> None:
        with self.server.request():
            self._handle(route)

    def _handle(self, route: Callable[[str], Answer]) -> None:
        started = time.perf_counter()
        path = self.path.partition("?")[0]
        request_id = self.headers.get("x-request-id", "")
        if not REQUEST_ID.fullmatch(request_id):
            request_id = str(uuid.uuid4())
        structlog.contextvars.clear_contextvars()
        structlog.contextvars.bind_contextvars(requestId=request_id)
        try:
            status, body = route(path)
        except HttpError as error:
            status, body = error.answer
        except StoreUnavailable as error:
            log.warning("store unavailable", store=error.store, reason=error.reason)
            message = f"{error.store} is not available"
            status, body = 503, {"error": {"code": "store_unavailable", "message": message}}
        except Exception:
            log.exception("unhandled error")
            status, body = 500, {"error": {"code": "internal_error", "message": "Internal Server Error"}}
        self._respond(status, body, request_id)
        quiet = path in ("/health", "/ready", self.server.healthcheck_path)
        duration = round((time.perf_counter() - started) * 1000, 1)
        write = log.debug if quiet else log.info
        write("request", method=self.command, path=path, status=status, durationMs=duration)

    def _respond(self, status: int, body: dict, request_id: str) -> None:
        content = json.dumps(body).encode()
        self.send_response_only(status)
        self.send_header("content-type", "application/json")
        self.send_header("content-length", str(len(content)))
        self.send_header("x-request-id", request_id)
        if self.close_connection:
            self.send_header("connection", "close")
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(content)

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        """For requests that the standard library refuses itself."""
        self.close_connection = True
        self.command = self.command or "GET"
        phrase = HTTPStatus(code).phrase
        error = {"code": phrase.lower().replace(" ", "_"), "message": phrase}
        self._respond(code, {"error": error}, str(uuid.uuid4()))

    def log_message(self, format: str, *args: object) -> None:
        """Requests are logged in `_handle`."""
