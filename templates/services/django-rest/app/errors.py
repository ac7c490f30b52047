"""What clients see when something goes wrong: `{"error": {"code": ..., "message": ...}}`."""

from http import HTTPStatus
from typing import Any

import structlog
from django.core.exceptions import ImproperlyConfigured
from django.db import InterfaceError, OperationalError
from django.http import Http404, HttpRequest, JsonResponse
from psycopg.errors import UndefinedTable
from rest_framework import exceptions
from rest_framework.response import Response
from rest_framework.views import exception_handler as default_handler

from app.config import load_settings
from app.database import migrator

log = structlog.get_logger(__name__)

CODES = {400: "invalid_body", 404: "not_found", 413: "payload_too_large", 500: "internal_error"}


class StoreUnavailable(Exception):
    """A store is switched off, or does not answer."""

    def __init__(self, store: str, reason: str) -> None:
        super().__init__(f"{store}: {reason}")
        self.store = store
        self.reason = reason


def error_body(code: str, message: str) -> dict[str, dict[str, str]]:
    return {"error": {"code": code, "message": message}}


def exception_handler(error: Exception, context: dict[str, Any]) -> Response:
    """For what views raise."""
    if isinstance(error, exceptions.ParseError):
        return Response(error_body("invalid_json", "The body is not valid JSON"), status=400)
    if isinstance(error, exceptions.ValidationError):
        return Response(error_body("invalid_body", _first(error.detail)), status=400)
    if response := default_handler(error, context):
        phrase = HTTPStatus(response.status_code).phrase
        code = CODES.get(response.status_code, phrase.lower().replace(" ", "_"))
        response.data = error_body(code, phrase)
        return response
    if unavailable := _unavailable(error):
        log.warning("store unavailable", store=unavailable.store, reason=unavailable.reason)
        return Response(error_body("store_unavailable", f"{unavailable.store} is not available"), status=503)
    log.error("unhandled error", exc_info=error)
    return Response(error_body("internal_error", "Internal Server Error"), status=500)


def _unavailable(error: Exception) -> StoreUnavailable | None:
    if isinstance(error, StoreUnavailable):
        return error
    if isinstance(error, ImproperlyConfigured) and not load_settings().database_url:
        return StoreUnavailable("postgres", "DATABASE_URL is not set")
    if isinstance(error.__cause__, UndefinedTable):
        migrator.wake()  # not migrated yet, or this is another database than before
    elif not isinstance(error, (OperationalError, InterfaceError)):
        return None
    return StoreUnavailable("postgres", str(error))


def _first(detail: Any, where: str = "body") -> str:
    """The first of all that is wrong."""
    if isinstance(detail, dict):
        key, inner = next(iter(detail.items()))
        return _first(inner, where if key == "non_field_errors" else f"{where}.{key}")
    if isinstance(detail, list):
        return _first(detail[0], where)
    return f"{where}: {detail}"


# For what happens outside of views.


def bad_request(_: HttpRequest, exception: Exception) -> JsonResponse:
    return JsonResponse(error_body("bad_request", "Bad Request"), status=400)


def not_found(_: HttpRequest, exception: Http404) -> JsonResponse:
    return JsonResponse(error_body("not_found", "Not Found"), status=404)


def payload_too_large() -> JsonResponse:
    return JsonResponse(error_body("payload_too_large", "Payload Too Large"), status=413)


def internal_error(_: HttpRequest) -> JsonResponse:
    log.exception("unhandled error")
    return JsonResponse(error_body("internal_error", "Internal Server Error"), status=500)
