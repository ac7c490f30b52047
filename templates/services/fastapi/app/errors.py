"""What clients see when something goes wrong: `{"error": {"code": ..., "message": ...}}`."""

from collections.abc import Mapping
from http import HTTPStatus

import structlog
from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from pydantic import BaseModel
from starlette.exceptions import HTTPException

# What FastAPI says of a body that is not UTF-8, or nested too deeply.
UNREADABLE_BODY = "There was an error parsing the body"

log = structlog.get_logger(__name__)


class ErrorDetail(BaseModel):
    code: str
    message: str


class ErrorBody(BaseModel):
    error: ErrorDetail


class StoreUnavailable(Exception):
    """A store is switched off, or does not answer."""

    def __init__(self, store: str, reason: str) -> None:
        super().__init__(f"{store}: {reason}")
        self.store = store
        self.reason = reason


def error_response(status: int, code: str, message: str, headers: Mapping[str, str] | None = None) -> JSONResponse:
    body = ErrorBody(error=ErrorDetail(code=code, message=message))
    return JSONResponse(body.model_dump(), status_code=status, headers=headers)


async def _http_error(_: Request, error: HTTPException) -> JSONResponse:
    if error.detail == UNREADABLE_BODY:
        return error_response(400, "invalid_json", "The body is not valid JSON")
    if error.status_code == 413:
        return error_response(413, "payload_too_large", "Payload Too Large")
    code = HTTPStatus(error.status_code).phrase.lower().replace(" ", "_")
    return error_response(error.status_code, code, str(error.detail), error.headers)


async def _invalid_request(_: Request, error: RequestValidationError) -> JSONResponse:
    first = error.errors()[0]
    if first["type"] == "json_invalid":
        return error_response(400, "invalid_json", "The body is not valid JSON")
    where = ".".join(str(part) for part in first["loc"])
    return error_response(400, "invalid_body", f"{where}: {first['msg']}")


async def _store_unavailable(_: Request, error: StoreUnavailable) -> JSONResponse:
    log.warning("store unavailable", store=error.store, reason=error.reason)
    return error_response(503, "store_unavailable", f"{error.store} is not available")


def install_error_handlers(app: FastAPI) -> None:
    app.add_exception_handler(HTTPException, _http_error)
    app.add_exception_handler(RequestValidationError, _invalid_request)
    app.add_exception_handler(StoreUnavailable, _store_unavailable)
