"""What every request passes, whatever its route."""

import re
import time
import uuid

import structlog
from flask import Flask, Response, g, request
from werkzeug.exceptions import RequestEntityTooLarge

log = structlog.get_logger(__name__)

REQUEST_ID = re.compile(r"[\w.-]{1,128}", re.ASCII)


def install_request_context(app: Flask, quiet_paths: frozenset[str]) -> None:
    """Gives each request an id and logs it."""

    @app.before_request
    def begin() -> None:
        g.started = time.perf_counter()
        request_id = request.headers.get("x-request-id", "")
        g.request_id = request_id if REQUEST_ID.fullmatch(request_id) else str(uuid.uuid4())
        structlog.contextvars.clear_contextvars()
        structlog.contextvars.bind_contextvars(requestId=g.request_id)
        refuse_large_body()

    def refuse_large_body() -> None:
        # Flask itself refuses a body only once a handler reads it.
        limit = app.config["MAX_CONTENT_LENGTH"]
        if request.content_length is None:
            # Flask cuts such a body at the limit.
            if len(request.get_data()) >= limit:
                raise RequestEntityTooLarge
        elif request.content_length > limit:
            # Most clients send everything before they read: without this, many would see a reset, not the answer.
            request.environ["wsgi.input"].read(min(request.content_length, 8 * limit))
            raise RequestEntityTooLarge

    @app.after_request
    def end(response: Response) -> Response:
        response.headers["x-request-id"] = g.request_id
        write = log.debug if request.path in quiet_paths else log.info
        write(
            "request",
            method=request.method,
            path=request.path,
            status=response.status_code,
            durationMs=round((time.perf_counter() - g.started) * 1000, 1),
        )
        return response
