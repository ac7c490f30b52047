"""What every request passes, whatever its view."""

import re
import time
import uuid
from collections.abc import Callable

import structlog
from django.conf import settings
from django.http import HttpRequest, HttpResponse

from app.config import load_settings
from app.errors import payload_too_large

log = structlog.get_logger(__name__)

REQUEST_ID = re.compile(r"[\w.-]{1,128}", re.ASCII)

type GetResponse = Callable[[HttpRequest], HttpResponse]


class RequestContextMiddleware:
    """Gives the request an id and logs it."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response
        self.quiet_paths = {"/health", "/ready", load_settings().healthcheck_path}

    def __call__(self, request: HttpRequest) -> HttpResponse:
        started = time.perf_counter()
        request_id = request.headers.get("x-request-id", "")
        if not REQUEST_ID.fullmatch(request_id):
            request_id = str(uuid.uuid4())
        structlog.contextvars.clear_contextvars()
        structlog.contextvars.bind_contextvars(requestId=request_id)

        response = self.get_response(request)  # never raises: Django makes errors responses

        response["x-request-id"] = request_id
        if not response.streaming:
            response["content-length"] = len(response.content)  # otherwise gunicorn sends it in chunks
            if request.method == "HEAD":
                response.content = b""
        write = log.debug if request.path in self.quiet_paths else log.info
        write(
            "request",
            method=request.method,
            path=request.path,
            status=response.status_code,
            durationMs=round((time.perf_counter() - started) * 1000, 1),
        )
        return response


class BodyLimitMiddleware:
    """Refuses large bodies before a view runs; Django's own limit holds only once a view reads the body."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        length = request.META.get("CONTENT_LENGTH") or ""
        if length.isdecimal() and int(length) > settings.MAX_BODY_BYTES:
            return payload_too_large()
        return self.get_response(request)
