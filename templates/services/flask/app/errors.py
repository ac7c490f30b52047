"""What clients see when something goes wrong: `{"error": {"code": ..., "message": ...}}`."""

import structlog
from flask import Flask, Response, jsonify
from pydantic import ValidationError
from werkzeug.exceptions import HTTPException

log = structlog.get_logger(__name__)

CODES = {404: "not_found", 405: "method_not_allowed", 413: "payload_too_large", 500: "internal_error"}


class StoreUnavailable(Exception):
    """A store is switched off, or does not answer."""

    def __init__(self, store: str, reason: str) -> None:
        super().__init__(f"{store}: {reason}")
        self.store = store
        self.reason = reason


class InvalidJson(Exception):
    """The body is not JSON at all."""


def error_response(status: int, code: str, message: str) -> Response:
    response = jsonify(error={"code": code, "message": message})
    response.status_code = status
    return response


def _http_error(error: HTTPException) -> Response:
    status = error.code or 500
    code = CODES.get(status, error.name.lower().replace(" ", "_"))
    response = error_response(status, code, error.name)
    if allowed := getattr(error, "valid_methods", None):
        response.headers["allow"] = ", ".join(sorted(allowed))
    return response


def _invalid_json(_: InvalidJson) -> Response:
    return error_response(400, "invalid_json", "The body is not valid JSON")


def _invalid_body(error: ValidationError) -> Response:
    first = error.errors(include_input=False, include_context=False)[0]
    where = ".".join(["body", *(str(part) for part in first["loc"])])
    return error_response(400, "invalid_body", f"{where}: {first['msg']}")


def _store_unavailable(error: StoreUnavailable) -> Response:
    log.warning("store unavailable", store=error.store, reason=error.reason)
    return error_response(503, "store_unavailable", f"{error.store} is not available")


def _unhandled(_: Exception) -> Response:
    log.exception("unhandled error")
    return error_response(500, "internal_error", "Internal Server Error")


def install_error_handlers(app: Flask) -> None:
    app.register_error_handler(HTTPException, _http_error)
    app.register_error_handler(InvalidJson, _invalid_json)
    app.register_error_handler(ValidationError, _invalid_body)
    app.register_error_handler(StoreUnavailable, _store_unavailable)
    app.register_error_handler(Exception, _unhandled)
